// The README's questions, asked of a demo city as it asks them, have the answers that it prints.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { seedBase, seedCity } from "../../seeds";
import { readConfig } from "../../src/config";
import { catalogue } from "../../src/datasets";
import { type Duty, signDemoToken } from "../../src/identity";
import { type Hub, start } from "../../src/main";
import { createLogger } from "../../src/server";
import { type TestDatabase, testDatabase } from "../setup/database";

const MINUTES = 60_000;
const masterKey = Buffer.alloc(32, 5);
const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
let database: TestDatabase;
let hub: Hub;

beforeAll(async () => {
  database = await testDatabase();
  await seedBase(database.pool, { demo: true });
  await seedCity({ url: database.url, catalogue, masterKey, scale: "demo" });
  const config = readConfig({
    PORT: "0",
    HUB_DATA: dataDir,
    HUB_DEMO: "1",
    HUB_KEY: masterKey.toString("base64"),
    DATABASE_URL: database.url,
  });
  hub = await start(config, { databaseUrl: database.url, logger: createLogger("silent") });
}, 5 * MINUTES);

afterAll(async () => {
  await hub?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Printed {
  /** Options of `hub token --department`. */
  readonly who: string;
  readonly question: string;
  readonly answer: string;
}

/** Each `ask …` block with the block of its answer. */
function printedIn(readme: string): Printed[] {
  const text = readFileSync(path.resolve(__dirname, "..", "..", readme), "utf8");
  const blocks = text.matchAll(/```sh\nask (?:"([^"]+)"|(\S+)) '([^']+)'\n```\n+```js\n([^`]+)\n```/g);
  return [...blocks].map(([, quoted, bare, question = "", answer = ""]) => ({
    who: quoted ?? bare ?? "",
    question,
    answer,
  }));
}

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what is printed
async function ask({ who, question }: Pick<Printed, "who" | "question">): Promise<any> {
  const [department = "", ...options] = who.split(" ");
  const option = (name: string) => options[options.indexOf(name) + 1 || options.length];
  const duties = [(option("--duty") ?? "read") as Duty];
  const token = await signDemoToken(dataDir, { department, duties, purpose: option("--purpose") });
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: question }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: see above
  return ((await response.json()) as any).data;
}

/** As `console.dir` prints it. */
const shown = (data: unknown) => inspect(data, { depth: null, breakLength: 80 });

const english = printedIn("README.md");

test("both READMEs print the same questions and answers", () => {
  expect(english).toHaveLength(5);
  expect(printedIn("README.zh-CN.md")).toEqual(english);
});

test(
  "each kind of user gets the answer that is printed",
  async () => {
    for (const printed of english) {
      // Records of answers without personal data are written within a second.
      if (printed.question.includes("accessLog")) await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(shown(await ask(printed))).toBe(printed.answer);
    }
  },
  MINUTES,
);

/** The cells below the headings of the first table. */
function tableIn(readme: string): Map<string, string[]> {
  const text = readFileSync(path.resolve(__dirname, "..", "..", readme), "utf8");
  const rows = [...text.matchAll(/^\| (\w+)[^|]* \| (\d[^|]*) \| (\d[^|]*) \| (\d[^|]*) \|$/gm)];
  return new Map(rows.map(([, name = "", ...cells]) => [name, cells]));
}

test.each(["README.md", "README.zh-CN.md"])(
  "the three answers of %s are right",
  async (readme) => {
    const text = readFileSync(path.resolve(__dirname, "..", "..", readme), "utf8");
    const question = /```graphql\n([^`]+)```/.exec(text)?.[1] ?? "";
    const table = tableIn(readme);
    const who = [
      "finance@140100000000 --purpose budget-review",
      "street-office@140105001000",
      "big-data@140100000000",
    ];
    for (const [column, one] of who.entries()) {
      const answer = await ask({ who: one, question });
      expect(Object.keys(answer)).toEqual([...table.keys()]);
      for (const [name, cells] of table) {
        const [number, ...facts] = (cells[column] as string).split(/ · |, |，/);
        if (name === "volunteersAggregate") {
          const { count } = answer[name].groups[0];
          expect([name, Math.abs(count - Number(number)) <= (one.startsWith("street") ? 0 : 4)]).toEqual([
            name,
            true,
          ]);
          continue;
        }
        expect([name, String(answer[name].totalCount)]).toEqual([name, number]);
        const values = answer[name].nodes.flatMap((node: object) => Object.values(node).map(String));
        for (const fact of facts.filter((f) => /\d{2}|某|\*|（合成/.test(f))) expect(values).toContain(fact);
      }
    }
  },
  MINUTES,
);
