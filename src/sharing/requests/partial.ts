/** Granting less than was asked: what the provider names must lie within the request, and what is left goes on (B-05). */
import { contains, covers, type Level, type Range, rangeOf, reaches } from "../../declare";
import { HubError } from "../../errors";
import { codeOf, type GivenItem, gathered, type Item, MOST_ITEMS } from "./items";
import type { StoredRequest } from "./store";

/** What of a request is to be granted, as a client names it; left out: all items, to the end that was asked. */
export interface GivenPart {
  readonly items?: readonly GivenItem[] | null;
  /** ISO 8601. */
  readonly until?: string | null;
}

export interface Part {
  readonly granted: readonly Item[];
  readonly until: string;
  /** In the items' own terms: a grant of it may overlap what is granted now. */
  readonly rest: readonly Item[];
}

export function partOf(request: StoredRequest, given: GivenPart | null | undefined, now: Date): Part {
  const until = given?.until ?? request.until;
  if (!given || (!given.items && !given.until))
    throw refused("PART_NEEDED", "须指明同意的部分。Name what is granted: items, or an earlier until");
  if (Date.parse(until) <= now.getTime() || Date.parse(until) > Date.parse(request.until))
    throw refused(
      "BEYOND_REQUEST",
      `until 须晚于现在，且不晚于申请的 ${request.until}。until lies in the future, and within the time that was asked for`,
      { argument: "until" },
    );
  if ((given.items?.length ?? 0) > MOST_ITEMS)
    throw refused("TOO_MANY", `同意的项超过 ${MOST_ITEMS}。There are more than ${MOST_ITEMS} items`);
  const granted = given.items
    ? gathered(given.items.map((item) => within(request.items, item)))
    : request.items;
  if (granted.length === 0) throw refused("PART_NEEDED", "未列同意的内容。Nothing is named to be granted");
  const earlier = Date.parse(until) < Date.parse(request.until);
  const rest = earlier ? request.items : request.items.flatMap((asked) => leftOf(asked, granted));
  if (rest.length === 0)
    throw refused("WHOLE", "这就是申请的全部，请用 GRANT。This is all that was asked: take GRANT", {
      argument: "act",
    });
  return { granted, until, rest };
}

/** The item with what was left out of it as it was asked. */
function within(asked: readonly Item[], { dataset, fields, level, territory }: GivenItem): Item {
  const code = codeOf(territory);
  const item = asked.find(
    (one) =>
      one.dataset === dataset &&
      fields.every((field) => one.fields.includes(field)) &&
      reaches(one.level, level ?? one.level) &&
      contains(rangeOf(one.territory), code ?? one.territory),
  );
  if (item && fields.length > 0 && level !== "NONE")
    return {
      dataset,
      fields: [...new Set(fields)],
      level: level ?? item.level,
      territory: code ?? item.territory,
    };
  throw refused(
    "BEYOND_REQUEST",
    `${dataset}（${fields.join("、")}）不在一个申请项之内：字段、级别、属地都不得超出。This lies within no item of the request: its fields, level and territory must`,
    { argument: "items", dataset, fields },
  );
}

/** The fields of an item that are not granted in the whole of its territory at its level. */
function leftOf(asked: Item, granted: readonly Item[]): Item[] {
  const fields = asked.fields.filter(
    (field) => !covers(rangesOf(granted, asked.dataset, field, asked.level), [rangeOf(asked.territory)]),
  );
  return fields.length > 0 ? [{ ...asked, fields }] : [];
}

function rangesOf(items: readonly Item[], dataset: string, field: string, level: Level): Range[] {
  return items
    .filter((one) => one.dataset === dataset && one.fields.includes(field) && reaches(one.level, level))
    .map(({ territory }) => rangeOf(territory));
}

function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>> = {}): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument: "part", ...facts, reason });
}
