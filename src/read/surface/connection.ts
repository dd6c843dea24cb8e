/** Connections as Relay has them: one shape for the lists of datasets and for those that rooms keep themselves. */
import { GraphQLBoolean, GraphQLInt, GraphQLString } from "graphql";
import type { ClassType } from "type-graphql";
import { badInput } from "../planning";
import { type GraphType, objectType } from "./words";

export const PageInfo = objectType("PageInfo", "分页信息（Relay）。Relay page information.", [
  { name: "hasNextPage", type: () => GraphQLBoolean, description: "后面还有记录。more rows follow" },
  { name: "hasPreviousPage", type: () => GraphQLBoolean, description: "前面还有记录。more rows come before" },
  {
    name: "startCursor",
    type: () => GraphQLString,
    nullable: true,
    description: "本页首条的游标。cursor of the first row",
  },
  {
    name: "endCursor",
    type: () => GraphQLString,
    nullable: true,
    description: "本页末条的游标。cursor of the last row",
  },
]);

/** `<name>Connection` and `<name>Edge` over rows of this type, with the words of the list and of a row. */
export function connectionType(
  name: string,
  row: () => GraphType,
  words: { readonly list: string; readonly row: string },
): ClassType {
  const edge = objectType(`${name}Edge`, "连接的一条边（Relay）。An edge of the connection.", [
    { name: "cursor", type: () => GraphQLString, description: "不透明的游标。opaque cursor" },
    { name: "node", type: row, description: words.row },
  ]);
  return objectType(`${name}Connection`, words.list, [
    { name: "nodes", type: () => [row()], description: "本页记录。rows of the page" },
    { name: "edges", type: () => [edge], description: "本页记录及游标。rows with their cursors" },
    { name: "pageInfo", type: () => PageInfo, description: "分页信息。page information" },
    {
      name: "totalCount",
      type: () => GraphQLInt,
      description: "可见且符合条件的记录总数。visible rows that satisfy the condition",
    },
  ]);
}

export const firstArg = {
  name: "first",
  type: () => GraphQLInt,
  nullable: true,
  description: "自前取几条，默认 20，最多 1000。Rows from the start; 20 if left out, 1,000 at most.",
};

export const afterArg = {
  name: "after",
  type: () => GraphQLString,
  nullable: true,
  description: "在此游标之后。After this cursor.",
};

/** What `firstArg` and `afterArg` bring. */
export interface ForwardPage {
  readonly first?: number | null;
  readonly after?: string | null;
}

const [DEFAULT, MOST] = [20, 1_000];

/** How many rows a page holds; refused where it is none that a list gives. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT;
  if (size < 0 || size > MOST)
    throw badInput(`每页 0 至 ${MOST} 条。A page holds 0 to ${MOST} rows`, {
      argument: "first",
      limit: MOST,
    });
  return size;
}

/** A place in a keyset order as a client carries it. */
export function cursorOf(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** An instant as a place holds it: as PostgreSQL writes it, to the microsecond. */
export const INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

/** The place that a cursor holds, in which each part has its form; refused where it is no cursor of this list. */
export function placeIn(cursor: string, forms: readonly RegExp[]): string[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (
      Array.isArray(place) &&
      place.length === forms.length &&
      forms.every((f, i) => f.test(String(place[i])))
    )
      return place.map(String);
  } catch {
    // Not JSON: told below.
  }
  throw badInput("这不是游标。This is no cursor", { argument: "after", reason: "CURSOR_INVALID" });
}

export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Counted where it is asked. */
  readonly totalCount: () => Promise<number>;
}

/** A forward page of `size`; `found` has one row more where more follow. */
export function connection<T>(
  found: readonly T[],
  page: { readonly size: number; readonly after: string | null | undefined },
  cursor: (row: T) => string,
  totalCount: () => Promise<number>,
): Connection<T> {
  const nodes = found.slice(0, page.size);
  const edges = nodes.map((node) => ({ cursor: cursor(node), node }));
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: found.length > page.size,
      hasPreviousPage: (page.after ?? null) !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/** The same page with what its rows have become, in their places. */
export function withNodes<T, U>(found: Connection<T>, nodes: readonly U[]): Connection<U> {
  const edges = found.edges.map(({ cursor }, i) => ({ cursor, node: nodes[i] as U }));
  return { ...found, nodes, edges };
}
