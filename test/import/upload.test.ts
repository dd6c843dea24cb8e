// Imports over HTTP on the whole hub: a file uploaded, its job read by GraphQL, and who is turned away.
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";
import { facilitiesCsv } from "./world";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";

let hub: TestHub;

beforeAll(async () => {
  hub = await openTestHub();
});

afterAll(() => hub.close());

/** Facilities that the seeded city does not have. */
const file = facilitiesCsv(20, (i) => ({
  code: `140105001001${9_000 + i}`,
  territory: "140105001001",
  ...(i === 4 && { openedAt: "45231" }),
}));

async function upload(query = "", as?: string, dataset = "facilities"): Promise<Response> {
  const token = as && (await signDemoToken(hub.dataDir, { department: as, duties: ["read", "steward"] }));
  return fetch(`${hub.url}/imports/${dataset}${query}`, {
    method: "POST",
    headers: { "content-type": "text/csv", ...(token && { authorization: `Bearer ${token}` }) },
    body: file,
  });
}

test("without a token nothing is taken", async () => {
  const response = await upload();
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
});

test("who is no steward is turned away, and so are unknown datasets and modes", async () => {
  expect((await upload("", "finance@140100000000")).status).toBe(403);
  expect((await upload("", CIVIL_AFFAIRS, "nothing")).status).toBe(400);
  expect((await upload("?mode=SOME", CIVIL_AFFAIRS)).status).toBe(400);
});

test("an uploaded file is imported; its job and refused rows are read by GraphQL, the rows as any others", async () => {
  const dry = await (await upload("?dryRun=true", CIVIL_AFFAIRS)).json();
  expect(dry).toMatchObject({ state: "DONE", dryRun: true, added: 19, refused: 1 });
  const response = await upload("", CIVIL_AFFAIRS);
  expect(response.status).toBe(200);
  const job = (await response.json()) as { id: string };
  expect(job).toMatchObject({ dataset: "facility", state: "DONE", added: 19, refused: 1 });
  const { data } = await hub.ask(
    `query ($id: ID!) { importJob(id: $id) { state added refusals { nodes { line problems { field rule } } } }
       facilities(where: { code: { startsWith: "1401050010019" } }) { totalCount } }`,
    CIVIL_AFFAIRS,
    { variables: { id: job.id } },
  );
  expect(data).toEqual({
    importJob: {
      state: "DONE",
      added: 19,
      refusals: { nodes: [{ line: 6, problems: [{ field: "openedAt", rule: "DATE_SERIAL" }] }] },
    },
    facilities: { totalCount: 19 },
  });
});

test("the mutation is there for every dataset, by its plural", async () => {
  const { data } = await hub.ask(
    `mutation ($csv: String!) { importFacilities(csv: $csv) { state unchanged refused } }`,
    CIVIL_AFFAIRS,
    { variables: { csv: file }, duties: ["read", "steward"] },
  );
  expect(data).toEqual({ importFacilities: { state: "DONE", unchanged: 19, refused: 1 } });
});

test("an import leaves its access record", async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { rows } = await hub.database.pool.query(
    "SELECT outcome, code, rows FROM access_record WHERE operation LIKE 'POST /imports/%' ORDER BY at, seq",
  );
  expect(rows).toEqual(
    expect.arrayContaining([
      { outcome: "REFUSED", code: "FORBIDDEN", rows: 0 },
      { outcome: "ANSWERED", code: null, rows: 19 },
    ]),
  );
});
