// The how-to page on requests asks what the schema answers.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, validate } from "graphql";
import { hubSchema } from "../../src/server";

const page = readFileSync(path.resolve(__dirname, "..", "..", "docs", "how-to", "request-access.md"), "utf8");
const blocks = [...page.matchAll(/```graphql\n([^`]+)```/g)].map((match) => match[1] as string);

test("its questions fit the schema, and so does the one within the request", () => {
  expect(blocks).toHaveLength(6);
  const inner = /operation: "((?:[^"\\]|\\.)+)"/.exec(blocks[1] as string)?.[1] ?? "";
  const questions = [...blocks, JSON.parse(`"${inner}"`) as string];
  expect(questions.flatMap((text) => validate(hubSchema(), parse(text)))).toEqual([]);
});
