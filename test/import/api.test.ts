// Imports through the API: the mutation, the job, its refused rows, and who may see them.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { type GraphQLSchema, graphql } from "graphql";
import { catalogue } from "../../src/datasets";
import type { Identity } from "../../src/identity";
import { schemaOf } from "../../src/read";
import { createImports, type Imports, importsOf } from "../../src/write/import";
import { type TestDatabase, testDatabase } from "../setup/database";
import { facilitiesCsv, openWorld, steward, type World } from "./world";

let database: TestDatabase;
let world: World;
let imports: Imports;
let schema: GraphQLSchema;

beforeAll(async () => {
  database = await testDatabase();
  world = await openWorld(database.url);
  imports = createImports({ ...world.parts, folder: path.join(world.folder, "imports"), largest: 200_000 });
  schema = schemaOf(catalogue, importsOf(catalogue));
});

afterAll(async () => {
  await imports.close();
  await world.close();
  await database.drop();
});

beforeEach(async () => {
  await world.rows("TRUNCATE facility, facility_history, import_job CASCADE");
});

async function ask(source: string, variableValues: Record<string, unknown>, identity: Identity = steward()) {
  const { data, errors } = await graphql({
    schema,
    source,
    variableValues,
    contextValue: { identity, imports },
  });
  return {
    data: data as Record<string, unknown> | null | undefined,
    codes: errors?.map((e) => e.extensions.code),
  };
}

const IMPORT = `mutation ($csv: String!, $mode: ImportMode, $dryRun: Boolean) {
  importFacilities(csv: $csv, mode: $mode, dryRun: $dryRun) {
    id state mode dryRun read added changed unchanged refused progress lastLine startedBy
    refusals(first: 1) { totalCount nodes { line problems { field fields rule } }
      edges { cursor node { line } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

const JOB = `query ($id: ID!, $after: String) {
  importJob(id: $id) { state refused refusals(first: 5, after: $after) { nodes { line } pageInfo { hasNextPage hasPreviousPage } } } }`;

/** The cursor of line 3. */
const THIRD = Buffer.from('["3"]').toString("base64url");

const bad = facilitiesCsv(6, (i) => (i === 1 || i === 4 ? { kind: "HOTEL" } : {}));

test("the mutation answers with the difference and the first refused rows", async () => {
  const { data, codes } = await ask(IMPORT, { csv: bad });
  expect(codes).toBeUndefined();
  expect(data?.importFacilities).toMatchObject({
    state: "DONE",
    mode: "ROWS",
    dryRun: false,
    read: 6,
    added: 4,
    changed: 0,
    unchanged: 0,
    refused: 2,
    progress: 1,
    lastLine: 7,
    startedBy: "civil-affairs@140100000000/lin",
    refusals: {
      nodes: [{ line: 3, problems: [{ field: "kind", fields: ["kind"], rule: "ENUM" }] }],
      totalCount: 2,
      edges: [{ cursor: THIRD, node: { line: 3 } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: THIRD, endCursor: THIRD },
    },
  });
});

test("the job and its refused rows can be read again, by its own department alone", async () => {
  const { data } = await ask(IMPORT, { csv: bad, dryRun: true });
  const { id } = data!.importFacilities as { id: string };
  const page = { nodes: [{ line: 6 }], pageInfo: { hasNextPage: false, hasPreviousPage: true } };
  const own = await ask(JOB, { id, after: THIRD });
  expect(own.data).toEqual({ importJob: { state: "DONE", refused: 2, refusals: page } });
  const foreign = await ask(JOB, { id }, steward("civil-affairs", "140105000000"));
  expect(foreign).toEqual({ data: { importJob: null }, codes: undefined });
  expect((await ask(JOB, { id: "no id" })).data).toEqual({ importJob: null });
  expect((await ask(JOB, { id, after: "3" })).codes).toEqual(["BAD_USER_INPUT"]);
  expect(await world.rows("SELECT 1 FROM facility")).toEqual([]);
});

test("all or nothing through the API writes nothing where a row is refused", async () => {
  const { data } = await ask(IMPORT, { csv: bad, mode: "ALL_OR_NOTHING" });
  expect(data?.importFacilities).toMatchObject({ state: "REFUSED", refused: 2 });
  expect(await world.rows("SELECT 1 FROM facility")).toEqual([]);
});

test("who is no steward is refused before the file is read, and no file stays behind", async () => {
  let read = false;
  const content = new Readable({
    read() {
      read = true;
      this.push(null);
    },
  });
  await expect(
    imports.start(steward("finance"), "facility", content, { mode: "ROWS" }),
  ).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(read).toBe(false);
  expect((await ask(IMPORT, { csv: "code\n1" }, steward("finance"))).codes).toEqual(["FORBIDDEN"]);
  expect((await ask(IMPORT, { csv: "nonsense\n1" })).codes).toEqual(["BAD_USER_INPUT"]);
  expect(readdirSync(path.join(world.folder, "imports"))).toEqual([]);
});

test("an uploaded stream is imported and removed; one that is too large is refused", async () => {
  const job = await imports.start(steward(), "facilities", Readable.from([facilitiesCsv(50)]), {
    mode: "ROWS",
  });
  expect([job.state, job.added]).toEqual(["DONE", 50]);
  const large = Readable.from([facilitiesCsv(5_000)]);
  await expect(imports.start(steward(), "facility", large, { mode: "ROWS" })).rejects.toMatchObject({
    code: "TOO_COSTLY",
  });
  expect(existsSync(path.join(world.folder, "imports"))).toBe(true);
  expect(readdirSync(path.join(world.folder, "imports"))).toEqual([]);
});
