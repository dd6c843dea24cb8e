// The how-to page on corrections asks what the schema answers.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, validate } from "graphql";
import { hubSchema } from "../../src/server";

const page = readFileSync(
  path.resolve(__dirname, "..", "..", "docs", "how-to", "correct-a-record.md"),
  "utf8",
);
const blocks = [...page.matchAll(/```graphql\n([^`]+)```/g)].map((match) => match[1] as string);

test("its questions fit the schema", () => {
  expect(blocks).toHaveLength(5);
  expect(blocks.flatMap((text) => validate(hubSchema(), parse(text)))).toEqual([]);
});
