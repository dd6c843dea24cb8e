// `hub calendar import`: the days of a notice go in, deadlines that run move with them, and who did it is recorded.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";
import { flowOn, HOUSING, Time, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;
const time = new Time();

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());

async function importDays(...lines: string[]): Promise<{ code: number; said: string }> {
  const file = path.join(hub.dataDir, "days.csv");
  writeFileSync(file, ["day,kind,name,source", ...lines].join("\n"));
  const child = startScript("src/cli/hub.ts", ["calendar", "import", file], {
    HUB_DATA: hub.dataDir,
    DATABASE_URL: hub.database.url,
    HUB_DEMO: "",
  });
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const said = await text(child.stdout!);
  return { code: await ended, said };
}

const end = (day: string) => `2026-03-${day}T00:00:00.000+08:00`;

test("deadlines that run are reckoned anew, those that stand still when they go on", async () => {
  const received = async () => {
    const { id } = await flow.filed();
    return flow.approve(id);
  };
  const [running, paused] = [await received(), await received()];
  const { id: filed } = await flow.filed();
  expect(running).toMatchObject({ due: end("17"), deadline: { calendarKnown: false } });
  time.march("03T10:00");
  await flow.decide(paused.id, "ASK_SUPPLEMENT", XIAODIAN_CIVIL_AFFAIRS, { reason: "x" });

  const invented = [
    "2026-03-10,HOLIDAY,an invented day,an invented notice",
    "2026-03-14,WORKDAY,调休,an invented notice",
  ];
  expect(await importDays(invented[0] as string)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/moved: 1\./),
  });
  const moved = await flow.seen(running.id, HOUSING);
  expect(moved).toMatchObject({ state: "RECEIVED", due: end("18"), deadline: { calendarKnown: true } });
  expect(moved.transitions.at(-1)).toMatchObject({
    act: "RECKON",
    party: "hub",
    department: "system",
    due: end("18"),
  });
  expect((await flow.seen(filed, HOUSING)).transitions).toHaveLength(1);

  // The same days again move nothing; a make-up workday beside them moves the deadline back.
  expect((await importDays(invented[0] as string)).said).toMatch(/moved: 0\./);
  expect((await importDays(...invented)).said).toMatch(/moved: 1\./);
  expect(await flow.seen(running.id, HOUSING)).toMatchObject({ due: end("17") });
  time.march("10T10:00");
  const given = await flow.by(paused.id, "SUPPLEMENT", HOUSING, "read", { reason: "x" });
  // Nine days are left, the invented Saturday among them.
  expect(given.due).toBe(end("21"));
  const { rows } = await hub.database.pool.query(
    "SELECT subject, department FROM access_record WHERE operation = 'hub calendar import 2026' ORDER BY seq",
  );
  expect(rows).toHaveLength(3);
  expect(rows[0]).toEqual({ subject: expect.stringMatching(/^cli:/), department: "system" });
});

test("a file with a fault changes nothing", async () => {
  const { code } = await importDays(
    "2026-03-11,HOLIDAY,an invented day,an invented notice",
    "2026-03-12,OFF,x,y",
  );
  expect(code).toBe(1);
  const { rows } = await hub.database.pool.query("SELECT FROM calendar_day WHERE day = '2026-03-11'");
  expect(rows).toHaveLength(0);
});
