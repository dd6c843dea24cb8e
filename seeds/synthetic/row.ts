// What every synthetic row has in common: an id that is always the same, its territory, and the mark that it is synthetic.
import { numberOf, Stream } from "./stream";

/** A row by field names; ids and references are bare UUIDs, money is text, what is left out is empty. */
export type Row = Readonly<Record<string, unknown>>;

/** What a row needs to know of where it stands. */
export interface Spot {
  /** 12-digit division code. */
  readonly code: string;
  /** Number in the whole city, so that ids grow in the order of loading. */
  readonly index: number;
  /** Names its streams. */
  readonly seed: number;
}

/** Stands in `source` of every row whose values are invented. */
export const SYNTHETIC = "合成数据（演示）synthetic";

/** A place of the division tree above communities: the city, a district, a street. */
export function spotOf(code: string, index: number): Spot {
  return { code, index, seed: numberOf(code) };
}

export function streamOf(topic: string, spot: Spot, number: number): Stream {
  return new Stream(topic, spot.seed, number);
}

const EPOCH = Date.UTC(2026, 0, 1);
const NUMBERS_PER_PLACE = 100_000;

/** Four hexadecimal digits of each number of 16 bits: ids are made by the million. */
const HEX = Array.from({ length: 0x10000 }, (_, n) => n.toString(16).padStart(4, "0"));
const SALT = 0x1d;

/** A UUIDv7 by its shape: the time is place and number, the rest a hash of dataset, place and number. */
export function rowId(dataset: string, spot: Spot, number: number): string {
  const time = EPOCH + spot.index * NUMBERS_PER_PLACE + number;
  const low = time % 0x100000000;
  const stream = new Stream(dataset, spot.seed, number, SALT);
  const [first, second, third] = [stream.bits(), stream.bits(), stream.bits()];
  const head = `${hex((time - low) / 0x100000000)}${hex(low >>> 16)}-${hex(low & 0xffff)}`;
  const middle = `${hex(0x7000 | (first & 0xfff))}-${hex(0x8000 | (second & 0x3fff))}`;
  return `${head}-${middle}-${hex(first >>> 16)}${hex(third >>> 16)}${hex(third & 0xffff)}`;
}

function hex(bits: number): string {
  return HEX[bits] as string;
}

export function row(dataset: string, spot: Spot, number: number, values: Row): Row {
  return { id: rowId(dataset, spot, number), territory: spot.code, source: SYNTHETIC, ...values };
}

const HANZI = "〇一二三四五六七八九";

/** Digits as Chinese numerals one by one: 12 is 一二. */
export function hanzi(digits: string): string {
  return digits.replace(/\d/g, (digit) => HANZI.charAt(Number(digit)));
}

/** Cents as a decimal text of yuan. */
export function yuan(cents: number): string {
  const whole = Math.floor(cents / 100);
  return `${whole}.${String(cents % 100).padStart(2, "0")}`;
}

/** With two decimals, as areas and hours are given. */
export function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}
