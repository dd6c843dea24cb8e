// Imports of persons: encrypted columns, references by business key, rules across rows, what spreadsheets do to them.
import { createCipher } from "../../src/declare/cipher";
import { type TestDatabase, testDatabase } from "../setup/database";
import { MASTER_KEY, openWorld, type World } from "./world";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await openWorld(database.url);
});

afterAll(async () => {
  await world.close();
  await database.drop();
});

beforeEach(async () => {
  await world.rows(
    "TRUNCATE volunteer, volunteer_history, volunteer_record, facility, facility_share, import_job CASCADE",
  );
});

const COLUMNS =
  "volunteerNo,territory,name,birthDate,registeredAt,consent,consentAt,lawfulBasis,retentionUntil,phone,idNumber,address,skills";

function volunteer(no: string, change: Record<string, string> = {}): string {
  const row: Record<string, string> = {
    volunteerNo: no,
    territory: "140105001001",
    name: "欧阳测试",
    birthDate: "1990-03-07",
    registeredAt: "2020-01-01",
    consent: "GRANTED",
    consentAt: "2020-01-01",
    lawfulBasis: "CONSENT",
    retentionUntil: "2040-01-01",
    phone: "13900001234",
    idNumber: "140105199003074515",
    address: "太原市小店区坞城街道师范街社区5号楼",
    skills: "法律、教育辅导",
    ...change,
  };
  return COLUMNS.split(",")
    .map((column) => row[column])
    .join(",");
}

const volunteers = (...rows: string[]) => [COLUMNS, ...rows].join("\n");

test("numbers are sealed, with hash and masked form beside them; unchanged ones stay as they are", async () => {
  await world.run("volunteer", volunteers(volunteer("V1")));
  const [row] = await world.rows(
    `SELECT phone, phone_hash, phone_masked, id_number_masked, address_masked, skills, version FROM volunteer`,
  );
  const cipher = createCipher(MASTER_KEY);
  expect(cipher.open("volunteer", "phone", row!.phone as Buffer)).toBe("13900001234");
  expect(row!.phone_hash).toEqual(cipher.hash("volunteer", "phone", "13900001234"));
  expect(row).toMatchObject({
    phone_masked: "139****1234",
    id_number_masked: "1****************5",
    address_masked: "太原市小店区坞城街道师范街社区***",
    skills: ["LEGAL", "TEACHING"],
    version: 1,
  });
  const again = await world.run("volunteer", volunteers(volunteer("V1")));
  expect([again.unchanged, again.changed]).toEqual([1, 0]);
  const other = await world.run("volunteer", volunteers(volunteer("V1", { phone: "13900005678" })));
  expect([other.unchanged, other.changed]).toEqual([0, 1]);
  expect(await world.rows("SELECT phone_masked FROM volunteer_history")).toEqual([
    { phone_masked: "139****1234" },
  ]);
});

test("no refusal repeats a value, and masked forms do not come back as values", async () => {
  const job = await world.run(
    "volunteer",
    volunteers(
      volunteer("V1", { idNumber: "1.40105E+17" }),
      volunteer("V2", { idNumber: "140105199003074000" }),
      volunteer("V3", { phone: "139****1234" }),
      volunteer("V4", { name: "欧阳*" }),
      volunteer("V5", { phone: "12345" }),
    ),
  );
  expect(await world.problems(job)).toEqual([
    "2 idNumber SCIENTIFIC",
    "3 idNumber DIGITS_LOST",
    "4 phone MASKED_FORM",
    "5 name MASKED_FORM",
    "6 phone FORM_PHONE",
  ]);
  const [told] = await world.rows("SELECT string_agg(problems::text, '') AS text FROM import_refusal");
  for (const value of ["140105199003074000", "139****1234", "12345", "欧阳"])
    expect(told!.text).not.toContain(value);
});

const RECORD = "recordNo,territory,volunteerId,serviceKind,startedAt,endedAt,hours,consent";
const record = (no: string, whose: string, from: string, to: string) =>
  `${no},140105001001,${whose},LEGAL,2024-05-01 ${from},2024-05-01 ${to},1,GRANTED`;

test("a reference takes the id or the business key of its target", async () => {
  await world.run("volunteer", volunteers(volunteer("V1"), volunteer("V2")));
  const [{ id } = {}] = await world.rows("SELECT id FROM volunteer WHERE volunteer_no = 'V2'");
  const file = [
    RECORD,
    record("R1", "V1", "08:00", "09:00"),
    record("R2", `volunteer:${id}`, "08:00", "09:00"),
    record("R3", "V9", "08:00", "09:00"),
    record("R4", `facility:${id}`, "08:00", "09:00"),
  ].join("\n");
  const job = await world.run("volunteerRecord", file);
  expect(await world.problems(job)).toEqual(["4 volunteerId NO_SUCH_ROW", "5 volunteerId NO_SUCH_ROW"]);
  expect(
    await world.rows(
      "SELECT volunteer_no, started_at FROM volunteer_record r JOIN volunteer v ON v.id = r.volunteer_id ORDER BY record_no",
    ),
  ).toEqual([
    { volunteer_no: "V1", started_at: new Date("2024-05-01T08:00:00+08:00") },
    { volunteer_no: "V2", started_at: new Date("2024-05-01T08:00:00+08:00") },
  ]);
  const again = await world.run("volunteerRecord", file);
  expect([again.unchanged, again.refused]).toEqual([2, 2]);
});

test.each([
  ["row by row", { mode: "ROWS" as const }],
  ["dry", { mode: "ROWS" as const, dryRun: true }],
  ["all or nothing", { mode: "ALL_OR_NOTHING" as const }],
])("rules across rows hold against what stands and what came before, %s", async (_name, options) => {
  await world.run("volunteer", volunteers(volunteer("V1"), volunteer("V2")));
  await world.run("volunteerRecord", [RECORD, record("R0", "V1", "06:00", "07:00")].join("\n"));
  const file = [
    RECORD,
    record("R1", "V1", "06:30", "07:30"), // against what stands
    record("R2", "V1", "08:00", "09:00"),
    record("R3", "V2", "08:00", "09:00"),
    record("R4", "V1", "08:30", "09:30"), // against an earlier batch
    record("R5", "V1", "10:00", "11:00"),
    record("R6", "V1", "10:59", "12:00"), // against its own batch
  ].join("\n");
  const job = await world.run("volunteerRecord", file, { ...options, batchSize: 3 });
  expect(await world.problems(job)).toEqual([
    "2 startedAt RECORDS_OVERLAP",
    "5 startedAt RECORDS_OVERLAP",
    "7 startedAt RECORDS_OVERLAP",
  ]);
  expect([job.added, job.refused]).toEqual([3, 3]);
  const [found] = await world.rows("SELECT count(*)::int AS n FROM volunteer_record");
  expect(found!.n).toBe(options.mode === "ROWS" && !("dryRun" in options) ? 4 : 1);
});
