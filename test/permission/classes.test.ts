/** The reviewed paper and the catalogue say the same: a class changed in a declaration is changed here by a person too. */
import { catalogue } from "../../src/datasets";
import type { FieldEntry } from "../../src/declare";
import { PAPER } from "./classes";

/** The words of a field as the paper writes them. */
function wordsOf(field: FieldEntry): string {
  return [
    field.sharing,
    ...(field.key ? ["key"] : []),
    ...(field.coded ? ["coded"] : []),
    ...(field.aggregateOpen ? ["aggregateOpen"] : []),
    ...(field.encrypted ? ["encrypted"] : []),
    ...(field.mask ? [`mask:${field.mask}`] : []),
    ...(field.steward ? [`steward:${field.steward}`] : []),
    ...(field.stricter ? [`strict:${field.stricter.sharing}`] : []),
  ].join(" ");
}

test("the paper names the datasets of the catalogue, no more and no fewer", () => {
  expect(Object.keys(PAPER).sort()).toEqual(catalogue.datasets.map((d) => d.name).sort());
});

test.each(catalogue.datasets.map((d) => [d.name, d] as const))(
  "%s: who may see what is declared as it was reviewed in test/permission/classes.ts",
  (name, dataset) => {
    const conditions = new Map(
      dataset.fields.flatMap(({ stricter: s }) =>
        s ? [[s.code, { code: s.code, when: s.when }] as const] : [],
      ),
    );
    expect(conditions.size).toBeLessThanOrEqual(1);
    const [condition] = conditions.values();
    expect({
      steward: dataset.steward,
      protected: dataset.protected,
      ...(dataset.person && { person: dataset.person }),
      ...(dataset.rowsOpen && { rowsOpen: true }),
      ...(condition && { condition }),
      fields: Object.fromEntries(dataset.fields.map((field) => [field.name, wordsOf(field)])),
    }).toEqual(PAPER[name]);
  },
);
