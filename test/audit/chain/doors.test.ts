// The whole hub: each kind of access is recorded as what it is, the chain covers it, and who read a row is told to whom it concerns.
import { openTestHub, type TestHub } from "../../setup/hub";
import { findingsOf } from "./chained";

let hub: TestHub;
const STEWARD = "civil-affairs@140100000000";

beforeAll(async () => {
  hub = await openTestHub();
}, 300_000);

afterAll(() => hub.close());

const steward = { duties: ["read" as const, "steward" as const] };
const LOG = `query ($where: AccessLogWhere) {
  accessLog(where: $where) { totalCount nodes { requestId kind department subject rows datasets { dataset } } } }`;

async function kindOf(response: Response): Promise<string | null> {
  await response.text();
  const requestId = response.headers.get("x-request-id");
  for (let n = 0; n < 100; n++) {
    const text = "SELECT kind FROM access_record WHERE request_id = $1";
    const { rows } = await hub.database.pool.query(text, [requestId]);
    if (rows[0]) return rows[0].kind;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("no record came");
}

test.each([
  ["QUESTION", "{ communities(first: 1) { nodes { name } } }", {}],
  ["QUESTION", "{ me { subject } }", {}],
  ["REPORT", "{ communityOverviews(first: 1) { nodes { territory } } }", {}],
  ["REPORT", '{ ...r } fragment r on Query { report(id: "communityOverview", first: 1) { totalCount } }', {}],
  ["EXPORT", "{ communities { nodes { name } } }", { accept: "text/csv" }],
  [
    "WRITE",
    'mutation { retireVolunteer(id: "volunteer:00000000-0000-7000-8000-000000000000", expectedVersion: 1) { id } }',
    steward,
  ],
  ["IMPORT", 'mutation { stopImport(id: "00000000-0000-7000-8000-000000000000") { id } }', steward],
  [
    "ACT",
    'mutation { decideAccessRequest(id: "00000000-0000-7000-8000-000000000000", act: WITHDRAW) { id } }',
    {},
  ],
])("%s is the kind of %s", async (kind, question, asking) => {
  // Twice: the second time it goes straight to the reader where it can.
  for (let n = 0; n < 2; n++) expect(await kindOf(await hub.post(question, STEWARD, asking))).toBe(kind);
});

test("what is refused unread has no kind, and an answer of figures is a question", async () => {
  expect(await kindOf(await hub.post("{ nonsense", STEWARD))).toBeNull();
  const filter = { where: { kind: "REPORT" } };
  const { accessLog } = await hub.data(LOG, "audit@140100000000", { duties: ["audit"], variables: filter });
  expect(new Set(accessLog.nodes.map((n: { kind: string }) => n.kind))).toEqual(new Set(["REPORT"]));
});

test("the log of a running hub is sealed and published within seconds, and verifies", async () => {
  await hub.data("{ volunteers(first: 1) { nodes { name } } }", STEWARD, steward);
  const asked =
    "{ chainStatus { seal head records waiting publishedSeal publishedHead agrees coveredUntil } }";
  const look = async () => (await hub.data(asked, "audit@140100000000", { duties: ["audit"] })).chainStatus;
  const asked_at = Date.now();
  let state = await look();
  for (let n = 0; n < 200 && !(Date.parse(state.coveredUntil) > asked_at); n++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    state = await look();
  }
  expect(Date.parse(state.coveredUntil)).toBeGreaterThan(asked_at);
  expect(state).toMatchObject({ agrees: true, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(state.publishedSeal).toBeGreaterThan(0);
  expect(await findingsOf(hub.database.pool, `${hub.dataDir}/audit-heads.jsonl`)).toEqual([]);
  const metrics = await (await fetch(`${hub.url}/metrics`)).text();
  expect(metrics).toMatch(/^hub_audit_uncovered_seconds [0-9.]+$/m);
  expect(metrics).toMatch(/^hub_access_records_sealed_total [1-9]/m);
});

test("the chain's state is for the audit and security duties", async () => {
  const asked = "{ chainStatus { seal } }";
  expect(await hub.refusal(asked, STEWARD, { duties: ["security"] })).toBeUndefined();
  for (const duties of [["read" as const], ["steward" as const], ["admin" as const], ["decide" as const]])
    expect(await hub.refusal(asked, STEWARD, { duties })).toBe("FORBIDDEN");
});

describe("who read a person's record", () => {
  let id: string;
  let territory: string;
  const DISTRICT = () => `civil-affairs@${territory.slice(0, 6)}000000`;

  beforeAll(async () => {
    const { rows } = await hub.database.pool.query(
      "SELECT id, territory FROM volunteer WHERE retired_at IS NULL AND territory LIKE '140105%' ORDER BY id LIMIT 1",
    );
    [id, territory] = [`volunteer:${rows[0].id}`, rows[0].territory];
  });

  const readers = async (department: string, row: string, duties: ("audit" | "steward" | "read")[]) => {
    const { accessLog } = await hub.data(LOG, department, { duties, variables: { where: { row } } });
    return accessLog.nodes as { requestId: string; department: string; subject: string | null }[];
  };
  const asked = async (department: string, question: string) => {
    const response = await hub.post(question, department, steward);
    await kindOf(response.clone());
    return response.headers.get("x-request-id");
  };

  test("its steward is told of accesses whose answer could have held it, and of no others", async () => {
    const city = await asked(STEWARD, "{ volunteers(first: 1) { nodes { name phone } } }");
    const own = await asked(DISTRICT(), "{ volunteers(first: 1) { nodes { name } } }");
    const elsewhere = await asked(
      "civil-affairs@140106000000",
      "{ volunteers(first: 1) { nodes { name } } }",
    );
    const other = await asked(DISTRICT(), "{ facilities(first: 1) { nodes { name } } }");
    const nothing = await asked(
      DISTRICT(),
      '{ volunteers(where: { name: { eq: "无此人" } }) { nodes { name } } }',
    );
    const found = (await readers(DISTRICT(), id, ["steward"])).map(({ requestId }) => requestId);
    expect(found).toEqual(expect.arrayContaining([city, own]));
    for (const one of [elsewhere, other, nothing]) expect(found).not.toContain(one);
  });

  test("who by name is told to auditors alone", async () => {
    await asked(STEWARD, "{ volunteers(first: 1) { nodes { name } } }");
    const told = await readers(DISTRICT(), id, ["steward"]);
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ subject }) => subject === null)).toBe(true);
    // The bureau's own auditor sees the row as its department does.
    const audited = await readers(STEWARD, id, ["read", "audit"]);
    expect(audited.some(({ subject }) => subject !== null)).toBe(true);
    expect(new Set(audited.map(({ department }) => department))).toEqual(new Set([STEWARD]));
  });

  test("auditors need not read the row themselves: those of its district and those above it are told", async () => {
    const city = await asked(STEWARD, "{ volunteers(first: 1) { nodes { name } } }");
    const told = await readers("audit@140100000000", id, ["audit"]);
    expect(told.find(({ requestId }) => requestId === city)).toMatchObject({ department: STEWARD });
    // Of departments of its own territory alone, as it reads all records.
    const own = await asked(DISTRICT(), "{ volunteers(first: 1) { nodes { name } } }");
    const district = await readers(`audit@${territory.slice(0, 6)}000000`, id, ["audit"]);
    expect(district.map(({ requestId }) => requestId)).toContain(own);
    expect(district.map(({ requestId }) => requestId)).not.toContain(city);
  });

  test("a row that is out of reach and one that does not exist are refused alike", async () => {
    const none = "volunteer:00000000-0000-7000-8000-000000000000";
    const refused = async (department: string, row: string, duties: ("audit" | "steward" | "read")[]) => {
      const { errors } = await hub.ask(LOG, department, { duties, variables: { where: { row } } });
      const { extensions, message } = errors[0];
      return { message, ...extensions };
    };
    const elsewhere = "civil-affairs@140106000000";
    const unseen = await refused(elsewhere, id, ["steward"]);
    expect(unseen).toMatchObject({ code: "NOT_FOUND" });
    expect(await refused(elsewhere, none, ["steward"])).toEqual(unseen);
    // Of a district where it neither lies nor lay.
    expect(await refused("audit@140106000000", id, ["audit"])).toEqual(unseen);
    expect(await refused("audit@140100000000", none, ["audit"])).toEqual(unseen);
    expect(await refused(DISTRICT(), id, ["read"])).toMatchObject({ code: "FORBIDDEN" });
    expect(await refused(DISTRICT(), "nonsense", ["steward"])).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("a row that is open to all is told to its own steward, not to another dataset's", async () => {
    const { rows } = await hub.database.pool.query("SELECT id FROM community LIMIT 1");
    const row = `community:${rows[0].id}`;
    expect((await readers(STEWARD, row, ["steward"])).length).toBeGreaterThan(0);
    const asking = { duties: ["steward" as const], variables: { where: { row } } };
    expect(await hub.refusal(LOG, "finance@140100000000", asking)).toBe("FORBIDDEN");
  });
});
