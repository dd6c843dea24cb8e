// The ready-made questions of GraphiQL: all of them valid, and asked by departments the demo has.
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { EXAMPLES, USERS } from "../../console/graphiql/src/examples";
import { DEMO_GRANTS } from "../../seeds/demo-grants";
import { DEMO_DEPARTMENTS } from "../../src/identity/demo";

const root = path.resolve(__dirname, "../..");
const schema = buildSchema(readFileSync(path.join(root, "schema", "schema.graphql"), "utf8"));

describe.each(EXAMPLES)("example $id", ({ query, department, purpose, user }) => {
  test("is valid in the committed schema", () => {
    expect(validate(schema, parse(query)).map((error) => error.message)).toEqual([]);
  });

  test("is asked by a demo department, for a purpose it holds a grant of", () => {
    expect(DEMO_DEPARTMENTS.map((one) => one.code)).toContain(department);
    const held = DEMO_GRANTS.filter((grant) => grant.department === department).map((grant) => grant.purpose);
    if (purpose !== undefined) expect(held).toContain(purpose);
  });

  test("belongs to a kind of user the panel lists", () => {
    expect(USERS.map((one) => one.code)).toContain(user);
  });
});

test("every kind of user has an example, and no two share an id", () => {
  for (const { code } of USERS) expect(EXAMPLES.some((example) => example.user === code)).toBe(true);
  expect(new Set(EXAMPLES.map((example) => example.id)).size).toBe(EXAMPLES.length);
});
