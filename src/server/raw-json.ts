// Lets JSON text that PostgreSQL built leave the hub as it came, inside the answer that frames it.
import type { FormattedExecutionResult } from "graphql";
import { fromWire, toWire, type WireText } from "../database/wire";

/** Text that is already JSON; takes the place of `data` in a result. */
export class RawJson {
  constructor(readonly wire: WireText) {}

  /** Whoever serializes it in another way must not send an object with a text in it. */
  toJSON(): unknown {
    return JSON.parse(fromWire(this.wire));
  }
}

export type Single = FormattedExecutionResult;

/** A result as Apollo's type wants it. */
export function rawResult(wire: WireText): FormattedExecutionResult {
  return { data: new RawJson(wire) as unknown as Record<string, unknown> };
}

/** The members in the order that GraphQL recommends, errors first. */
export function wireResult({ errors, data, extensions }: FormattedExecutionResult): WireText {
  const raw: unknown = data;
  if (!(raw instanceof RawJson)) return toWire(JSON.stringify({ errors, data, extensions }));
  const before = errors ? `"errors":${toWire(JSON.stringify(errors))},` : "";
  const after = extensions ? `,"extensions":${extensionsText(extensions)}` : "";
  return `{${before}"data":${raw.wire}${after}}` as WireText;
}

function extensionsText(extensions: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(extensions).filter(([, value]) => value !== undefined);
  const texts = members.map(([name, value]) => `${toWire(JSON.stringify(name))}:${listText(value)}`);
  return `{${texts.join(",")}}`;
}

/** A remembered plan hands out the same notes with each of its answers: of a hundred territories they are long. */
const lists = new WeakMap<readonly unknown[], WireText>();

function listText(value: unknown): WireText {
  const known = Array.isArray(value) ? lists.get(value) : undefined;
  if (known !== undefined) return known;
  const text = toWire(JSON.stringify(value));
  if (Array.isArray(value)) lists.set(value, text);
  return text;
}

/** `stringifyResult` of Apollo. */
export function stringifyResult(result: FormattedExecutionResult): string {
  return fromWire(wireResult(result));
}
