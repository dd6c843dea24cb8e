// Territories that the questions range over: the whole city, or the one district.

export const CITY = "140100000000";
/** 小店区, the district with the most volunteers. */
export const DISTRICT = "140105000000";

/** The first codes of a subtree and of what follows it, compared in C collation. */
export function rangeOf(code) {
  const digits = [2, 4, 6, 9, 12].find((n) => /^0*$/.test(code.slice(n)));
  const prefix = code.slice(0, digits);
  const next = String(Number(prefix) + 1).padStart(prefix.length, "0");
  return [prefix.padEnd(12, "0"), next.padEnd(12, "0")];
}

export const territoryOf = (scope) => (scope === "city" ? CITY : DISTRICT);
