// Corrections of fields about persons: what is kept of them, who sees it, and what those learn who may not.
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY_STEWARD, flowOn, HOUSING, PLANNING, STREET, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const AUTHORITY = `big-data@${XIAODIAN}`;
const PROPOSED = "13999998888";
const EVIDENCE = `本人来电，号码为 ${PROPOSED}`;

interface Volunteer {
  readonly id: string;
  readonly phone: string;
  readonly idNumber: string | null;
  readonly version: number;
  readonly territory: string;
}

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;
let volunteers: Volunteer[];

beforeAll(async () => {
  hub = await openTestHub();
  flow = flowOn(hub);
  const query = `{ volunteers(where: { territory: { within: "140105001" }, consent: { eq: GRANTED },
      birthDate: { lt: "1990-01-01" }, phone: { isNull: false } }, first: 50) {
    nodes { id phone idNumber version territory } } }`;
  volunteers = (await hub.data(query, CITY_STEWARD)).volunteers.nodes;
});
afterAll(() => hub.close());

const next = () => volunteers.shift() as Volunteer;
const draftOf = ({ id, phone }: Volunteer) => ({
  ...{ id, field: "phone", found: phone, proposed: PROPOSED, evidence: EVIDENCE },
});

async function bytesOf(id: string): Promise<string> {
  const { rows } = await hub.database.pool.query(
    `SELECT c::text || coalesce((SELECT string_agg(t::text, '') FROM correction_transition t WHERE t.correction = c.id), '')
       AS text FROM correction c WHERE c.id = $1`,
    [id],
  );
  const hex = [...rows[0].text.matchAll(/\\\\?x([0-9a-f]+)/g)].map(([, h]) =>
    Buffer.from(h, "hex").toString("latin1"),
  );
  return rows[0].text + hex.join("");
}

test("of an encrypted field nothing lies in plain text, neither values nor what is said of them", async () => {
  const volunteer = next();
  const asked = await flow.requested(draftOf(volunteer), STREET);
  expect(asked.content).toMatchObject({ found: volunteer.phone, proposed: PROPOSED, evidence: EVIDENCE });
  await flow.by(asked.id, "REJECT", XIAODIAN_CIVIL_AFFAIRS, "decide", `号码 ${volunteer.phone} 无误`);
  const bytes = await bytesOf(asked.id);
  for (const text of [volunteer.phone, PROPOSED, "本人来电", "无误"]) {
    expect(bytes).not.toContain(text);
    expect(bytes).not.toContain(Buffer.from(text).toString("hex"));
  }
  expect((await flow.seen(asked.id, STREET)).transitions.at(-1).reason).toBe(`号码 ${volunteer.phone} 无误`);
});

test("a phone written anew as it was leaves the correction open, another one closes it", async () => {
  const volunteer = next();
  const asked = await flow.requested(draftOf(volunteer), STREET);
  const write = async (phone: string, version: number) =>
    hub.data(
      `mutation ($id: ID!, $phone: String!, $version: Int!) {
        updateVolunteer(id: $id, input: { phone: $phone }, expectedVersion: $version) { volunteer { version disputed } } }`,
      CITY_STEWARD,
      { duties: ["read", "steward"], variables: { id: volunteer.id, phone, version } },
    );
  const same = await write(volunteer.phone, volunteer.version);
  expect(same.updateVolunteer.volunteer).toEqual({ version: volunteer.version + 1, disputed: ["phone"] });
  const other = await write(PROPOSED, volunteer.version + 1);
  expect(other.updateVolunteer.volunteer).toEqual({ version: volunteer.version + 2, disputed: [] });
  expect(await flow.seen(asked.id, STREET)).toMatchObject({ state: "CORRECTED", outcome: "AS_PROPOSED" });
});

test("who sees no row, a masked field, or nothing that is there, is told the same", async () => {
  const volunteer = next();
  const committee = `committee@${volunteer.territory}`;
  const nowhere = "volunteer:01900000-0000-7000-8000-000000000000";
  const { node } = await hub.data(
    `{ node(id: "${volunteer.id}") { ... on Volunteer { phone } } }`,
    committee,
  );
  expect(node.phone).toContain("*");
  const refusals = await Promise.all([
    flow.ask({ ...draftOf(volunteer) }, HOUSING),
    flow.ask({ ...draftOf(volunteer), found: "13000000000" }, HOUSING),
    flow.ask({ ...draftOf(volunteer), id: nowhere }, HOUSING),
    flow.ask({ ...draftOf(volunteer) }, committee),
    flow.ask({ ...draftOf(volunteer), found: node.phone }, committee),
    flow.ask({ ...draftOf(volunteer), id: nowhere }, STREET),
  ]);
  const told = refusals.map(({ data, errors }) =>
    JSON.stringify([data, errors[0].message, errors[0].extensions]),
  );
  expect(new Set(told).size).toBe(1);
  expect(refusals[0].errors[0].extensions.code).toBe("NOT_FOUND");
  const { rows } = await hub.database.pool.query("SELECT FROM correction WHERE row_id = $1", [
    volunteer.id.split(":")[1],
  ]);
  expect(rows).toHaveLength(0);
});

test("a dispute is told of fields that the reader sees, masked or in full, and of no others", async () => {
  const volunteer = volunteers.find((v) => v.idNumber) as Volunteer;
  volunteers.splice(volunteers.indexOf(volunteer), 1);
  await flow.requested(draftOf(volunteer), STREET);
  const hidden = { id: volunteer.id, field: "idNumber", found: volunteer.idNumber, proposed: null };
  const asked = await flow.requested(hidden, CITY_STEWARD);
  expect(asked).toMatchObject({ provider: XIAODIAN_CIVIL_AFFAIRS, requester: CITY_STEWARD });
  const told = (as: string) => flow.disputed(volunteer.id, as);
  expect(await told(CITY_STEWARD)).toEqual(["idNumber", "phone"]);
  expect(await told(STREET)).toEqual(["phone"]);
  expect(await told(`committee@${volunteer.territory}`)).toEqual(["phone"]);
  expect(await told(HOUSING)).toBeUndefined();
});

test("for who is no side of it a correction is not there, whatever it may read", async () => {
  const asked = await flow.requested(draftOf(next()), STREET);
  const sides = [STREET, XIAODIAN_CIVIL_AFFAIRS, AUTHORITY];
  for (const as of [...sides, CITY_STEWARD, HOUSING, PLANNING, "street-office@140105002000"]) {
    const { nodes } = await flow.list(as, "first: 1000");
    const listed = nodes.some(({ id }: { id: string }) => id === asked.id);
    expect([as, (await flow.seen(asked.id, as)) !== null, listed]).toEqual([
      as,
      sides.includes(as),
      sides.includes(as),
    ]);
    if (!sides.includes(as))
      expect(await flow.refusal(flow.step(asked.id, "ACCEPT", as, ["steward", "decide"]))).toMatchObject({
        code: "NOT_FOUND",
      });
  }
  for (const id of ["1", "' OR true --", "00000000-0000-7000-8000-000000000000"])
    expect(await flow.seen(id, STREET)).toBeNull();
});

test("a side that does not read the field sees the correction without its values; so do those who watch", async () => {
  const asked = await flow.requested(draftOf(next()), STREET);
  expect(await flow.seen(asked.id, AUTHORITY)).toMatchObject({ state: "RECEIVED", content: null });
  for (const duty of ["security", "audit"] as const)
    expect(await flow.seen(asked.id, HOUSING, { duties: [duty] })).toMatchObject({
      id: asked.id,
      content: null,
    });
});

test("a requester that may no longer read the field no longer reads what it wrote of it", async () => {
  const volunteer = next();
  const asked = await flow.requested(draftOf(volunteer), STREET);
  await hub.database.pool.query("UPDATE volunteer SET consent = 'WITHDRAWN' WHERE id = $1", [
    volunteer.id.split(":")[1],
  ]);
  expect(await flow.seen(asked.id, STREET)).toMatchObject({ state: "RECEIVED", content: null });
  expect(await flow.disputed(volunteer.id, STREET)).toBeUndefined();
  expect((await flow.seen(asked.id, XIAODIAN_CIVIL_AFFAIRS)).content).toMatchObject({ proposed: PROPOSED });
});

test("values that a correction shows are in the access record of who looked", async () => {
  const asked = await flow.requested(draftOf(next()), STREET);
  const look = async (fields: string) => {
    const response = await hub.post(`{ correction(id: "${asked.id}") { ${fields} } }`, STREET);
    await response.text();
    const { rows } = await hub.database.pool.query(
      `SELECT f.datasets FROM access_record r LEFT JOIN access_footprint f ON f.hash = r.footprint
        WHERE r.request_id = $1`,
      [response.headers.get("x-request-id")],
    );
    return JSON.stringify(rows);
  };
  expect(await look("content { found }")).toContain('"phone"');
});

test("many corrections of a page are shown with one question for each field", async () => {
  const { corrections } = await hub.data(
    "{ corrections(first: 100) { nodes { row field content { present } } } }",
    XIAODIAN_CIVIL_AFFAIRS,
  );
  expect(corrections.nodes.length).toBeGreaterThan(5);
  for (const { row, field, content } of corrections.nodes) {
    const { node } = await hub.data(
      `{ node(id: "${row}") { ... on Volunteer { value: ${field} } } }`,
      CITY_STEWARD,
    );
    expect([field, content.present]).toEqual([field, node.value]);
  }
});

test("the sealed texts of one correction do not open in another", async () => {
  const [one, other] = [next(), next()];
  const [a, b] = [await flow.requested(draftOf(one), STREET), await flow.requested(draftOf(other), STREET)];
  const client = await hub.database.pool.connect();
  await client.query("BEGIN");
  await client.query("SET LOCAL session_replication_role = replica");
  await client.query(
    "UPDATE correction SET found = (SELECT found FROM correction WHERE id = $1) WHERE id = $2",
    [a.id, b.id],
  );
  await client.query("COMMIT");
  client.release();
  const { errors } = await hub.ask(`{ correction(id: "${b.id}") { content { found } } }`, STREET);
  expect(errors[0].extensions.code).toBe("INTERNAL_SERVER_ERROR");
});
