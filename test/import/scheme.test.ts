// Codes of another scheme or edition: brought over by the crosswalk where that is certain, else refused with what they may be.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { type TestDatabase, testDatabase } from "../setup/database";
import { openWorld, type World } from "./world";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await openWorld(database.url);
  await world.rows(
    "INSERT INTO stewardship (dataset, kind, starts_at) VALUES ('recruitmentPost', 'civil-affairs', '2021-07-01')",
  );
  await loadCivilAffairs();
});

afterAll(async () => {
  await world.close();
  await database.drop();
});

const data = (name: string): Record<string, string>[] =>
  parse(readFileSync(path.resolve(__dirname, "..", "..", "seeds", "data", name)), {
    columns: true,
    bom: true,
  });

const filled = (code = "") => code.padEnd(12, "0");

/** The real crosswalk, and the streets of civil affairs that are in it. */
async function loadCivilAffairs(): Promise<void> {
  const lines = data("taiyuan-street-crosswalk.csv");
  const crosswalk = lines.map((l) => [
    filled(l.district_code),
    l.district_name,
    l.name,
    l.statistics_code_2023 ? filled(l.statistics_code_2023) : "",
    l.civil_affairs_code_2025 ? filled(l.civil_affairs_code_2025) : "",
    l.match,
    filled(l.district_code),
  ]);
  const streets = lines
    .filter((l) => l.civil_affairs_code_2025)
    .map((l) => {
      const code = filled(l.civil_affairs_code_2025);
      return [
        "CIVIL_AFFAIRS",
        "2025",
        code,
        `CIVIL_AFFAIRS/2025/${code}`,
        l.name,
        "STREET",
        filled(l.district_code),
      ];
    });
  const as = { system: "test" };
  const parts = [
    [
      "divisionCrosswalk",
      "districtCode,districtName,name,statisticsCode,civilAffairsCode,match,territory",
      crosswalk,
    ],
    ["division", "scheme,edition,code,node,name,level,territory", streets],
  ] as const;
  for (const [dataset, header, rows] of parts) {
    const job = await world.run(dataset, [header, ...rows.map((row) => row.join(","))].join("\n"), { as });
    if (job.refused > 0) throw new Error((await world.problems(job)).join("\n"));
  }
}

async function post(territory: string, scheme?: "CIVIL_AFFAIRS") {
  await world.rows("TRUNCATE recruitment_post, recruitment_post_history, import_job CASCADE");
  const header = "postNo,territory,year,posts,filled,employer";
  const job = await world.run("recruitmentPost", `${header}\nP-1,${territory},2026,1,0,合成街道`, {
    scheme,
  });
  const [refusal] = await world.rows("SELECT problems FROM import_refusal");
  const [row] = await world.rows("SELECT territory FROM recruitment_post");
  const problems = (refusal?.problems ?? []) as { field: string; rule: string; problem: string }[];
  return { job, territory: row?.territory, problem: problems.find((p) => p.field === "territory") };
}

test.each([
  ["a street whose code differs", "140109009000", "140109012000"],
  ["a street whose code is the same", "140105001000", "140105001000"],
  ["a community of such a street", "140105001001", "140105001001"],
  ["a district", "140109000000", "140109000000"],
  ["the city", "140100000000", "140100000000"],
])("%s comes over", async (_, given, stored) => {
  expect(await post(given, "CIVIL_AFFAIRS")).toMatchObject({ territory: stored });
});

test.each([
  ["a street that only civil affairs has", "140105008000", /none of the working edition/],
  ["a community of a street whose code differs", "140109009001", /140109012000/],
  ["an area that only statistics has", "140171401000", /none of the working edition/],
])("%s is refused", async (_, given, said) => {
  const { problem, territory } = await post(given, "CIVIL_AFFAIRS");
  expect(territory).toBeUndefined();
  expect(problem).toMatchObject({
    rule: "NO_ONE_COUNTERPART",
    problem: expect.stringMatching(/CIVIL_AFFAIRS/),
  });
  expect(problem!.problem).toMatch(said);
});

test("every code that differs comes over as the crosswalk says", async () => {
  const differing = data("taiyuan-street-crosswalk.csv").filter((l) => l.match === "CODE_DIFFERS");
  expect(differing).toHaveLength(6);
  for (const { civil_affairs_code_2025, statistics_code_2023 } of differing)
    expect((await post(filled(civil_affairs_code_2025), "CIVIL_AFFAIRS")).territory).toBe(
      statistics_code_2023,
    );
});

test("without the option a code is of the working scheme, and one that is not says whose it is and what it may be", async () => {
  expect((await post("140109009000")).territory).toBe("140109009000");
  expect((await post("140109016000")).problem).toEqual({
    field: "territory",
    rule: "DIVISION_OF_OTHER_EDITION",
    problem: expect.stringMatching(
      /a code of CIVIL_AFFAIRS\/2025; in the working edition it is 140109015000$/,
    ),
  });
  expect((await post("140105008000")).problem!.problem).toMatch(
    /CIVIL_AFFAIRS\/2025; in the working edition none answers/,
  );
  expect((await post("140105777000")).problem!.rule).toBe("NO_SUCH_DIVISION");
});

test("the same file in another scheme is another import; rows that name their scheme take no option", async () => {
  const file = "districtCode,name\n140105000000,x";
  await expect(
    world.run("divisionCrosswalk", file, { as: { system: "x" }, scheme: "CIVIL_AFFAIRS" }),
  ).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    extensions: { argument: "scheme" },
  });
  const hashes = [];
  for (const scheme of [undefined, "CIVIL_AFFAIRS"] as const)
    hashes.push((await post("140109009000", scheme)).job.fileHash);
  expect(new Set(hashes).size).toBe(2);
});
