// Invented registration numbers: credit codes whose both checks are true, and whose serials no register has given out.
import { creditCodeOf } from "../../src/declare/code/credit-code";
import type { Place } from "./place";
import { hanzi, type Spot } from "./row";

/**
 * First two characters of a credit code, and two letters that open its serial. 54 and 55 for committees are kept as
 * a table: no text of the standard at hand names them.
 */
const BODIES = {
  VILLAGERS: ["54", "ME"],
  RESIDENTS: ["55", "ME"],
  ASSOCIATION: ["51", "MJ"],
  SOCIAL_SERVICE_AGENCY: ["52", "MJ"],
  FOUNDATION: ["53", "MJ"],
  COLLECTIVE: ["N2", "MF"],
  ENTERPRISE: ["91", "MA"],
  PUBLIC_INSTITUTION: ["12", "MB"],
} as const;

export type Body = keyof typeof BODIES;

/** Numbers of one place run to 999; below a district places are numbered, so that no code is given twice. */
export function creditCode(body: Body, place: Place, number: number): string {
  const [kind, letters] = BODIES[body];
  const serial = letters + String(place.nth * 1000 + number).padStart(6, "0");
  return creditCodeOf(kind, place.code.slice(0, 6), serial);
}

/** 备案-<division>-<4 digits>, the hub's own form for groups that are only filed. */
export function filingNumber(place: Spot, number: number): string {
  return `备案-${place.code}-${String(number + 1).padStart(4, "0")}`;
}

const TRADES = [
  "建设",
  "物业",
  "家政服务",
  "文化传播",
  "养老服务",
  "环境工程",
  "办公用品",
  "信息技术",
] as const;

export interface Enterprise {
  readonly name: string;
  readonly creditCode: string;
}

const enterprises = new Map<string, Enterprise>();

/** One of forty invented enterprises of a district. */
export function enterpriseOf(place: Place, number: number): Enterprise {
  const n = number % 40;
  const key = `${place.district.code}/${n}`;
  let found = enterprises.get(key);
  if (!found) {
    const name = `合成${TRADES[n % TRADES.length]}有限公司${hanzi(String(n + 1).padStart(2, "0"))}（${place.district.name}）`;
    const serial = `MA9${place.district.code.slice(4, 6)}${String(n).padStart(3, "0")}`;
    found = { name, creditCode: creditCodeOf("91", place.code.slice(0, 6), serial) };
    enterprises.set(key, found);
  }
  return found;
}
