/** Which fields of a changed row are asked for, and where in the answer they stand. */
import type { GraphQLResolveInfo } from "graphql";
import { type Asked, askField } from "../../read";
import type { Selections } from "./page-types";

/** Where the rows of a connection's changes stand below it, and those of a plain list. */
export const IN_CONNECTION = [
  ["nodes", "node"],
  ["edges", "node", "node"],
] as const;
export const IN_LIST = [["node"]] as const;

/** By the path below the root field without places in lists: a client may ask for a row more than once under other names. */
export function selectionsOf(
  info: GraphQLResolveInfo,
  type: string,
  ways: readonly (readonly string[])[],
): Selections {
  const found = new Map<string, readonly Asked[]>();
  const walk = (asked: Asked, [name, ...rest]: readonly string[], path: string): void => {
    for (const below of asked.of()) {
      if (below.name !== name) continue;
      const here = `${path}/${below.key}`;
      if (rest.length > 0) walk(below, rest, here);
      else found.set(here, below.of(type));
    }
  };
  for (const way of ways) walk(askField(info), way, "");
  return found;
}

/** The path of the field being resolved, as `selectionsOf` names it. */
export function pathOf({ path }: GraphQLResolveInfo): string {
  const keys: string[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = path; at?.prev; at = at.prev)
    if (typeof at.key === "string") keys.unshift(at.key);
  return keys.map((key) => `/${key}`).join("");
}
