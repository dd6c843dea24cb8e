// Days and times as Beijing reads them, and how long there is until a deadline.
import { language, say } from "../../../session/language";

const LOCALE = language === "zh" ? "zh-CN" : "en-GB";
const ZONE = "Asia/Shanghai";

const DAY = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, dateStyle: "medium" });
const MOMENT = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, dateStyle: "medium", timeStyle: "short" });

/** A calendar day (`2026-11-22`) or the day of an instant. */
export function day(value: string | null | undefined): string {
  if (!value) return "—";
  return DAY.format(new Date(value.length === 10 ? `${value}T00:00:00+08:00` : value));
}

export function moment(value: string | null | undefined): string {
  return value ? MOMENT.format(new Date(value)) : "—";
}

/** A deadline is the first instant that is too late: the day before it is the last. */
export function lastDay(due: string | null | undefined): string {
  return due ? DAY.format(new Date(new Date(due).getTime() - 1)) : "—";
}

export function daysUntil(due: string, now = Date.now()): string {
  const days = Math.ceil((new Date(due).getTime() - now) / 86_400_000);
  if (days < 0) return say(`已过 ${-days} 天`, `${-days} days past`);
  return days <= 1 ? say("不足一天", "less than a day") : say(`还有 ${days} 天`, `${days} days left`);
}

const NUMBER = new Intl.NumberFormat(LOCALE);

export function number(value: number): string {
  return NUMBER.format(value);
}
