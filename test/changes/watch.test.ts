// The watch over the journal: each follower is told of what it has not read, whoever else was told of it before.
import { createWatch, type Watch } from "../../src/exchange";
import { seededDatabase, type TestDatabase } from "../setup/database";

let database: TestDatabase;
let watch: Watch;
const faults: Error[] = [];

beforeAll(async () => {
  database = await seededDatabase();
  watch = createWatch(database.pool, (error) => faults.push(error));
});
afterAll(async () => {
  await watch.close();
  await database.drop();
  expect(faults).toEqual([]);
});

const change = (table: string) =>
  database.pool.query(
    `UPDATE "${table}" SET name = name || '。' WHERE id = (SELECT min(id::text)::uuid FROM "${table}")`,
  );
/** Longer than any test waits: only news resolves it. */
const FOREVER = 10 * 60_000;
const toldOf = async (wait: Promise<ReadonlySet<string>>) => [...(await wait)];

test("what others were told while a follower read is told to it when it waits again", async () => {
  const [one, other] = [watch.follower(), watch.follower()];
  await change("facility");
  expect(await toldOf(one.wait(["facility"], FOREVER))).toEqual(["facility"]);
  expect(await toldOf(other.wait(["facility"], FOREVER))).toEqual(["facility"]);
  // While `one` reads what it was told of, `other` is told of something newer.
  const newer = other.wait(["facility"], FOREVER);
  await change("facility");
  expect(await toldOf(newer)).toEqual(["facility"]);
  expect(await toldOf(one.wait(["facility"], FOREVER))).toEqual(["facility"]);
});

test("a wait that ends by itself misses nothing of what comes then, and what it knows is no news", async () => {
  const follower = watch.follower();
  const bystander = watch.follower();
  // Its first wait tells of all that the journal holds.
  expect(await toldOf(follower.wait(["facility", "committee"], FOREVER))).toContain("committee");
  expect(await toldOf(follower.wait(["facility", "committee"], 1))).toEqual([]);
  await change("committee");
  // Several looks of the watch go by for somebody else.
  expect(await toldOf(bystander.wait(["committee"], FOREVER))).toEqual(["committee"]);
  expect(await toldOf(bystander.wait(["committee"], 2_500))).toEqual([]);
  expect(await toldOf(follower.wait(["facility", "committee"], FOREVER))).toEqual(["committee"]);
});

test("one that waits when the watch closes is let go, and so is one that comes after", async () => {
  const own = createWatch(database.pool, (error) => faults.push(error));
  const follower = own.follower();
  await own.close();
  expect(await toldOf(follower.wait(["facility"], FOREVER))).toEqual([]);
});
