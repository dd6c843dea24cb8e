// The same filing sent again under one key is filed once.
import { openTestHub, type TestHub } from "../setup/hub";
import { CIVIL_AFFAIRS, FINANCE, flowOn, HOUSING, Time, VOLUNTEERS } from "./flow";

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: new Time().now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());

const TWO = [
  { dataset: "volunteer", fields: ["phone"], territory: "1401" },
  { dataset: "fundTransaction", fields: ["amount"], territory: "1401" },
];
const ids = (all: { id: string }[]) => all.map(({ id }) => id).sort();
const count = async () => (await flow.list(HOUSING, ["read"], "first: 0")).totalCount;

test("sent twice, one after the other, it gives the same requests", async () => {
  const first = await flow.all({ items: TWO, idempotencyKey: "one" });
  expect(first).toHaveLength(2);
  const again = await flow.all({ items: TWO, idempotencyKey: "one" });
  expect(ids(again)).toEqual(ids(first));
  expect(await count()).toBe(2);
});

test("sent eight times at once, too", async () => {
  const before = await count();
  const all = await Promise.all(
    Array.from({ length: 8 }, () => flow.all({ items: TWO, idempotencyKey: "at-once" })),
  );
  expect(new Set(all.map((one) => ids(one).join())).size).toBe(1);
  expect(await count()).toBe(before + 2);
});

test("it gives them as they stand, also where nothing is missing any more", async () => {
  const given = { operation: "{ volunteers { nodes { birthDate } } }", idempotencyKey: "later" };
  const { id } = await flow.filed(given);
  await flow.approve(id);
  await flow.decide(id, "GRANT", CIVIL_AFFAIRS);
  expect(await flow.all(given)).toEqual([expect.objectContaining({ id, state: "GRANTED" })]);
  expect(await flow.refusal(flow.file({ operation: given.operation }))).toMatchObject({
    reason: "NOTHING_MISSING",
  });
});

test("a key serves one filing of one client", async () => {
  await flow.all({ items: VOLUNTEERS, idempotencyKey: "mine" });
  expect(await flow.refusal(flow.file({ items: TWO, idempotencyKey: "mine" }))).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "IDEMPOTENCY_KEY_REUSED",
  });
  const [other] = await flow.all({ items: VOLUNTEERS, idempotencyKey: "mine" }, FINANCE);
  expect(other.requester).toBe(FINANCE);
  expect(await flow.refusal(flow.file({ items: TWO, idempotencyKey: "with space" }))).toMatchObject({
    code: "BAD_USER_INPUT",
  });
});

test("what was refused may be sent again under its key", async () => {
  const bad = flow.file({ items: [{ ...VOLUNTEERS[0], territory: "11" }], idempotencyKey: "mended" });
  expect(await flow.refusal(bad)).toMatchObject({ code: "BAD_USER_INPUT" });
  expect(await flow.all({ items: VOLUNTEERS, idempotencyKey: "mended" })).toHaveLength(1);
});
