// Lets JSON text that PostgreSQL built leave the hub as it is, inside the answer that Apollo frames.
import type { FormattedExecutionResult } from "graphql";

/** Text that is already JSON; takes the place of `data` in a result. */
export class RawJson {
  constructor(readonly text: string) {}

  /** Whoever serializes it in another way must not send an object with a text in it. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

export type Single = FormattedExecutionResult;

/** A result as Apollo's type wants it. */
export function rawResult(text: string): FormattedExecutionResult {
  return { data: new RawJson(text) as unknown as Record<string, unknown> };
}

/** `stringifyResult` of Apollo: the members in the order that GraphQL recommends, errors first. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const { errors, extensions } = result;
  const data: unknown = result.data;
  if (!(data instanceof RawJson)) return JSON.stringify({ errors, data, extensions });
  const before = errors ? `"errors":${JSON.stringify(errors)},` : "";
  const after = extensions ? `,"extensions":${JSON.stringify(extensions)}` : "";
  return `{${before}"data":${data.text}${after}}`;
}
