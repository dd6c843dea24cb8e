// Who may write which dataset and field where, for everything that is declared; what is expected is said here by hand.
import { v7 } from "uuid";
import { catalogue } from "../../src/datasets";
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import type { Identity } from "../../src/identity";
import { as, ELSEWHERE, FIRST, openSmallCity, refusal, type SmallCity } from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

/** The one source of each dataset, and of fields that another keeps: widening either must turn a test red. */
const STEWARDS: Record<string, string[]> = {
  "big-data": ["department"],
  "human-resources": ["communityWorker", "staffingTarget", "recruitmentPost"],
  housing: ["residentialProject"],
  "real-estate": ["idleAsset", "facility.titleNo"],
  planning: ["facility.inSpatialPlan", "residentialProject.planningPermit"],
  finance: ["budgetLine", "allocation", "fundTransaction", "purchaseContract"],
  audit: ["fundAudit"],
  "civil-affairs": [
    "division",
    "divisionCrosswalk",
    "community",
    "householdCount",
    "committee",
    "committeeMember",
    "facility",
    "facilityShare",
    "socialOrganization",
    "organizationSupport",
    "volunteer",
    "volunteerStation",
    "serviceProject",
    "volunteerRecord",
    "donation",
  ],
};
const stewardOf = (place: string) =>
  Object.entries(STEWARDS).find(([, places]) => places.includes(place))?.[0];
const OUTSIDERS = ["health", "street-office", "committee", "statistics"];

const SAMPLES: Partial<Record<FieldEntry["kind"], string>> = {
  text: "'x'",
  code: "'x'",
  enum: "'x'",
  enumList: "'{}'",
  decimal: "1",
  float: "1",
  boolean: "true",
  date: "'2024-01-01'",
  datetime: "'2024-01-01'",
  reference: "gen_random_uuid()",
};

let serial = 2000;

/** A key for every row: codes and numbers differ from row to row. */
function uniqueOf({ kind }: FieldEntry, uuid: string): string | undefined {
  if (kind === "int") return String(++serial);
  return kind === "code" ? `'${uuid}'` : undefined;
}

/** A row as no client could write it: enough of it to be changed or taken out of use. */
async function plant(dataset: DatasetEntry, territory: string): Promise<string> {
  const uuid = v7();
  const values = new Map([
    ["id", `'${uuid}'`],
    ["territory", `'${territory}'`],
    ["created_by", "'t'"],
    ["changed_by", "'t'"],
  ]);
  for (const field of dataset.fields.filter((f) => f.required && !values.has(f.column)))
    values.set(field.column, uniqueOf(field, uuid) ?? SAMPLES[field.kind]!);
  await city.database.pool.query(
    `INSERT INTO "${dataset.table}" (${[...values.keys()].map((c) => `"${c}"`)}) VALUES (${[...values.values()]})`,
  );
  return `${dataset.name}:${uuid}`;
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "WRITTEN",
    async (thrown) => (await refusal(Promise.reject(thrown))).code,
  );

/** Whether somebody may create rows in the first community: an empty row is then refused for what it lacks. */
const creates = (asker: Identity, dataset: string) =>
  codeOf(city.writer.create(asker, dataset, { territory: FIRST }));

const city_ = (kind: string) => as(`${kind}@140100000000`);

test("the list of stewards here is complete", () => {
  const places = catalogue.datasets.flatMap((d) => [
    d.name,
    ...d.fields.filter((f) => f.steward).map((f) => `${d.name}.${f.name}`),
  ]);
  expect(Object.values(STEWARDS).flat().sort()).toEqual(places.sort());
});

describe.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", (name, dataset) => {
  const own = stewardOf(name)!;
  const others = [...Object.keys(STEWARDS).filter((kind) => kind !== own), ...OUTSIDERS];

  test("rows are created by its steward in its territory alone", async () => {
    expect(await creates(city_(own), name)).toBe("INVALID_ROW");
    expect(await creates(as(`${own}@140105000000`), name)).toBe("INVALID_ROW");
    expect(await creates(as(`${own}@140106000000`), name)).toBe("FORBIDDEN");
    expect(await creates(as(`${own}@140100000000`, ["read", "decide", "approve", "admin"]), name)).toBe(
      "FORBIDDEN",
    );
    for (const kind of others) expect([kind, await creates(city_(kind), name)]).toEqual([kind, "FORBIDDEN"]);
  });

  test("rows are taken out of use by its steward in its territory alone", async () => {
    const id = await plant(dataset, FIRST);
    const retire = (asker: Identity) => codeOf(city.writer.retire(asker, name, id));
    const refused = /^(FORBIDDEN|NOT_FOUND)$/;
    for (const kind of others) expect(await retire(city_(kind))).toMatch(refused);
    expect(await retire(as(`${own}@140106000000`))).toMatch(refused);
    expect(await retire(as(`${own}@140100000000`, ["read"]))).toMatch(refused);
    expect(await retire(as(`${own}@140105000000`))).toBe("WRITTEN");
  });

  test("each field is written by the one who keeps it", async () => {
    const id = await plant(dataset, FIRST);
    const fields = dataset.fields.filter((f) => !f.generated && !f.required && !f.key).map((f) => f.name);
    const keeperOf = (field: string) => stewardOf(`${name}.${field}`) ?? own;
    const clear = (kind: string, names: string[]) =>
      city.writer.update(city_(kind), name, id, Object.fromEntries(names.map((f) => [f, null])), 1);
    if (fields.length === 0) return;
    expect(await codeOf(clear("health", fields))).toMatch(/^(FORBIDDEN|NOT_FOUND)$/);
    for (const keeper of new Set([own, ...fields.map(keeperOf)])) {
      const foreign = fields.filter((f) => keeperOf(f) !== keeper);
      if (foreign.length === 0) continue;
      const { code, extensions } = await refusal(clear(keeper, fields));
      expect([code, extensions.fields]).toEqual(["FORBIDDEN", foreign]);
    }
    // What is sealed counts as changed even where nothing is stored, so it would move the version.
    const plain = (keeper: string) =>
      fields.filter((f) => keeperOf(f) === keeper && !catalogue.field(dataset, f).encrypted);
    for (const keeper of new Set(fields.map(keeperOf)))
      expect(await codeOf(clear(keeper, plain(keeper)))).toBe("WRITTEN");
  });

  test("a row does not leave the territory of who moves it, nor come into it", async () => {
    const [here, there] = [await plant(dataset, FIRST), await plant(dataset, ELSEWHERE)];
    const move = (id: string, territory: string) =>
      codeOf(city.writer.update(as(`${own}@140105000000`), name, id, { territory }, 1));
    expect(await move(here, ELSEWHERE)).toBe("FORBIDDEN");
    expect(await move(there, FIRST)).toMatch(/^(FORBIDDEN|NOT_FOUND)$/);
  });
});
