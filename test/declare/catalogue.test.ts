// The declared datasets load without a gap, say what is theirs in two languages, and a planted gap stops the start.

import { catalogue, datasets } from "../../src/datasets";
import { DepartmentKind } from "../../src/datasets/enums/department-kind";
import {
  Catalogue,
  catalogueOf,
  checkCatalogue,
  checks,
  code,
  Dataset,
  type DatasetEntry,
  DatasetRow,
  defineEnum,
  Field,
  idOf,
  Many,
  One,
  text,
} from "../../src/declare";

const FIRST_HALF = [
  "division",
  "divisionCrosswalk",
  "department",
  "community",
  "householdCount",
  "committee",
  "committeeMember",
  "facility",
  "facilityShare",
  "residentialProject",
  "idleAsset",
];

/** Datasets that name a person in passing, whose figures were judged to say nothing about persons. */
const NOT_ABOUT_PERSONS = new Set(["volunteerStation", "fundTransaction"]);

describe("the catalogue", () => {
  test("holds the datasets of divisions, committees and facilities", () => {
    const names = catalogue.datasets.map((d) => d.name);
    expect(names).toEqual(expect.arrayContaining(FIRST_HALF));
    expect(new Set(names).size).toBe(datasets.length);
  });

  describe.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", (_, dataset) => {
    test("names a department kind as its steward, and so do its fields", () => {
      const kinds = Object.keys(DepartmentKind).map((kind) => kind.toLowerCase().replaceAll("_", "-"));
      expect(kinds).toContain(dataset.steward);
      for (const field of dataset.fields) if (field.steward) expect(kinds).toContain(field.steward);
    });

    test("speaks Chinese and English about itself, its fields, links and rules", () => {
      for (const words of [dataset, ...dataset.fields, ...dataset.links, ...dataset.rules]) {
        expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
        expect(words.en).toMatch(/^[A-Z“]/);
        expect(words.en).not.toMatch(/[\u4e00-\u9fff]|\.$/);
      }
    });

    test("asks only for checks that exist", () => {
      for (const field of dataset.fields) if (field.check) expect([...checks.keys()]).toContain(field.check);
    });

    test("has rules that name its own fields and hold for an empty row", () => {
      const names = dataset.fields.map((f) => f.name);
      const empty = Object.fromEntries(names.map((name) => [name, null]));
      for (const rule of dataset.rules) {
        expect(names).toEqual(expect.arrayContaining([...rule.fields]));
        if (rule.fields.every((name) => !dataset.fields.find((f) => f.name === name)?.required))
          expect([rule.code, rule.holds(empty)]).toEqual([rule.code, true]);
      }
      expect(new Set(dataset.rules.map((r) => r.code)).size).toBe(dataset.rules.length);
    });

    test("keeps every person's field from being open, and states its lawful basis", () => {
      const personal = dataset.fields.filter((f) => f.personal === "PERSONAL" || f.personal === "SENSITIVE");
      for (const field of personal)
        if (!field.key) expect([field.name, field.sharing]).not.toEqual([field.name, "UNCONDITIONAL"]);
      if (personal.length > 0)
        expect([dataset.protected, dataset.lawfulBasis]).toEqual([
          !NOT_ABOUT_PERSONS.has(dataset.name),
          expect.any(String),
        ]);
    });
  });

  test("leads every link back: what a community lists says which community it belongs to", () => {
    const lists = catalogue
      .dataset("community")
      .links.filter((l) => l.many && l.there === "territory" && l.target !== "department");
    expect(lists.length).toBeGreaterThan(3);
    for (const list of lists)
      expect(catalogue.dataset(list.target).links.map((l) => l.target)).toEqual(
        expect.arrayContaining(["community", "committee"]),
      );
  });
});

describe("rules of one row", () => {
  const broken = (dataset: string, row: Record<string, unknown>) =>
    catalogue
      .dataset(dataset)
      .rules.filter((rule) => !rule.holds(row))
      .map((rule) => rule.code);

  test("a community's kind is what its code says", () => {
    const row = {
      code: "140105001001",
      territory: "140105001001",
      kind: "RESIDENTS",
      streetNode: "STATISTICS/2023/140105001000",
    };
    expect(broken("community", row)).toEqual([]);
    expect(broken("community", { ...row, kind: "VILLAGERS" })).toEqual(["KIND_AGAINST_CODE"]);
    expect(broken("community", { ...row, territory: "140105001002" })).toEqual(["CODE_IS_NOT_TERRITORY"]);
    expect(broken("community", { ...row, streetNode: "STATISTICS/2023/140105002000" })).toEqual([
      "STREET_AGAINST_CODE",
    ]);
    expect(broken("community", { ...row, population: 10, elderlyPopulation: "11" })).toEqual([
      "ELDERLY_POPULATION_ABOVE_POPULATION",
    ]);
  });

  test("a committee's term ends after it begins, and its charter is that of its kind", () => {
    const row = {
      code: "140105001201",
      territory: "140105001201",
      kind: "VILLAGERS",
      termFrom: "2025-01-01",
      termTo: "2029-12-31",
    };
    expect(broken("committee", row)).toEqual([]);
    expect(broken("committee", { ...row, termTo: "2024-12-31" })).toEqual(["TERM_TO_BEFORE_TERM_FROM"]);
    expect(broken("committee", { ...row, kind: "RESIDENTS" })).toEqual(["KIND_AGAINST_CODE"]);
    expect(broken("committee", { ...row, charterKind: "RESIDENTS_PACT" })).toEqual(["CHARTER_AGAINST_KIND"]);
    expect(broken("committee", { ...row, code: "140171401400", territory: "140171401400" })).toEqual([]);
  });

  test("a facility stands where its code says and is not smaller than a part of it", () => {
    const row = {
      code: "1401050010010001",
      territory: "140105001001",
      buildingArea: "500.5",
      activityArea: 500.5,
    };
    expect(broken("facility", row)).toEqual([]);
    expect(broken("facility", { ...row, territory: "140105001002" })).toEqual(["CODE_OUTSIDE_TERRITORY"]);
    expect(broken("facility", { ...row, activityArea: "1000" })).toEqual([
      "ACTIVITY_AREA_ABOVE_BUILDING_AREA",
    ]);
    expect(
      broken("facility", { ...row, ownership: "COLLECTIVE", ownerCreditCode: "91110000802100433B" }),
    ).toEqual(["COLLECTIVE_CREDIT_CODE"]);
  });

  test("a division is named by scheme, edition and code, in the same district in both schemes", () => {
    const row = {
      scheme: "STATISTICS",
      edition: "2023",
      code: "140109009000",
      territory: "140109009000",
      kind: "SUBDISTRICT",
      node: "STATISTICS/2023/140109009000",
      parentNode: "STATISTICS/2023/140109000000",
    };
    expect(broken("division", row)).toEqual([]);
    expect(broken("division", { ...row, territory: "140109008000" })).toEqual(["TERRITORY_AGAINST_CODE"]);
    expect(broken("division", { ...row, parentNode: "STATISTICS/2023/140108000000" })).toEqual([
      "PARENT_AGAINST_CODE",
    ]);
    expect(broken("division", { ...row, parentNode: "CIVIL_AFFAIRS/2025/140109000000" })).toEqual([
      "PARENT_AGAINST_CODE",
    ]);
    expect(broken("division", { ...row, kind: "TOWN" })).toEqual(["KIND_AGAINST_CODE"]);
    const other = {
      ...row,
      scheme: "CIVIL_AFFAIRS",
      edition: "2025",
      node: "CIVIL_AFFAIRS/2025/140109009000",
      parentNode: null,
    };
    expect(broken("division", { ...other, territory: "140109008000" })).toEqual([]);
    expect(broken("division", { ...other, territory: "140108008000" })).toEqual(["TERRITORY_AGAINST_CODE"]);
  });

  test("a crosswalk's match is what its codes say; a department's code is its kind and territory", () => {
    const row = {
      districtCode: "140109000000",
      territory: "140109000000",
      match: "CODE_DIFFERS",
      statisticsCode: "140109009000",
      civilAffairsCode: "140109008000",
    };
    expect(broken("divisionCrosswalk", row)).toEqual([]);
    expect(broken("divisionCrosswalk", { ...row, match: "SAME" })).toEqual(["MATCH_AGAINST_CODES"]);
    expect(broken("divisionCrosswalk", { ...row, match: "STATISTICS_ONLY", civilAffairsCode: null })).toEqual(
      [],
    );
    const bureau = { code: "civil-affairs@140100000000", kind: "CIVIL_AFFAIRS", territory: "140100000000" };
    expect(broken("department", bureau)).toEqual([]);
    expect(broken("department", { ...bureau, kind: "FINANCE" })).toEqual(["CODE_AGAINST_KIND"]);
  });
});

describe("a planted gap", () => {
  const facts = { plural: "plants", steward: "civil-affairs", zh: "试验", en: "Trial", key: ["number"] };

  function entryOf(build: () => new () => DatasetRow): DatasetEntry {
    return catalogueOf([build()]).datasets[0] as DatasetEntry;
  }

  test("a link to a dataset that is not declared stops the start", () => {
    const entry = entryOf(() => {
      @Dataset({ ...facts, name: "plantedLink" })
      class PlantedLink extends DatasetRow {
        @Field({ type: code(), required: true, sharing: "UNCONDITIONAL", zh: "编号", en: "Number" })
        number: string;
        @Field({ type: idOf("nowhere"), sharing: "UNCONDITIONAL", zh: "别处", en: "Elsewhere" })
        nowhereId: string;
        @One({ to: "nowhere", here: "nowhereId", zh: "别处", en: "Elsewhere" }) nowhere: unknown;
        @Many({ to: "community", there: "noField", here: "number", zh: "社区", en: "Communities" })
        communities: unknown[];
      }
      return PlantedLink;
    });
    const planted = new Catalogue([...catalogue.datasets, entry]);
    expect(() => checkCatalogue(planted)).toThrow(
      /references nowhere.*\n.*leads to nowhere.*\n.*community has no field noField/,
    );
    expect(() => checkCatalogue(catalogue)).not.toThrow();
  });

  test("an open field in a dataset of persons stops the declaration unless the reason is given", () => {
    const persons = (name: string, rowsOpen?: string) => () => {
      @Dataset({ ...facts, name, plural: `${name}s`, rowsOpen })
      class Persons extends DatasetRow {
        @Field({ type: code(), required: true, sharing: "UNCONDITIONAL", zh: "编号", en: "Number" })
        number: string;
        @Field({ type: text(), sharing: "CONDITIONAL", personal: "PERSONAL", zh: "姓名", en: "Name" })
        person: string;
        @Field({ type: text(), sharing: "UNCONDITIONAL", zh: "职务", en: "Post" }) post: string;
      }
      return Persons;
    };
    expect(() => entryOf(persons("openPersons"))).toThrow(/rowsOpen/);
    expect(() => entryOf(persons("reasonedPersons", "公示名单"))).not.toThrow();
  });

  test("a name that a row of no person requires stops the declaration: it could not be erased", () => {
    const naming = (name: string, required: boolean) => () => {
      @Dataset({ ...facts, name, plural: `${name}s` })
      class Naming extends DatasetRow {
        @Field({ type: code(), required: true, sharing: "CONDITIONAL", zh: "编号", en: "Number" })
        number: string;
        @Field({ type: text(), sharing: "CONDITIONAL", zh: "名称", en: "Title" }) title: string;
        @Field({
          type: text(),
          required,
          sharing: "CONDITIONAL",
          personal: "PERSONAL",
          zh: "联系人",
          en: "Contact",
        })
        contact: string;
      }
      return Naming;
    };
    expect(() => entryOf(naming("requiredNames", true))).toThrow(
      /contact names a person.*could not be erased/,
    );
    expect(() => entryOf(naming("emptyNames", false))).not.toThrow();
  });

  test("a field without a sharing class, without words, or sensitive and open stops the declaration", () => {
    const noClass = { type: text(), zh: "无", en: "None" } as unknown as Parameters<typeof Field>[0];
    expect(() => Field(noClass)({}, "bare")).toThrow(/bare has no sharing class/);
    const planted = () => {
      @Dataset({ ...facts, name: "badFields", rowsOpen: "公示" })
      class BadFields extends DatasetRow {
        @Field({ type: code(), required: true, sharing: "UNCONDITIONAL", zh: "编号", en: "" }) number: string;
        @Field({ type: text(), sharing: "UNCONDITIONAL", personal: "SENSITIVE", zh: "健康", en: "Health" })
        health: string;
      }
      return BadFields;
    };
    expect(() => entryOf(planted)).toThrow(/number lacks.*\n.*health is sensitive/);
  });

  test("an enum declared twice stops the start", () => {
    expect(() => defineEnum("Sex", { zh: "性别", en: "Sex" }, { FEMALE: "女" })).toThrow(
      /Sex is declared twice/,
    );
  });
});
