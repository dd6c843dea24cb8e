/** Reports against the reference: each figure is what the same reader is told by the aggregate of the link, or withheld with a note. */
import {
  catalogueOf,
  checkCatalogue,
  code,
  count,
  Dataset,
  DatasetRow,
  day,
  Field,
  Figure,
  flag,
  Many,
  measure,
  money,
  Report,
} from "../../src/declare";
import { type TestDatabase, testDatabase } from "../setup/database";
import { Hub } from "./adapter";
import { Choose, modelOf, worldOf } from "./generator";
import { answer } from "./reference/answer";
import { Asset } from "./world/asset";
import { Fund } from "./world/fund";
import { Person } from "./world/person";
import { Place } from "./world/place";
import { Shift } from "./world/shift";

@Dataset({ name: "site", plural: "sites", zh: "场所", en: "Site", steward: "finance", key: ["code"] })
class Site extends DatasetRow {
  @Field({ type: code(undefined, 12), required: true, sharing: "UNCONDITIONAL", zh: "代码", en: "Code" })
  code: string;

  @Field({ type: count(), sharing: "UNCONDITIONAL", zh: "规模", en: "Size" })
  size: number;

  @Field({ type: count(), sharing: "CONDITIONAL", zh: "上限", en: "Limit" })
  most: number;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "启用", en: "Opened" })
  openedOn: string;

  @Many({ to: "fund", there: "territory", here: "territory", zh: "资金", en: "Funds" })
  funds: unknown;

  @Many({ to: "person", there: "territory", here: "territory", zh: "人员", en: "People" })
  people: unknown;

  @Many({ to: "asset", there: "territory", here: "territory", zh: "资产", en: "Assets" })
  assets: unknown;
}

const words = { zh: "报表", en: "Report" };

@Report({
  name: "siteReport",
  plural: "siteReports",
  from: "site",
  key: ["code"],
  byYear: true,
  ...words,
  report: { no: "T", coverage: words, cannotSay: words },
})
class SiteReport extends DatasetRow {
  @Figure({ type: code(undefined, 12), zh: "代码", en: "Code" })
  code: string;

  @Figure({ type: count(), zh: "规模", en: "Size" })
  size: number;

  @Figure({ type: count(), zh: "上限", en: "Limit" })
  most: number;

  @Figure({ type: count(), computed: { is: "count", link: "funds" }, ...words })
  funds: number;

  @Figure({
    type: count(),
    computed: { is: "count", link: "funds", where: { purpose: { eq: "BUILD" } } },
    ...words,
  })
  built: number;

  @Figure({ type: money(), computed: { is: "sum", link: "funds", field: "amount", none: 0 }, ...words })
  amount: string;

  @Figure({
    type: money(),
    computed: { is: "sum", link: "funds", field: "amount", where: { payee: { isNull: false } } },
    ...words,
  })
  paid: string;

  @Figure({
    type: count(),
    computed: { is: "count", link: "people", where: { gender: { eq: "MALE" } } },
    ...words,
  })
  men: number;

  @Figure({ type: money(), computed: { is: "sum", link: "assets", field: "worth" }, ...words })
  worth: string;

  @Figure({ type: day(), computed: { is: "max", link: "assets", field: "boughtOn" }, ...words })
  newest: string;

  @Figure({ type: measure(), computed: { is: "ratio", of: "amount", to: "size", per: 100 }, ...words })
  perSize: number;

  @Figure({ type: measure(), computed: { is: "ratio", of: "perSize", to: "funds", per: 1 }, ...words })
  nested: number;

  @Figure({ type: measure(), computed: { is: "total", of: { most: 0.5, funds: -1 }, least: 0 }, ...words })
  room: number;

  @Figure({ type: flag(), computed: { is: "test", of: "funds", above: "most" }, ...words })
  over: boolean;

  @Figure({ type: flag(), computed: { is: "test", of: "newest", below: { today: -1000 } }, ...words })
  old: boolean;
}

const catalogue = catalogueOf([Place, Person, Shift, Asset, Fund, Site, SiteReport]);
checkCatalogue(catalogue);

const SEED = Number(process.env.SEED ?? 20_261_122);
const WORLDS = Number(process.env.WORLDS ?? 2);

let database: TestDatabase;
let hub: Hub;
beforeAll(async () => {
  database = await testDatabase();
  hub = new Hub(catalogue, database.pool);
  await hub.createTables();
});
afterAll(() => database.drop());

type Line = Readonly<Record<string, string | number | boolean | null>>;
type Group = {
  count: number | null;
  sum?: Record<string, string | null>;
  max?: Record<string, string | null>;
};

/** Each counted figure as the aggregate of its link, with `count` to tell nothing from no rows. */
const ASIDE: Readonly<Record<string, (year?: number) => string>> = {
  funds: (y) => `fundsAggregate(where: {${yearIs(y)}}) { groups { count } }`,
  built: (y) => `fundsAggregate(where: { purpose: { eq: BUILD }${yearIs(y)} }) { groups { count } }`,
  amount: (y) => `fundsAggregate(where: {${yearIs(y)}}) { groups { count sum { amount } } }`,
  paid: (y) =>
    `fundsAggregate(where: { payee: { isNull: false }${yearIs(y)} }) { groups { count sum { amount } } }`,
  men: () => "peopleAggregate(where: { gender: { eq: MALE } }) { groups { count } }",
  worth: (y) => `assetsAggregate(where: {${yearIs(y)}}) { groups { count sum { worth } } }`,
  newest: (y) => `assetsAggregate(where: {${yearIs(y)}}) { groups { count max { boughtOn } } }`,
};
const yearIs = (year?: number) => (year === undefined ? "" : ` year: { eq: ${year} }`);

function expectedOf(name: string, { count: n, sum, max }: Group): Line[string] {
  if (sum) {
    const [value = null] = Object.values(sum);
    return name === "amount" && n === 0 ? "0.00" : value;
  }
  return max ? (Object.values(max)[0] ?? null) : n;
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** Fields that are made of others, by the line's own other values. */
function madeFrom(line: Line): Line {
  const [size, most, funds, amount, perSize] = ["size", "most", "funds", "amount", "perSize"].map((n) =>
    line[n] === null ? Number.NaN : Number(line[n]),
  ) as [number, number, number, number, number];
  const known = (value: number) => (Number.isFinite(value) ? rounded(value) : null);
  const dayAgo = new Date(Date.now() + 8 * 3_600_000 - 1000 * 86_400_000).toISOString().slice(0, 10);
  return {
    perSize: size === 0 ? null : known((amount * 100) / size),
    nested: funds === 0 ? null : known(perSize / funds),
    room: known(Math.max(0, most * 0.5 - funds)),
    over: Number.isNaN(funds) || Number.isNaN(most) ? null : funds > most,
    old: line.newest === null ? null : String(line.newest) < dayAgo,
  };
}

test(`figures of reports are those of aggregates, in both exits (SEED=${SEED})`, async () => {
  const met = new Map<string, number>();
  for (let w = 0; w < WORLDS; w++) {
    const world = worldOf(Choose.seeded(SEED + w), catalogue);
    await hub.load(world.rows);
    for (const reader of world.readers) {
      await hub.changeRights();
      const model = modelOf(catalogue, world, reader);
      const year = w % 3 === 0 ? 2024 : undefined;
      const names = catalogue
        .dataset("siteReport")
        .fields.filter((f) => f.computed)
        .map((f) => f.name);
      const query = `{ siteReports(first: 500${year ? `, year: ${year}` : ""}) { nodes { ${names.join(" ")} } } }`;
      const text = await hub.text({ query }, hub.decisions(reader, world.rights));
      const objects = await hub.objects({ query }, hub.decisions(reader, world.rights));
      expect(objects.data).toEqual(text.data);
      const lines = (text.data as { siteReports: { nodes: Line[] } }).siteReports.nodes;
      const noted = new Set(
        text.access.flatMap((note) => {
          const { dataset, field } = JSON.parse(note) as { dataset?: string; field?: string };
          return dataset === "siteReport" ? [field ?? "*"] : [];
        }),
      );
      for (const line of lines) expect({ ...line, ...madeFrom(line) }).toEqual(line);
      for (const [name, aside] of Object.entries(ASIDE)) {
        const reply = await answer(hub.types, model, {
          query: `{ sites(first: 500) { nodes { code x: ${aside(year)} } } }`,
        });
        const told = (
          reply.data as { sites: { nodes: { code: string; x: { groups: Group[] } }[] } | null } | null
        )?.sites;
        const byCode = new Map((told?.nodes ?? []).map(({ code, x }) => [code, x.groups[0] as Group]));
        for (const line of lines) {
          const group = byCode.get(String(line.code));
          const expected = group ? expectedOf(name, group) : null;
          if (line[name] === null && expected !== null) expect([...noted]).toContain(name);
          else
            expect({ w, reader: reader.department.code, name, value: line[name] }).toEqual({
              ...{ w, reader: reader.department.code, name, value: expected },
            });
          const kind = `${name} ${line[name] === null ? (expected === null ? "nothing" : "withheld") : "told"}`;
          met.set(kind, (met.get(kind) ?? 0) + 1);
        }
      }
    }
  }
  console.log([...met].map(([kind, n]) => `${kind}: ${n}`).join("\n"));
  for (const name of Object.keys(ASIDE)) expect(met.get(`${name} told`) ?? 0).toBeGreaterThan(0);
}, 600_000);
