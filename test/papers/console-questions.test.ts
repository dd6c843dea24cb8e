// Every question that the console asks is one that the public schema answers: a changed door is noticed without a browser.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, type GraphQLSchema, parse, validate } from "graphql";
import { papersOf } from "../../src/cli/papers/paper";

const root = path.resolve(__dirname, "..", "..");
const folder = path.join(root, "console", "hub", "src");

/** Questions with a hole are made for one dataset at run time: the browser tests ask them. */
function questionsIn(file: string): string[] {
  const text = readFileSync(path.join(folder, file), "utf8");
  return [...text.matchAll(/\/\* GraphQL \*\/ `([^`]*)`/g)]
    .map(([, question]) => question ?? "")
    .filter((question) => !question.includes("${"));
}

let schema: GraphQLSchema;

beforeAll(() => {
  const papers = papersOf(path.join(root, "schema"));
  const { text } = papers.find(({ name }) => name === "schema.graphql") ?? { text: "" };
  schema = buildSchema(text, { assumeValid: true });
});

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .filter((file) => questionsIn(file).length > 0);

test("the console asks questions", () => {
  expect(files.length).toBeGreaterThan(4);
});

test.each(files)("%s asks what the schema has", (file) => {
  for (const question of questionsIn(file))
    expect(validate(schema, parse(question)).map(({ message }) => message)).toEqual([]);
});
