// Every version of a row can be read again, by today's rights on where it then was.
import { execute, parse } from "graphql";
import { type Decisions, decide } from "../../src/access";
import { catalogue } from "../../src/datasets";
import type { Identity } from "../../src/identity";
import {
  as,
  CITY_STEWARD,
  DISTRICT_STEWARD,
  ELSEWHERE,
  FIRST,
  openSmallCity,
  type SmallCity,
} from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

async function decisionsOf(asker: Identity): Promise<Decisions> {
  const rights = await city.rights.current();
  return {
    epoch: rights.epoch,
    decide: (name) => decide(asker, catalogue.dataset(name), rights, new Date()),
    purposesFor: () => [],
    refresh: () => decisionsOf(asker),
  };
}

/** The answer's data, by the text exit, which must equal the objects exit. */
async function ask(asker: Identity, query: string, variables: Record<string, unknown>) {
  const decisions = await decisionsOf(asker);
  const document = parse(query);
  const answer = await city.reader.answer({ document, variables }, decisions);
  const read = async (info: never) => (await city.reader.value(info, decisions)).value;
  const objects = await execute({
    schema: city.reader.schema,
    document,
    variableValues: variables,
    contextValue: { read },
  });
  expect(objects.errors ?? []).toEqual(answer.errors);
  expect(JSON.parse(JSON.stringify(objects.data ?? null))).toEqual(JSON.parse(answer.text));
  return JSON.parse(answer.text);
}

const HISTORY = `query ($id: ID!, $first: Int, $after: String, $last: Int) {
  facilityHistory(id: $id, first: $first, after: $after, last: $last) {
    totalCount nodes { version capacity territory changedBy retiredAt } pageInfo { endCursor hasNextPage } } }`;

/** A facility of three versions: made, enlarged, moved to another district; then retired. */
async function movedFacility(): Promise<string> {
  const { id } = await city.writer.create(CITY_STEWARD, "facility", {
    code: `${FIRST}0001`,
    name: "合成设施",
    kind: "OFFICE",
    status: "IN_USE",
    territory: FIRST,
    capacity: 10,
  });
  await city.writer.update(DISTRICT_STEWARD, "facility", id, { capacity: 20 }, 1);
  await city.writer.update(
    CITY_STEWARD,
    "facility",
    id,
    { territory: ELSEWHERE, code: `${ELSEWHERE}0001` },
    2,
  );
  await city.writer.retire(CITY_STEWARD, "facility", id, 3);
  return id;
}

test("versions come oldest first, with who changed what, the retirement last", async () => {
  const id = await movedFacility();
  const { facilityHistory } = await ask(CITY_STEWARD, HISTORY, { id });
  const [city, district] = ["civil-affairs@140100000000/lin", "civil-affairs@140105000000/lin"];
  expect(facilityHistory.totalCount).toBe(4);
  expect(facilityHistory.nodes).toEqual([
    { version: 1, capacity: 10, territory: FIRST, changedBy: city, retiredAt: null },
    { version: 2, capacity: 20, territory: FIRST, changedBy: district, retiredAt: null },
    { version: 3, capacity: 20, territory: ELSEWHERE, changedBy: city, retiredAt: null },
    { version: 4, capacity: 20, territory: ELSEWHERE, changedBy: city, retiredAt: expect.any(String) },
  ]);
});

describe("a row that moved", () => {
  const WORKER = {
    name: "合成甲",
    post: "GENERAL",
    hiredAt: "2024-01-01",
    lawfulBasis: "HUMAN_RESOURCES",
    territory: FIRST,
  };
  const HR = as("human-resources@140100000000");
  const QUERY =
    "query ($id: ID!) { communityWorkerHistory(id: $id) { totalCount nodes { version name territory } } communityWorker(id: $id) { version } }";

  test("shows each reader the versions that lay where its rights reach", async () => {
    const { id } = await city.writer.create(HR, "communityWorker", { ...WORKER, workerNo: "W1" });
    await city.writer.update(HR, "communityWorker", id, { name: "合成乙" }, 1);
    await city.writer.update(HR, "communityWorker", id, { territory: ELSEWHERE }, 2);
    const seenBy = async (code: string) => {
      const { communityWorkerHistory, communityWorker } = await ask(as(code), QUERY, { id });
      const versions = communityWorkerHistory.nodes.map((n: { version: number }) => n.version);
      expect(communityWorkerHistory.totalCount).toBe(versions.length);
      return { versions, now: communityWorker?.version ?? null };
    };
    expect(await seenBy("human-resources@140100000000")).toEqual({ versions: [1, 2, 3], now: 3 });
    expect(await seenBy("human-resources@140105000000")).toEqual({ versions: [1, 2], now: null });
    expect(await seenBy("human-resources@140106000000")).toEqual({ versions: [3], now: 3 });
    expect(await seenBy("finance@140100000000")).toEqual({ versions: [], now: null });
  });
});

test("pages go on where the former ended, and back from the end", async () => {
  const { id } = await city.writer.create(CITY_STEWARD, "facility", {
    code: `${FIRST}0002`,
    name: "合成设施",
    kind: "OFFICE",
    status: "IN_USE",
    territory: FIRST,
    capacity: 0,
  });
  for (const version of [1, 2, 3, 4])
    await city.writer.update(CITY_STEWARD, "facility", id, { capacity: version }, version);
  const page = async (variables: object) =>
    (await ask(CITY_STEWARD, HISTORY, { id, ...variables })).facilityHistory;
  const versions = (p: { nodes: { version: number }[] }) => p.nodes.map((n) => n.version);
  const first = await page({ first: 2 });
  const second = await page({ first: 2, after: first.pageInfo.endCursor });
  expect([versions(first), first.pageInfo.hasNextPage, versions(second)]).toEqual([[1, 2], true, [3, 4]]);
  expect(versions(await page({ last: 2 }))).toEqual([4, 5]);
});

test("a row is read as it was at an instant", async () => {
  const { id } = await city.writer.create(CITY_STEWARD, "facility", {
    code: `${FIRST}0003`,
    name: "旧名",
    kind: "OFFICE",
    status: "IN_USE",
    territory: FIRST,
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const between = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await city.writer.update(CITY_STEWARD, "facility", id, { name: "新名" }, 1);
  const query =
    "query ($id: ID!, $at: DateTime) { before: facility(id: $id, asOf: $at) { name } now: facility(id: $id) { name } }";
  expect(await ask(CITY_STEWARD, query, { id, at: between })).toEqual({
    before: { name: "旧名" },
    now: { name: "新名" },
  });
});
