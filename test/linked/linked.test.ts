// A dataset that stays in a bureau's own PostgreSQL: its doors, what the source itself is asked, and what happens when it is away.
import { readFileSync } from "node:fs";
import type { GraphQLSchema } from "graphql";
import { parse } from "graphql";
import { seedRights } from "../../seeds";
import { placesOf } from "../../src/audit/row-places";
import { linkSource, printView } from "../../src/cli/link";
import { openPool } from "../../src/database/connect";
import { catalogue as cityCatalogue } from "../../src/datasets";
import { createCipher } from "../../src/declare/cipher";
import { checkEntry } from "../../src/declare/gaps";
import { linkedTo, viewSql } from "../../src/declare/linked";
import { tableSql } from "../../src/declare/table";
import { federationOf } from "../../src/exchange/federation";
import { createRightsStore, departmentOf, type Identity } from "../../src/identity";
import { type Question, Reader, schemaOf } from "../../src/read";
import { ask as asked } from "../../src/read/asked";
import { rootStatement } from "../../src/read/sql";
import { createDecisions } from "../../src/server/decisions";
import { sharingResolvers } from "../../src/sharing";
import { fileCorrection } from "../../src/sharing/corrections/filing";
import { mutationsOf } from "../../src/write";
import { importsOf } from "../../src/write/import";
import { ask, openSmallHub, type SmallHub } from "../server/small-hub";
import { type TestDatabase, testDatabase } from "../setup/database";
import { type BureauDatabase, openBureauDatabase, PASSWORD } from "./bureau-database";
import { land } from "./land";

const PLOT = land.dataset("plot");
const [STREET, OTHER] = ["140105001001", "140106001001"];
const PLANNING = departmentOf("planning@140100000000")!;

let bureau: BureauDatabase;
let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
let reader: Reader;
let schema: GraphQLSchema;
let hub: SmallHub;
const away: [string, string | undefined][] = [];

const identify = async (): Promise<Identity> => ({ subject: "lin", department: PLANNING, duties: ["read"] });

beforeAll(async () => {
  bureau = await openBureauDatabase();
  await bureau.offer(PLOT);
  for (const [i, territory] of [STREET, STREET, STREET, OTHER].entries())
    await bureau.pool.query(
      `INSERT INTO plot (id, territory, source, version, created_at, changed_at, plot_no, name, use, area, holder)
       VALUES ($1, $2, '自然资源库', 1, now(), now(), $3, $4, $5, $6, '某单位')`,
      [
        plotId(i),
        territory,
        `P${i}`,
        i === 1 ? null : `地块${i}`,
        i === 2 ? 'NO","such":"' : "GREEN",
        100 * (i + 1),
      ],
    );
  database = await testDatabase();
  await seedRights(database.pool, land, { demo: false });
  for (const statement of tableSql(land.dataset("survey"))) await database.pool.query(statement);
  await database.pool.query(
    `INSERT INTO survey (id, territory, source, survey_no, plot_id, created_by, changed_by)
     VALUES (gen_random_uuid(), $1, '试', 'S0', $2, 'x', 'x'), (gen_random_uuid(), $1, '试', 'S1', $3, 'x', 'x')`,
    [STREET, plotId(0), plotId(1)],
  );
  await bureau.linkTo(database.url, [PLOT]);
  pool = openPool(
    database.url,
    { name: "reads", connections: 12, statement: 3_000, answer: 5_000 },
    () => {},
  );
  const limits = { cost: 100_000, defaultFirst: 20, maxFirst: 1_000 };
  schema = schemaOf(land, [
    ...mutationsOf(land),
    ...importsOf(land),
    ...sharingResolvers,
    federationOf(land),
  ]);
  const cipher = createCipher(Buffer.alloc(32));
  const onAway = (source: string, code?: string) => away.push([source, code]);
  reader = new Reader({ catalogue: land, pool, cipher, limits, nameOf: () => undefined, onAway }, schema);
  const rights = createRightsStore(database.pool);
  hub = await openSmallHub(database.pool, {
    schema,
    catalogue: land,
    reader,
    identify,
    rights,
    files: { reader, streams: pool },
    lookAtLinked: () => reader.sources.states(land.linked),
  });
}, 240_000);

afterAll(async () => {
  await hub?.close(1_000);
  await pool?.end();
  await database?.drop();
  await bureau?.close();
});

const plotId = (i: number) => `01900000-0000-7000-8000-00000000000${i}`;

const data = async (query: string) => {
  const { body } = await ask(hub.url, query);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
};

describe("doors", () => {
  test("rows, links both ways and figures are read where they stand", async () => {
    const found = await data(`{
      plots(where: { territory: { within: "140105" }, area: { gte: 100 } }, orderBy: [{ field: AREA, direction: DESC }]) {
        totalCount nodes { plotNo name area surveys { nodes { surveyNo } } } }
      plot(plotNo: "P0") { name holder }
      surveys(where: { plot: { area: { lt: 150 } } }) { nodes { surveyNo plot { name } } }
      plotsAggregate(groupBy: [TERRITORY_DISTRICT]) { groups { key { territoryDistrict } count sum { area } } }
    }`);
    expect(found.plots.totalCount).toBe(3);
    expect(found.plots.nodes).toEqual([
      { plotNo: "P2", name: "地块2", area: 300, surveys: { nodes: [] } },
      { plotNo: "P1", name: null, area: 200, surveys: { nodes: [{ surveyNo: "S1" }] } },
      { plotNo: "P0", name: "地块0", area: 100, surveys: { nodes: [{ surveyNo: "S0" }] } },
    ]);
    expect(found.plot).toEqual({ name: "地块0", holder: "某单位" });
    expect(found.surveys.nodes).toEqual([{ surveyNo: "S0", plot: { name: "地块0" } }]);
    expect(found.plotsAggregate.groups).toEqual([
      { key: { territoryDistrict: "140105000000" }, count: 3, sum: { area: 600 } },
      { key: { territoryDistrict: "140106000000" }, count: 1, sum: { area: 400 } },
    ]);
  });

  test("a change at the source is in the next answer: nothing is copied", async () => {
    const area = async () => (await data('{ plot(plotNo: "P0") { area } }')).plot.area;
    expect(await area()).toBe(100);
    await bureau.pool.query("UPDATE plot SET area = 101 WHERE plot_no = 'P0'");
    expect(await area()).toBe(101);
    await bureau.pool.query("UPDATE plot SET area = 100 WHERE plot_no = 'P0'");
  });

  test("what no rule of the hub has held for cannot forge an answer", async () => {
    const { text } = await ask(hub.url, '{ plot(plotNo: "P2") { use name } }');
    expect(Object.keys(JSON.parse(text).data.plot)).toEqual(["use", "name"]);
  });

  const NAMED = `{ _entities(representations: [{ __typename: "Plot", plotNo: "P0" }, { __typename: "Survey", surveyNo: "S0" }]) {
    ... on Plot { name } ... on Survey { surveyNo } } }`;

  test("a gateway of a federation is given its rows too, and the others where it is away", async () => {
    expect((await data(NAMED))._entities).toEqual([{ name: "地块0" }, { surveyNo: "S0" }]);
    bureau.way.set("cut");
    const { body } = await ask(hub.url, NAMED);
    expect(body.data._entities).toEqual([null, { surveyNo: "S0" }]);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ path: ["_entities", 0], extensions: { code: "UNAVAILABLE" } });
    bureau.way.set("open");
    await until(readable);
  }, 60_000);

  test("a correction is not asked for here: its steward's change would never be seen", async () => {
    const draft = { id: `plot:${plotId(0)}`, field: "name", evidence: "现场", reason: "不符" };
    const filed = fileCorrection({ catalogue: land } as never, await identify(), undefined as never, draft);
    await expect(filed).rejects.toMatchObject({ extensions: { reason: "LINKED", dataset: "plot" } });
  });

  test("where a row lies is found there, for whoever sees it and for auditors of its place", async () => {
    const decisions = await createDecisions(land, createRightsStore(database.pool))(await identify());
    const asking = {
      catalogue: land,
      ask: async (question: Question) => JSON.parse((await reader.answer(question, decisions)).text),
    };
    const id = `plot:${plotId(0)}`;
    const places = { dataset: "plot", territories: [STREET] };
    expect(await placesOf(asking, id, await identify(), pool)).toEqual(places);
    const auditor = (code: string): Identity => ({
      subject: "shen",
      department: departmentOf(code)!,
      duties: ["audit"],
    });
    expect(await placesOf(asking, id, auditor("audit@140105000000"), pool)).toEqual(places);
    await expect(placesOf(asking, id, auditor("audit@140106000000"), pool)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("files leave from there too", async () => {
    const { text } = await fileOf("{ plots(orderBy: [{ field: PLOT_NO }]) { nodes { plotNo area } } }");
    expect(text.split("\r\n").slice(0, 3)).toEqual(["plotNo,area", "P0,100", "P1,200"]);
  });

  test("nothing writes to it, and no former version of it is asked for", () => {
    const mutations = Object.keys(schema.getMutationType()!.getFields());
    expect(mutations).toEqual(
      expect.arrayContaining(["createSurvey", "updateSurvey", "retireSurvey", "importSurveys"]),
    );
    expect(mutations.filter((name) => /plot/i.test(name))).toEqual([]);
    const queries = schema.getQueryType()!.getFields();
    expect(Object.keys(queries)).toEqual(
      expect.arrayContaining(["plot", "plots", "plotsAggregate", "surveyHistory"]),
    );
    expect(Object.keys(queries)).not.toContain("plotHistory");
    for (const name of ["plot", "plots", "plotsAggregate"])
      expect(queries[name]!.args.map((a) => a.name)).not.toContain("asOf");
  });

  test("a former time is refused where a link leads there", async () => {
    const query = '{ surveys(asOf: "2026-01-01T00:00:00Z") { nodes { surveyNo plot { name } } } }';
    const { body } = await ask(hub.url, query);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", dataset: "plot" });
  });

  test("the foreign table itself takes no change", async () => {
    await expect(database.pool.query("UPDATE plot SET area = 1")).rejects.toThrow(/does not allow updates/);
    await expect(database.pool.query("TRUNCATE plot")).rejects.toThrow(/does not allow truncates/);
  });
});

async function fileOf(query: string) {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/csv", authorization: "Bearer token-lin" },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}

/** What the bureau's server is asked for a question. */
async function remoteSql(query: string): Promise<string> {
  const { fields } = asked(schema, { document: parse(query) });
  const rights = createRightsStore(database.pool);
  const decisions = await createDecisions(land, rights)(await identify());
  const [root] = reader.prepare(fields, decisions).roots;
  const { text, values } = rootStatement(root as Parameters<typeof rootStatement>[0], decisions.epoch);
  const { rows } = await database.pool.query(`EXPLAIN (VERBOSE) ${text}`, [...values]);
  const lines = rows.map((row) => String(row["QUERY PLAN"]).trim());
  return lines.filter((line) => line.startsWith("Remote SQL")).join("\n");
}

describe("what the source is asked", () => {
  test("it filters by territory, condition and state itself", async () => {
    const sql = await remoteSql(
      '{ plots(where: { territory: { within: "140105" }, name: { eq: "地块0" }, area: { gt: 50 } }) { nodes { plotNo } } }',
    );
    const [, condition = ""] = sql.split(" WHERE ");
    expect(condition).toMatch(/territory >= '140105000000'/);
    expect(condition).toMatch(/territory < '140106000000'/);
    expect(condition).toMatch(/name = '地块0'/);
    expect(condition).toMatch(/area > /);
    expect(condition).toMatch(/retired_at IS NULL/);
    expect(sql).not.toMatch(/holder/);
  });

  test("a key finds its row there", async () => {
    expect(await remoteSql('{ plot(plotNo: "P0") { area } }')).toMatch(/WHERE .*plot_no = 'P0'/);
    expect(await remoteSql("{ surveys { nodes { plot { name } } } }")).toMatch(
      /WHERE .*\$1::uuid = id|id = \$1/,
    );
  });

  test("figures count the rows that it lets through", async () => {
    const sql = await remoteSql(
      '{ plotsAggregate(where: { territory: { within: "140105001" } }) { groups { count sum { area } } } }',
    );
    expect(sql).toMatch(/territory >= '140105001000'/);
  });
});

/** Asks until it is as wanted; a source that was away is left alone for some seconds. */
async function until(wanted: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if (await wanted()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("it did not come to be so");
}

const readable = async () =>
  (await ask(hub.url, "{ plots { totalCount } }")).body.data?.plots?.totalCount === 4;
const health = async () => {
  const response = await fetch(`${hub.url}/readyz`);
  const body = (await response.json()) as { status: string; linked?: { plot: string } };
  return { status: response.status, body };
};

describe("away", () => {
  test("cut: that dataset is UNAVAILABLE, all else is answered, and it comes back by itself", async () => {
    expect(await health()).toEqual({ status: 200, body: { status: "ready", linked: { plot: "READY" } } });
    bureau.way.set("cut");
    const { status, body } = await ask(hub.url, "{ plots { totalCount } surveys { totalCount } }");
    expect(status).toBe(200);
    expect(body.data).toEqual({ plots: null, surveys: { totalCount: 2 } });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      path: ["plots"],
      extensions: { code: "UNAVAILABLE", dataset: "plot", source: "land-register" },
    });
    expect(JSON.stringify(body)).not.toMatch(/hub_reader|127\.0\.0\.1|server/);
    expect(
      (await ask(hub.url, "{ surveys { nodes { plot { name } } } }")).body.errors[0].extensions.code,
    ).toBe("UNAVAILABLE");
    expect((await fileOf("{ plots { nodes { plotNo } } }")).status).toBe(503);
    await until(async () => (await health()).body.linked?.plot === "UNAVAILABLE");
    expect((await health()).status).toBe(200);
    expect(away[0]?.[0]).toBe("land-register");
    bureau.way.set("open");
    await until(readable);
    await until(async () => (await health()).body.linked?.plot === "READY");
  }, 60_000);

  test("silent: it is given up in a statement's time, and holds up nobody who asks for something else", async () => {
    await until(readable);
    bureau.way.set("silent");
    const crowd = Array.from({ length: 30 }, () => ask(hub.url, "{ plots { totalCount } }"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // More wait than the pool has connections.
    const { body } = await ask(hub.url, "{ surveys { totalCount } }");
    expect(body.data).toEqual({ surveys: { totalCount: 2 } });
    const told = (await Promise.all(crowd)).map((one) => one.body.errors?.[0]?.extensions.code);
    expect(told).toEqual(told.map(() => "UNAVAILABLE"));
    bureau.way.set("open");
    await until(readable);
  }, 60_000);

  test("a view that is no more as it was linked", async () => {
    await bureau.pool.query("ALTER VIEW hub.plot RENAME TO moved");
    const { body } = await ask(hub.url, "{ plots { totalCount } surveys { totalCount } }");
    expect(body.errors[0].extensions.code).toBe("UNAVAILABLE");
    expect(body.data.surveys.totalCount).toBe(2);
    await bureau.pool.query("ALTER VIEW hub.moved RENAME TO plot");
    await until(readable);
  }, 60_000);
});

describe("linking", () => {
  test("a wrong password changes nothing", async () => {
    await expect(bureau.linkTo(database.url, [PLOT], "wrong")).rejects.toMatchObject({
      extensions: { code: "UNAVAILABLE", dataset: "plot" },
    });
    await until(readable);
  }, 60_000);

  test("it is on record, and its password nowhere, even where the server logs every statement", async () => {
    const { rows: settings } = await database.pool.query(
      "SELECT current_database() AS name, current_setting('data_directory') AS folder",
    );
    const { name, folder } = settings[0];
    await database.pool.query(`ALTER DATABASE ${name} SET log_statement = 'all'`);
    await bureau.linkTo(database.url, [PLOT]);
    const log = readFileSync(`${folder}.log`, "utf8");
    expect(log).toContain('CREATE SERVER "linked_land_register"');
    expect(log).not.toContain(PASSWORD.slice(-12));
    const { rows } = await database.pool.query(
      "SELECT subject, outcome FROM access_record WHERE operation = 'hub link source land-register'",
    );
    expect(rows.at(-1)).toMatchObject({ subject: expect.stringMatching(/^cli:/), outcome: "ANSWERED" });
    // The running hub goes on by the new tables.
    await until(readable);
  }, 60_000);

  test("a table that the hub keeps is not put aside", async () => {
    const survey = linkedTo("land-register", land.dataset("survey"));
    await expect(bureau.linkTo(database.url, [survey])).rejects.toMatchObject({
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  test("a source that no declaration names is refused before anything is read", async () => {
    const place = { host: "h", port: 1, database: "d", user: "u", schema: "hub", sslmode: "disable" };
    await expect(linkSource("nowhere", place)).rejects.toMatchObject({
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect(() => printView("facility", { schema: "hub" })).toThrow(/not declared as linked/);
  });

  test("the printed view names each column with its type, and what stands in it", () => {
    const printed = viewSql(PLOT, "hub");
    expect(printed).toMatch(/NULL::numeric\(14,4\) AS "area", -- 面积。Area/);
    expect(printed).toMatch(/GRANT SELECT ON "hub"."plot" TO hub_reader;/);
  });
});

describe("declarations", () => {
  test("no encrypted field, no followed rows, a name in kebab-case", () => {
    const declare = (name: string, source: string) => () =>
      checkEntry(linkedTo(source, cityCatalogue.dataset(name)));
    expect(declare("idleAsset", "housing")).not.toThrow();
    expect(declare("volunteer", "register")).toThrow(
      /encrypted: a linked source does not have the hub's key/,
    );
    expect(declare("volunteerRecord", "register")).toThrow(/follow others/);
    expect(declare("idleAsset", "Housing Register")).toThrow(/kebab-case/);
  });

  test("the catalogue says where a dataset stands", async () => {
    const entry = schema.getType("CatalogueDataset");
    expect(Object.keys((entry as unknown as { getFields(): object }).getFields())).toContain("linked");
    expect(schema.getType("Plot")!.description).toMatch(/^〔链接源 land-register，只读〕地块/);
  });
});
