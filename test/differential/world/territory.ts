/** A small city: two districts, each with two streets, each with two communities. */
export const CITY = "140100000000";
export const DISTRICTS = ["140105000000", "140106000000"] as const;
export const STREETS = ["140105001000", "140105002000", "140106001000", "140106002000"] as const;
export const COMMUNITIES = STREETS.flatMap((s) => [1, 2].map((n) => `${s.slice(0, 9)}00${n}`));
export const NODES: readonly string[] = [CITY, ...DISTRICTS, ...STREETS, ...COMMUNITIES];

/** Nodes beside, between and around those that have rows, neighbours and single ones: rights may name them. */
export const ELSEWHERE: readonly string[] = [
  ...["140104000000", "140107000000", "140121000000"],
  ...DISTRICTS.flatMap((d) =>
    [3, 4, 6, 9, 10].map((n) => `${d.slice(0, 6)}${String(n).padStart(3, "0")}000`),
  ),
  ...STREETS.flatMap((s) => Array.from({ length: 20 }, (_, n) => `${s.slice(0, 9)}${100 + n + (n >> 1)}`)),
];
