/** Files what is asked for as requests: one for each provider and class, because each has its own answer and deadline. */
import type { ClientBase, Pool } from "pg";
import { v7 } from "uuid";
import { type Creation, checkKey, claim, earlier } from "../../database/idempotency";
import { inTransaction } from "../../database/transaction";
import { CITY, type Code, contains, rangeOf } from "../../declare";
import { HubError } from "../../errors";
import { departmentOf, type Identity, type Rights } from "../../identity";
import { AUTHORITY, type NearestOf, nearestAmong, nodesOfCity } from "../nearest";
import { type Item, MOST_ITEMS, type Portion, portionsOf, refuseNotShared } from "./items";
import { type RequestParts, strangersAmong } from "./parts";
import { FILING } from "./steps";
import { insertRequest, insertTransition, type NewRequest, type Terms } from "./store";
import { checkText } from "./text";

export interface Draft extends Terms {
  readonly items: readonly Item[];
}

/** A filing that may be sent again: its key, and all that was given with it. */
export interface Again {
  readonly key: string;
  readonly input: object;
}

/** Ids of the requests that were filed. */
export async function fileRequests(
  parts: RequestParts,
  asker: Identity,
  drafted: () => Promise<Draft>,
  again?: Again,
): Promise<string[]> {
  if (!asker.duties.includes(FILING.duty))
    throw new HubError(
      "FORBIDDEN",
      "申请须有 read 职责。A request is filed by an identity with the duty read",
      { duty: FILING.duty },
    );
  if (again) checkKey(again.key);
  const before = again && (await earlier(askOf(parts.pool), parts.hash, creationOf(asker, again)));
  if (before) return filedAs(parts, before);
  const draft = await drafted();
  const now = parts.now();
  await checkTerms(parts, draft, now);
  refuseNotShared(parts.catalogue, draft.items);
  const strangers = await strangersAmong(parts, draft.items);
  if (strangers.length > 0)
    throw bad(`${strangers.join("、")} 不是本市属地。These are no territories of the city`, "territory");
  const rights = await parts.rights.current();
  const nearest = await registered(parts, draft.items, { asker, rights });
  const portions = portionsOf(parts.catalogue, draft.items, { asker, rights, nearest, at: now });
  checkPortions(portions);
  const filing = v7();
  const requests = portions.map((portion) => requestOf(portion, draft, { asker, nearest, filing, now }));
  const twin = await stored(parts, asker, requests, again && { ...again, filing });
  return twin ? filedAs(parts, twin) : requests.map(({ id }) => id);
}

/** The filing that was there already where the same was sent before, or at once from two sides: the second waits here. */
async function stored(
  { pool, hash }: RequestParts,
  asker: Identity,
  requests: readonly NewRequest[],
  again: (Again & { readonly filing: string }) | undefined,
): Promise<string | undefined> {
  const { act, to, party, duty } = FILING;
  const by = { actor: asker.subject, department: asker.department.code };
  return inTransaction(pool, async (client) => {
    const claimed = again && (await claim(askOf(client), hash, creationOf(asker, again), again.filing));
    if (claimed) return claimed;
    for (const request of requests) {
      await insertRequest(client, request);
      await insertTransition(client, request.id, {
        seq: 1,
        at: request.filedAt,
        act,
        to,
        party,
        duty,
        ...by,
      });
    }
    return undefined;
  });
}

const askOf = (client: Pool | ClientBase) => async (text: string, values: unknown[]) =>
  (await client.query(text, values)).rows;

/** Keys of one client say nothing to another. */
function creationOf({ department, subject }: Identity, { key, input }: Again): Creation {
  return { asker: `${department.code}/${subject}`.slice(0, 160), key, dataset: "accessRequest", input };
}

/** What a filing was split into; what was split later is no part of it. */
async function filedAs({ pool }: RequestParts, filing: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    "SELECT id FROM access_request WHERE filing = $1 AND part_of IS NULL ORDER BY id",
    [filing],
  );
  return rows.map(({ id }) => id);
}

function requestOf(
  { provider, sharing, items }: Portion,
  { purpose, legalBasis, scenario, scope, way, until }: Draft,
  { asker, nearest, filing, now }: { asker: Identity; nearest: NearestOf; filing: string; now: Date },
): NewRequest {
  const requester = asker.department.code;
  const own = departmentOf(provider)?.territory ?? CITY;
  const authority = nearest(AUTHORITY, own) ?? `${AUTHORITY}@${CITY}`;
  const common = commonNode(asker.department.territory, own);
  const superior = nearest(AUTHORITY, common) ?? `${AUTHORITY}@${CITY}`;
  const terms = { purpose, legalBasis, scenario, scope, way, until };
  return {
    id: v7(),
    filing,
    requester,
    provider,
    authority,
    superior,
    sharing,
    filedAt: now,
    items,
    ...terms,
  };
}

async function checkTerms({ rights }: RequestParts, draft: Draft, now: Date): Promise<void> {
  for (const argument of ["legalBasis", "scenario", "scope"] as const) checkText(argument, draft[argument]);
  if (!(await rights.purposes()).has(draft.purpose))
    throw bad(`没有使用目的 ${draft.purpose}。${draft.purpose} is no purpose of this hub`, "purpose");
  if (Date.parse(draft.until) <= now.getTime())
    throw bad("until 须晚于现在。The time of use ends in the future", "until");
  if (draft.items.length > MOST_ITEMS)
    throw bad(`申请项超过 ${MOST_ITEMS}。There are more than ${MOST_ITEMS} items`, "items");
}

function checkPortions(portions: readonly Portion[]): void {
  if (portions.length > 0) return;
  throw new HubError(
    "BAD_USER_INPUT",
    "没有需要申请的内容：本部门已可使用。Nothing is missing: your department may use all of it already",
    { reason: "NOTHING_MISSING" },
  );
}

function bad(message: string, argument: string): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument });
}

async function registered(
  parts: RequestParts,
  items: readonly Item[],
  { asker, rights }: { readonly asker: Identity; readonly rights: Rights },
): Promise<NearestOf> {
  const stewards = [
    ...parts.catalogue.datasets.map((d) => d.steward),
    ...rights.stewardships.map((s) => s.kind),
  ];
  const territories = [...items.map((i) => i.territory), asker.department.territory];
  return nearestAmong(parts, [...stewards, AUTHORITY], territories);
}

/** The lowest node that holds both. */
function commonNode(a: Code, b: Code): Code {
  return nodesOfCity(a).find((node) => contains(rangeOf(node), b)) ?? CITY;
}
