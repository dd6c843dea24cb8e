/** Values as texts: one spelling of each, in which what was seen, proposed and written is compared and kept. */
import type { FieldEntry } from "../../declare";
import type { Cipher } from "../../declare/cipher";

const OFFSET_MILLISECONDS = 8 * 60 * 60 * 1000;

/** A value as the planner shows it or as it is stored, in its one spelling; null where there is none. */
export function spelled(field: FieldEntry, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  switch (field.kind) {
    case "int":
    case "float":
      return String(Number(value));
    case "decimal":
      return cents(String(value));
    case "datetime":
      return moment(String(value));
    case "enumList":
      return [...(value as readonly string[])].sort().join(",");
    case "reference":
      return String(value).includes(":") ? String(value) : `${field.references}:${value}`;
    default:
      return String(value).normalize("NFC").trim();
  }
}

/** What a client wrote, as JSON would have it: to be spelled, or checked as a change would be. */
export function readText(field: FieldEntry, text: string | null | undefined): unknown {
  const given = text?.trim();
  if (!given) return null;
  switch (field.kind) {
    case "int":
    case "float":
      return Number(given);
    case "boolean":
      return given === "true" ? true : given === "false" ? false : given;
    case "enumList":
      return given.split(/[,，、\s]+/).filter(Boolean);
    default:
      return given;
  }
}

/** Whether two spellings say the same; of encrypted fields also where they are typed differently. */
export function sameText(
  cipher: Cipher,
  { dataset, field }: { readonly dataset: string; readonly field: FieldEntry },
  a: string | null,
  b: string | null,
): boolean {
  if (a === null || b === null || !field.encrypted) return a === b;
  return cipher.hash(dataset, field.name, a).equals(cipher.hash(dataset, field.name, b));
}

/** Amounts have two decimals wherever they come from. */
function cents(text: string): string {
  const [whole = "", decimals = ""] = text.trim().split(".");
  return `${whole}.${decimals.padEnd(2, "0")}`;
}

function moment(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return text;
  return `${new Date(time + OFFSET_MILLISECONDS).toISOString().slice(0, 23)}+08:00`;
}

/** Texts of one correction at rest: bound to their place in it, so that none can stand in for another. */
export function sealText(cipher: Cipher, id: string, what: string, text: string | null): Buffer {
  // The mask is of no use here, the cipher wants one.
  return cipher.seal("correction", `${id} ${what}`, JSON.stringify(text), "NAME").value;
}

export function openText(cipher: Cipher, id: string, what: string, sealed: Buffer): string | null {
  // Erased with the row that it spoke of (B-40).
  if (sealed.length === 0) return null;
  return JSON.parse(cipher.open("correction", `${id} ${what}`, sealed)) as string | null;
}
