/** Days that a declaration counts from today: of a question about an instant they are that instant's, else the clock's. */
import { isToday } from "../declare";
import { dayInChina } from "../declare/code/identity-number";
import type { Era } from "./planning";

/** The declared value with its days told, where the question is about an instant; a plan outlives a day, so else they stay. */
export function dated<T>(value: T, era: Era): T {
  if (!era.asOf || value === undefined) return value;
  return told(value, dayInChina(Date.parse(era.asOf))) as T;
}

function told(value: unknown, day: string): unknown {
  if (isToday(value)) return later(day, value.today);
  if (Array.isArray(value)) return value.map((one) => told(one, day));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one, day)]));
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
