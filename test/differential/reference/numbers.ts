/** Exact decimal arithmetic on scaled whole numbers, halves away from zero. */
import type { FieldEntry } from "../../../src/declare";

export const scaleOf = (field: FieldEntry): number =>
  field.kind === "decimal" ? 2 : field.kind === "float" ? 4 : 0;

export function toScaled(value: string | number, scale: number): bigint {
  const [whole, fraction = ""] = String(value).replace("-", "").split(".") as [string, string?];
  const digits = BigInt(whole + fraction.padEnd(scale, "0").slice(0, scale));
  return String(value).startsWith("-") ? -digits : digits;
}

export function fromScaled(scaled: bigint, scale: number): string {
  const digits = abs(scaled)
    .toString()
    .padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`;
  return scaled < 0n ? `-${text}` : text;
}

/** a / b as a whole number. */
export function divide(a: bigint, b: bigint): bigint {
  const half = (2n * abs(a) + abs(b)) / (2n * abs(b));
  return a < 0n === b < 0n ? half : -half;
}

export const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/** As the answer writes it: money as text, everything else as a number. */
export function written(scaled: bigint, scale: number, field: FieldEntry): string | number {
  const text = fromScaled(scaled, scale);
  return field.kind === "decimal" ? text : Number(text);
}
