/** Proof that the matrix can fail: one class, one right, one condition widened behind its back turns it red. */
import { catalogue } from "../../src/datasets";
import { Catalogue, type DatasetEntry, type FieldEntry } from "../../src/declare";
import type { Rights } from "../../src/identity";
import { check, type Options } from "./check";
import { Hub } from "./hub";
import { makeRows } from "./rows";
import { type Asker, askers, factsOf, GRANTEE, GRANTS, PLACES } from "./rules";

const rows = makeRows(catalogue);
let hub: Hub;

beforeAll(async () => {
  hub = await Hub.open(catalogue, rows, GRANTS);
}, 120_000);

afterAll(() => hub?.close());

const NOBODY: Asker = { name: "a bureau with no right of its own", ...GRANTEE, brief: true };

/** The catalogue with one field declared otherwise. */
function declaring(dataset: DatasetEntry, field: FieldEntry, change: Partial<FieldEntry>): Catalogue {
  const fields = dataset.fields.map((f) => (f === field ? { ...f, ...change } : f));
  return new Catalogue(catalogue.datasets.map((d) => (d === dataset ? { ...d, fields } : d)));
}

async function differences(
  dataset: DatasetEntry,
  asker: Asker,
  options: Options = {},
): Promise<readonly string[]> {
  return (await check(hub, rows, dataset, asker, options)).differences;
}

const all = catalogue.datasets.map((d) => [d.name, d] as const);
const closed = catalogue.datasets.flatMap((d) => {
  const one = (sharing: string) => d.fields.find((f) => !f.key && f.sharing === sharing && !f.aggregateOpen);
  return [one("CONDITIONAL"), one("NOT_SHARED")].flatMap((f) =>
    f ? [[`${d.name}.${f.name}`, d, f] as const] : [],
  );
});

test.each(all)("%s is green as it is declared", async (_, dataset) => {
  expect(await differences(dataset, NOBODY)).toEqual([]);
});

test.each(closed)("%s declared UNCONDITIONAL", async (_, dataset, field) => {
  const widened = declaring(dataset, field, { sharing: "UNCONDITIONAL", stricter: undefined });
  const found = await differences(dataset, NOBODY, { catalogue: widened });
  expect(found.join("\n")).toContain("list: got");
});

test.each(closed.filter(([, , f]) => f.sharing === "NOT_SHARED"))(
  "%s declared CONDITIONAL",
  async (_, dataset, field) => {
    const street: Asker = {
      name: "a street office",
      kind: "street-office",
      territory: PLACES.street,
      brief: true,
    };
    const found = await differences(dataset, street, {
      catalogue: declaring(dataset, field, { sharing: "CONDITIONAL" }),
    });
    expect(found).not.toEqual([]);
  },
);

test.each(closed.filter(([, , f]) => ["int", "decimal", "float", "enum", "boolean"].includes(f.kind)))(
  "%s declared open in figures",
  async (_, dataset, field) => {
    const found = await differences(dataset, NOBODY, {
      catalogue: declaring(dataset, field, { aggregateOpen: true, sharing: "CONDITIONAL" }),
      all: field.coded, // it shows as a key of groups alone
    });
    expect(found).not.toEqual([]);
  },
);

const conditioned = catalogue.datasets
  .filter((d) => d.fields.some((f) => f.stricter))
  .map((d) => [d.name, d] as const);

test.each(conditioned)("%s without its stricter condition", async (name, dataset) => {
  const field = dataset.fields.find((f) => f.stricter) as FieldEntry;
  const widest = askers(name).find(
    (a) => a.purpose === (factsOf(name, field.name).sharing === "UNCONDITIONAL" ? undefined : "city"),
  );
  const found = await differences(
    dataset,
    { ...(widest as Asker), brief: true },
    {
      catalogue: declaring(dataset, field, { stricter: undefined }),
    },
  );
  expect(found).not.toEqual([]);
});

const ALWAYS = { from: "2020-01-01T00:00:00Z" };
const conditional = all.filter(([name, d]) =>
  d.fields.some((f) => !f.key && factsOf(name, f.name).sharing === "CONDITIONAL" && !f.aggregateOpen),
);

describe("one right too many", () => {
  const standing = {
    ...ALWAYS,
    id: "too-much",
    kind: GRANTEE.kind,
    except: [],
    over: "CONDITIONAL" as const,
    scope: "CITY" as const,
  };
  const with_ = (more: Partial<Rights>): Rights => ({ ...hub.rights, ...more });

  test.each(conditional)("%s: a standing right to figures", async (_, dataset) => {
    const rights = with_({ standings: [...hub.rights.standings, { ...standing, level: "AGGREGATE" }] });
    expect(await differences(dataset, NOBODY, { rights })).not.toEqual([]);
  });

  test.each(conditional)("%s: a standing right to masked values", async (_, dataset) => {
    const rights = with_({ standings: [...hub.rights.standings, { ...standing, level: "MASKED" }] });
    expect(await differences(dataset, NOBODY, { rights })).not.toEqual([]);
  });

  test.each(all)("%s: a second steward", async (name, dataset) => {
    const second = { ...ALWAYS, id: "second", dataset: name, kind: GRANTEE.kind };
    const rights = with_({ stewardships: [...hub.rights.stewardships, second] });
    expect(await differences(dataset, NOBODY, { rights })).not.toEqual([]);
  });

  test.each(all)("%s: committees reach the whole city", async (_, dataset) => {
    const standings = hub.rights.standings.map((s) =>
      s.over === "UNCONDITIONAL" || s.kind === "committee"
        ? { ...s, kind: "*", except: [], scope: "CITY" as const }
        : s,
    );
    const committee: Asker = {
      name: "a committee",
      kind: "committee",
      territory: PLACES.community,
      brief: true,
    };
    expect(await differences(dataset, committee, { rights: with_({ standings }) })).not.toEqual([]);
  });
});
