// The permission matrix over datasets that stand in a second PostgreSQL: every door, both exits, as if the hub kept them.
import { catalogue as own } from "../../src/datasets";
import { Catalogue } from "../../src/declare";
import { linkedTo } from "../../src/declare/linked";
import { check } from "../permission/check";
import { Hub, insert } from "../permission/hub";
import { makeRows } from "../permission/rows";
import { askers, GRANTS } from "../permission/rules";
import type { TestDatabase } from "../setup/database";
import { type BureauDatabase, openBureauDatabase } from "./bureau-database";

/** Open and conditional fields, money, a row condition with protected figures; links to each other and to what the hub keeps. */
const SOURCES: Readonly<Record<string, string>> = {
  residentialProject: "housing-register",
  idleAsset: "housing-register",
  fundTransaction: "treasury",
};

const catalogue = new Catalogue(
  own.readable.map((d) => (SOURCES[d.name] ? linkedTo(SOURCES[d.name] as string, d) : d)),
);
const rows = makeRows(catalogue);
let bureau: BureauDatabase;
let hub: Hub;

beforeAll(async () => {
  bureau = await openBureauDatabase();
  for (const dataset of catalogue.linked) await bureau.offer(dataset);
  hub = await Hub.open(catalogue, rows, GRANTS, undefined, async (database, dataset, rows) => {
    if (!dataset.linked) return insert(database, dataset, rows);
    await database.pool.query(`DROP TABLE "${dataset.table}", "${dataset.table}_history"`);
    await insert({ pool: bureau.pool } as TestDatabase, dataset, rows);
  });
  await bureau.linkTo(hub.database.url, catalogue.linked);
}, 240_000);

afterAll(async () => {
  await hub?.close();
  await bureau?.close();
});

describe.each(catalogue.linked.map((d, number) => [d.name, d, number] as const))(
  "%s",
  (name, dataset, number) => {
    test.each(
      askers(name)
        .filter((asker) => !asker.brief)
        .map((asker, turn) => [asker.name, asker, turn] as const),
    )(
      "as %s",
      async (_, asker, turn) => {
        const { differences } = await check(hub, rows, dataset, asker, {
          bothExits: turn % 2 === 0,
          turn: turn + number,
        });
        expect(differences).toEqual([]);
      },
      60_000,
    );
  },
);

// What stands in the hub, with links into the sources, in conditions, counts and figures too.
test.each(["facility", "budgetLine"])(
  "%s, which is linked to them",
  async (name) => {
    for (const [turn, asker] of askers(name)
      .filter((asker) => !asker.brief)
      .entries()) {
      const { differences } = await check(hub, rows, catalogue.dataset(name), asker, { turn });
      expect(differences).toEqual([]);
    }
  },
  240_000,
);
