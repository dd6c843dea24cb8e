import { Reader, schemaOf } from "../../src/read";
import { catalogue } from "../../src/datasets";
import { parse, graphql } from "graphql";
import { testDatabase } from "../setup/database";
import { decideIn, purposesFor, type Decisions } from "../../src/access";
import { createRightsStore, departmentOf, type Identity } from "../../src/identity";
import { createCipher } from "../../src/declare/cipher";
import { seedBase } from "../../seeds";

jest.setTimeout(60000);
test("x", async () => {
  const db = await testDatabase();
  await seedBase(db.pool, { demo: true });
  const schema = schemaOf(catalogue);
  const reader = new Reader({ catalogue, pool: db.pool, cipher: createCipher(Buffer.alloc(32, 7)), limits: { cost: 100000, defaultFirst: 20, maxFirst: 1000 }, nameOf: () => undefined }, schema);
  const rights = await createRightsStore(db.pool).current();
  const as = (code: string, purpose?: string): Decisions => {
    const identity: Identity = { subject: "t", department: departmentOf(code)!, duties: ["read"], purpose };
    const at = new Date();
    const d: Decisions = { epoch: rights.epoch, decide: (n) => decideIn(catalogue, n, identity, rights, at), purposesFor: (ds, f) => purposesFor(identity, ds, f, rights, at), refresh: async () => d };
    return d;
  };
  const q = `{ departments(first: 3, orderBy: [{field: NAME}]) { totalCount nodes { __typename id code name kind } edges { cursor } pageInfo { hasNextPage endCursor startCursor } }
    departmentsAggregate(groupBy: [KIND], orderBy: [{field: COUNT, direction: DESC}], first: 4) { groups { key { kind } count suppressed } coverage { territory name counted withheld } }
    volunteers { nodes { name phone } totalCount }
    volunteersAggregate(groupBy: [SEX]) { groups { key { sex } count sum { totalHours } avg { totalHours } suppressed } coverage { territory counted withheld } }
    communityOverviews(first: 2, where: {workers: {gte: 0}}, orderBy: [{field: EXECUTION_RATE, direction: DESC}]) { nodes { name households facilityArea facilityAreaPer100Households workers volunteers allocated spent executionRate community { name } } } communities(first: 2) { nodes { name committee { name members { nodes { name } } } volunteersAggregate { groups { count } } facilities(first: 2) { totalCount nodes { name } } } }
  }`;
  for (const who of ["finance@140100000000", "big-data@140100000000", "street-office@140105001000"]) {
    const a = await reader.answer({ document: parse(q) }, as(who));
    console.log(who, a.text.slice(0, 3000), a.rows, a.suppressed, JSON.stringify(a.prepared.access).slice(0, 1500));
    const o = await graphql({ schema, source: q, contextValue: { read: async (info: any) => (await reader.value(info, as(who))).value } });
    console.log(o.errors?.map(e=>e.message), a.errors.map(e => e.toString()));
    expect(JSON.parse(JSON.stringify(o.data))).toEqual(JSON.parse(a.text));
  }
  await db.drop();
});
