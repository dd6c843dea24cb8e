// What is due goes, one day after its last day and not before; what is held back stays; a run that was killed goes on.
import { catalogue } from "../../src/datasets";
import { Catalogue } from "../../src/declare";
import { Mirror } from "../changes/mirror";
import { deskOn } from "../rights-desk/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";
import { DISTRICT_STEWARD, retentionOn, STEWARD } from "./flow";

let hub: TestHub;
let retention: ReturnType<typeof retentionOn>;

beforeAll(async () => {
  hub = await openTestHub();
  retention = retentionOn(hub);
  await retention.settleAll();
});
afterAll(() => hub.close());

const RECORDS = "(SELECT volunteer_id FROM volunteer_record)";

test("a row goes on the day after its last one, with its history and its records, and a feed is told", async () => {
  const [id] = await retention.keptUntil("2031-05-10", 1, `territory LIKE '140105%' AND id IN ${RECORDS}`);
  const feed = new Mirror(hub, STEWARD, { duties: ["read"] }, "volunteer", "Volunteer", "volunteerNo");
  await feed.follow();
  expect(feed.rows.has(`volunteer:${id}`)).toBe(true);
  for (const day of ["2031-05-09", "2031-05-10"]) {
    const { id: run } = await retention.run(day);
    expect(await retention.batches(run)).toEqual([]);
  }
  expect(await retention.left([id!])).toEqual([id]);
  const { id: run } = await retention.run("2031-05-11");
  expect(await retention.batches(run)).toEqual([
    { rule: "declared:volunteer", dataset: "volunteer", act: "DELETE", rows: 1, keys: 1 },
  ]);
  expect(await retention.left([id!])).toEqual([]);
  const { rows } = await hub.database.pool.query(
    `SELECT (SELECT count(*) FROM volunteer_history WHERE id = $1)::int AS versions,
       (SELECT count(*) FROM volunteer_record WHERE volunteer_id = $1)::int AS records`,
    [id],
  );
  expect(rows).toEqual([{ versions: 0, records: 0 }]);
  expect((await feed.follow()).map((told) => [told.kind, told.id])).toContainEqual([
    "DELETE",
    `volunteer:${id}`,
  ]);
  const { rows: acts } = await hub.database.pool.query(
    "SELECT kind, subject, rows FROM access_record WHERE operation = 'hub retention DELETE volunteer by declared:volunteer'",
  );
  expect(acts).toEqual([{ kind: "COMMAND", subject: "cli:operator", rows: 1 }]);
});

test("a retired row is due as well", async () => {
  const [id] = await retention.keptUntil("2031-06-10", 1);
  await hub.database.pool.query("UPDATE volunteer SET retired_at = now() WHERE id = $1", [id]);
  await retention.run("2031-06-11");
  expect(await retention.left([id!])).toEqual([]);
});

test("no row goes under an open case of its person, an open correction of a record, or a hold", async () => {
  const ids = await retention.keptUntil("2031-07-10", 4, `territory LIKE '140105%' AND id IN ${RECORDS}`);
  const [asked, disputed, held, free] = ids as [string, string, string, string];
  const desk = deskOn(hub);
  const one = await desk.opened({ id: `volunteer:${asked}`, kind: "ACCESS" }, DISTRICT_STEWARD);
  const { rows } = await hub.database.pool.query(
    `INSERT INTO correction (id, dataset, row_id, field, territory, requester, provider, authority, found, proposed,
       evidence, reason, filed_at)
     SELECT gen_random_uuid(), 'volunteerRecord', id, 'hours', territory, 'a', 'b', 'c', '', '', '', '', now()
       FROM volunteer_record WHERE volunteer_id = $1 LIMIT 1 RETURNING row_id`,
    [disputed],
  );
  expect(rows).toHaveLength(1);
  const hold = `mutation { placeRetentionHold(id: "volunteer:${held}", reason: "诉讼保全") { id reason liftedAt } }`;
  const { placeRetentionHold: placed } = await hub.data(hold, DISTRICT_STEWARD, { duties: ["steward"] });
  expect(placed).toMatchObject({ reason: "诉讼保全", liftedAt: null });
  const { id: run } = await retention.run("2031-07-11");
  expect(await retention.left(ids)).toEqual([asked, disputed, held].sort());
  expect(await retention.held(run)).toEqual([
    { rule: "declared:volunteer", why: "CORRECTION", rows: 1 },
    { rule: "declared:volunteer", why: "HOLD", rows: 1 },
    { rule: "declared:volunteer", why: "RIGHTS_CASE", rows: 1 },
  ]);
  expect(free).toBeDefined();
  await desk.taken(one.id, "FULFIL", DISTRICT_STEWARD, "decide");
  const lift = `mutation { liftRetentionHold(id: "${placed.id}", reason: "案件已结") { liftedAt liftReason } }`;
  expect((await hub.data(lift, DISTRICT_STEWARD, { duties: ["steward"] })).liftRetentionHold).toMatchObject({
    liftReason: "案件已结",
  });
  await retention.run("2031-07-12");
  expect(await retention.left(ids)).toEqual([disputed]);
  const { rows: texts } = await hub.database.pool.query(
    "SELECT length(reason) AS reason, length(lift_reason) AS lifted FROM retention_hold WHERE id = $1",
    [placed.id],
  );
  expect(texts).toEqual([{ reason: 0, lifted: 0 }]);
  await hub.database.pool.query("UPDATE volunteer SET retention_until = '2091-01-01' WHERE id = $1", [
    disputed,
  ]);
});

test("batches are small, and all of a long list goes but for what is held", async () => {
  const ids = await retention.keptUntil("2031-08-10", 12);
  await hub.data(
    `mutation { placeRetentionHold(id: "volunteer:${ids[3]}", reason: "检查") { id } }`,
    STEWARD,
    { duties: ["decide"] },
  );
  const { id: run } = await retention.run("2031-08-11", { batch: 5 });
  expect((await retention.batches(run)).map(({ rows }) => rows)).toEqual([4, 5, 2]);
  expect(await retention.left(ids)).toEqual([ids[3]]);
  await hub.database.pool.query("UPDATE volunteer SET retention_until = '2091-01-01' WHERE id = $1", [
    ids[3],
  ]);
});

test("two processes at once do the day's run once", async () => {
  const ids = await retention.keptUntil("2031-09-10", 8);
  const runs = () =>
    hub.database.pool
      .query("SELECT count(*)::int AS n FROM retention_run WHERE day = '2031-09-11' AND origin = 'TIMER'")
      .then(({ rows }) => rows[0].n);
  const processes = [retention.daily("2031-09-11"), retention.daily("2031-09-11")];
  await Promise.all(processes.map((one) => one.runIfDue()));
  await Promise.all(processes.map((one) => one.runIfDue()));
  expect(await runs()).toBe(1);
  expect(await retention.left(ids)).toEqual([]);
  for (const one of processes) await one.close();
});

test("a dataset that is linked now is left alone, whatever rules there were", async () => {
  const ids = await retention.keptUntil("2031-10-10", 1);
  const linked = new Catalogue(
    catalogue.datasets.map((d) =>
      d.name === "volunteer" ? { ...d, linked: "bureau", keptUntil: undefined } : d,
    ),
  );
  await hub.database.pool.query(
    `INSERT INTO retention_rule (id, dataset, starts, months, act, territory, basis, in_force_from, in_force_until, department, decided_by, decided_at)
     VALUES (gen_random_uuid(), 'volunteer', 'retentionUntil', 0, 'DELETE', '140100000000', '某决定', '2031-10-01', '2031-10-12', 'system', 'x', now())`,
  );
  await retention.run("2031-10-11", { catalogue: linked });
  expect(await retention.left(ids)).toEqual(ids);
  await retention.run("2031-10-11");
  expect(await retention.left(ids)).toEqual([]);
});

test("a run that is killed in the middle leaves whole batches, and the next one goes on", async () => {
  const ids = await retention.keptUntil("2031-11-10", 8);
  const child = startScript("test/retention/killed-run.ts", ["2031-11-11"], {
    DATABASE_URL: hub.database.url,
  });
  await new Promise((resolve) => child.once("exit", resolve));
  expect(child.signalCode).toBe("SIGKILL");
  const runs = async () =>
    (
      await hub.database.pool.query(
        `SELECT ended_at IS NOT NULL AS ended, (SELECT sum(rows)::int FROM retention_batch WHERE run = r.id) AS rows
           FROM retention_run r WHERE day = '2031-11-11' ORDER BY started_at, id`,
      )
    ).rows;
  expect(await retention.left(ids)).toHaveLength(5);
  expect(await runs()).toEqual([{ ended: false, rows: 3 }]);
  await retention.daily("2031-11-11").runIfDue();
  expect(await retention.left(ids)).toEqual([]);
  expect(await runs()).toEqual([
    { ended: false, rows: 3 },
    { ended: true, rows: 5 },
  ]);
});

test("what a run froze is deleted by a later rule, on the day its sealed content tells", async () => {
  const ids = await retention.keptUntil("2033-01-10", 2);
  const rule = (act: string, months: number) =>
    hub.database.pool.query(
      `INSERT INTO retention_rule (id, dataset, starts, months, act, territory, basis, in_force_from, department, decided_by, decided_at)
       VALUES (gen_random_uuid(), 'volunteer', 'retentionUntil', $2, $1, '140100000000', '某决定', '2033-01-01', 'system', 'x', now())`,
      [act, months],
    );
  await rule("FREEZE", 0);
  await rule("DELETE", 12);
  const states = async () =>
    (
      await hub.database.pool.query(
        `SELECT e.state, bool_and(r.sealed = '') AS emptied, count(DISTINCT e.id)::int AS n
           FROM erasure e JOIN erased_row r ON r.erasure = e.id WHERE e.row_id = ANY ($1::uuid[]) GROUP BY 1`,
        [ids],
      )
    ).rows;
  await retention.run("2033-01-10");
  expect(await retention.left(ids)).toEqual(ids);
  await retention.run("2033-01-11");
  expect(await retention.left(ids)).toEqual([]);
  expect(await states()).toEqual([{ state: "FROZEN", emptied: false, n: 2 }]);
  const { id: early } = await retention.run("2034-01-10");
  expect(await retention.batches(early)).toEqual([]);
  // What is frozen can be held for a lawsuit as well.
  const { placeRetentionHold: hold } = await hub.data(
    `mutation { placeRetentionHold(id: "volunteer:${ids[0]}", reason: "诉讼保全") { id } }`,
    STEWARD,
    { duties: ["steward"] },
  );
  const one = { dataset: "volunteer", act: "DELETE", rows: 1, keys: 1 };
  const { id: run } = await retention.run("2034-01-11");
  expect(await retention.batches(run)).toMatchObject([one]);
  expect(await retention.held(run)).toMatchObject([{ why: "HOLD", rows: 1 }]);
  expect((await states()).map(({ state, n }) => [state, n]).sort()).toEqual([
    ["ERASED", 1],
    ["FROZEN", 1],
  ]);
  const { rows: left } = await hub.database.pool.query(
    "SELECT id FROM erasure WHERE row_id = ANY ($1::uuid[]) AND state = 'FROZEN'",
    [ids],
  );
  const erase = `mutation { decideErasure(id: "${left[0].id}", act: ERASE, reason: "期满") { state } }`;
  const { errors } = await hub.ask(erase, STEWARD, { duties: ["decide"] });
  expect(errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "HELD" });
  await hub.data(`mutation { liftRetentionHold(id: "${hold.id}", reason: "已结") { id } }`, STEWARD, {
    duties: ["steward"],
  });
  expect(await retention.batches((await retention.run("2034-01-12")).id)).toMatchObject([one]);
  expect(await states()).toEqual([{ state: "ERASED", emptied: true, n: 2 }]);
});

test("nor does the rights desk erase what is held for a lawsuit", async () => {
  const [id] = await retention.keptUntil("2090-01-01", 1, "territory LIKE '140105%'");
  const desk = deskOn(hub);
  const { placeRetentionHold: hold } = await hub.data(
    `mutation { placeRetentionHold(id: "volunteer:${id}", reason: "诉讼保全") { id } }`,
    DISTRICT_STEWARD,
    { duties: ["steward"] },
  );
  const one = await desk.opened({ id: `volunteer:${id}`, kind: "ERASE" }, DISTRICT_STEWARD);
  const refusal = await desk.refusal(desk.step(one.id, "FULFIL", DISTRICT_STEWARD, ["decide"]));
  expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", reason: "HELD" });
  expect(await retention.left([id!])).toEqual([id]);
  await hub.data(
    `mutation { liftRetentionHold(id: "${hold.id}", reason: "已结") { id } }`,
    DISTRICT_STEWARD,
    {
      duties: ["steward"],
    },
  );
  await desk.taken(one.id, "FULFIL", DISTRICT_STEWARD, "decide");
  expect(await retention.left([id!])).toEqual([]);
});
