// The way down from the city to a community, read off the division codes.
export const LEVELS = ["city", "district", "street", "community"] as const;
export type Level = (typeof LEVELS)[number];

const DIGITS: Record<Level, number> = { city: 4, district: 6, street: 9, community: 12 };

export function levelOf(code: string): Level {
  return LEVELS.find((level) => /^0*$/.test(code.slice(DIGITS[level]))) ?? "community";
}

export function above(code: string, level: Level): string {
  return code.slice(0, DIGITS[level]).padEnd(12, "0");
}

/** The level whose divisions are shown when one of this level is open. */
export function below(level: Level): Exclude<Level, "city"> {
  return level === "city" ? "district" : level === "district" ? "street" : "community";
}

/** From the city to the place itself. */
export function wayTo(code: string): string[] {
  const end = LEVELS.indexOf(levelOf(code));
  return LEVELS.slice(0, end + 1).map((level) => above(code, level));
}

export function isCode(text: string): boolean {
  return /^[1-9]\d{11}$/.test(text);
}
