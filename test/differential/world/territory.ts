/** A small city: two districts, each with two streets, each with two communities. */
export const CITY = "140100000000";
export const DISTRICTS = ["140105000000", "140106000000"] as const;
export const STREETS = ["140105001000", "140105002000", "140106001000", "140106002000"] as const;
export const COMMUNITIES = STREETS.flatMap((s) => [1, 2].map((n) => `${s.slice(0, 9)}00${n}`));
export const NODES: readonly string[] = [CITY, ...DISTRICTS, ...STREETS, ...COMMUNITIES];
