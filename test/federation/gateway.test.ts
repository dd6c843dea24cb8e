// The hub and a bureau's own service, composed into one graph and asked through a gateway over HTTP.
import { parse } from "graphql";
import { schema } from "../../src/cli/schema";
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";
import { BUREAU_SDL, bureauSchema, type Inspection } from "./bureau";
import { compose, gatewaySchema } from "./composing";
import { type Served, serve } from "./serving";

let hub: TestHub;
let bureau: Served;
let gateway: Served;
const inspections: Inspection[] = [];
const came: Record<string, string>[] = [];

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";

beforeAll(async () => {
  hub = await openTestHub();
  const { pool } = hub.database;
  const facilities = await pool.query(
    "SELECT code FROM facility WHERE retired_at IS NULL ORDER BY code LIMIT 3",
  );
  const volunteers = await pool.query(
    "SELECT volunteer_no FROM volunteer WHERE retired_at IS NULL ORDER BY volunteer_no LIMIT 3",
  );
  facilities.rows.forEach(({ code }, i) => {
    inspections.push({
      no: `J-${i}`,
      result: i === 1 ? "整改" : "合格",
      facility: { code },
      helper: { volunteerNo: volunteers.rows[i].volunteer_no },
    });
  });
  inspections.push({
    no: "J-9",
    result: "合格",
    facility: { code: "1401059999999999" },
    helper: { volunteerNo: "no such" },
  });
  bureau = await serve(bureauSchema(inspections, (headers) => came.push(headers)));
  const { sdl } = (await hub.data("{ _service { sdl } }", FINANCE))._service;
  const { supergraphSdl, errors } = compose([
    { name: "hub", url: `${hub.url}/graphql`, typeDefs: parse(sdl) },
    { name: "bureau", url: bureau.url, typeDefs: parse(BUREAU_SDL) },
  ]);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  gateway = await serve(gatewaySchema(supergraphSdl, (asking) => asking?.context?.headers ?? {}));
}, 240_000);

afterAll(async () => {
  await gateway?.close();
  await bureau?.close();
  await hub?.close();
});

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
async function ask(query: string, department?: string, purpose?: string): Promise<any> {
  const token = department && (await signDemoToken(hub.dataDir, { department, duties: ["read"] }));
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(purpose ? { "hub-purpose": purpose } : {}),
  };
  const response = await fetch(gateway.url, { method: "POST", headers, body: JSON.stringify({ query }) });
  return response.json();
}

test("a list of the hub's with what the bureau knows of each row", async () => {
  const code = inspections[1]!.facility.code;
  const { data, errors } = await ask(
    `{ facilities(where: { code: { eq: "${code}" } }) { nodes { code name inspections { no result } } } }`,
    FINANCE,
  );
  expect(errors).toBeUndefined();
  expect(data.facilities.nodes).toEqual([
    { code, name: expect.any(String), inspections: [{ no: "J-1", result: "整改" }] },
  ]);
});

const WHO_CAME = `{ inspections { no facility { code name } helper { volunteerNo name phone inspected } } }`;

test("a list of the bureau's with the hub's rows, each reader as far as its own rights reach", async () => {
  const steward = await ask(WHO_CAME, CIVIL_AFFAIRS);
  const finance = await ask(WHO_CAME, FINANCE);
  expect(steward.errors).toBeUndefined();
  expect(finance.errors).toBeUndefined();
  const [whole, less] = [steward.data.inspections, finance.data.inspections];
  for (const i of [0, 1, 2]) {
    expect(whole[i].facility.name).toEqual(expect.any(String));
    expect(less[i].facility.name).toBe(whole[i].facility.name);
    expect(whole[i].helper).toMatchObject({ name: expect.any(String), inspected: 1 });
    // The bureau's own part stays: the hub withholds the hub's.
    expect(less[i].helper?.name ?? null).toBeNull();
  }
  expect(whole[3].facility.name).toBeNull();
});

test("a purpose that is passed on opens what it is granted, and no more", async () => {
  const { data, errors } = await ask(WHO_CAME, FINANCE, "budget-review");
  expect(errors).toBeUndefined();
  const names = data.inspections.flatMap(({ helper }: { helper?: { name?: string } }) => helper?.name ?? []);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(/^.\*$/);
});

test("the gateway passes on who asks, and the hub answers nobody else", async () => {
  came.length = 0;
  await ask(WHO_CAME, FINANCE);
  const claims = came.map(({ authorization }) =>
    JSON.parse(Buffer.from(authorization!.split(".")[1]!, "base64url").toString()),
  );
  expect(claims.length).toBeGreaterThan(0);
  for (const { department } of claims) expect(department).toBe(FINANCE);
  const nobody = await ask("{ facilities(first: 1) { nodes { code } } }");
  expect(nobody.data?.facilities ?? null).toBeNull();
  expect(JSON.stringify(nobody.errors)).toContain("UNAUTHENTICATED");
});

test("the access record is the hub's own, whichever way the question came", async () => {
  await ask(WHO_CAME, CIVIL_AFFAIRS);
  const log = await hub.data(
    `{ accessLog(first: 5) { nodes { datasets { dataset } rows outcome } } }`,
    "big-data@140100000000",
    { duties: ["audit"] },
  );
  expect(JSON.stringify(log)).toContain("volunteer");
});

test("the command prints what a running hub says of itself", async () => {
  const written: string[] = [];
  const spy = jest
    .spyOn(process.stdout, "write")
    .mockImplementation((text) => written.push(String(text)) > 0);
  await schema({ subgraph: true });
  spy.mockRestore();
  expect(written.join("")).toBe((await hub.data("{ _service { sdl } }", FINANCE))._service.sdl);
});
