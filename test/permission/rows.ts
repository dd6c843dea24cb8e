/** Synthetic rows of every dataset, made from the catalogue alone: each value a marker that occurs nowhere else. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../src/declare";
import { PLACES, paperOf } from "./rules";

export type Value = string | number | boolean | readonly string[] | null;

export interface Row {
  readonly dataset: string;
  readonly id: string;
  readonly uuid: string;
  readonly place: string;
  /** Under the dataset's stricter condition. */
  readonly strict: boolean;
  readonly retired: boolean;
  readonly cellKey: number;
  readonly values: Readonly<Record<string, Value>>;
  /** The stored masked form of encrypted values and addresses. */
  readonly masked: Readonly<Record<string, string | null>>;
}

export type Rows = ReadonlyMap<string, readonly Row[]>;

type Values = Readonly<Record<string, Value>>;

/**
 * What makes a row of these datasets stand under the stricter condition of its paper, by hand. Only these values
 * decide: whatever else a row holds, `open` rows are open and `strict` rows strict.
 */
const CONDITIONS: Readonly<Record<string, { readonly open: Values; readonly strict: readonly Values[] }>> = {
  socialOrganization: {
    open: { tier: "REGISTERED" },
    strict: [{ tier: "STREET_MANAGED" }, { tier: "COMMITTEE_GUIDED" }],
  },
  organizationSupport: {
    open: { organizationTier: "REGISTERED" },
    strict: [{ organizationTier: "STREET_MANAGED" }],
  },
  volunteer: {
    open: { consent: "GRANTED", birthDate: "1980-01-01", guardianConsent: "NONE" },
    strict: [
      { consent: "NONE", birthDate: "1980-01-01", guardianConsent: "GRANTED" },
      { consent: "GRANTED", birthDate: "2020-01-01", guardianConsent: "NONE" },
      { consent: "GRANTED", birthDate: "2020-01-01", guardianConsent: null },
      { consent: "WITHDRAWN", birthDate: "2020-01-01", guardianConsent: "GRANTED" },
    ],
  },
  volunteerRecord: { open: { consent: "GRANTED" }, strict: [{ consent: "NONE" }, { consent: "WITHDRAWN" }] },
  donation: {
    open: { anonymous: false, donorKind: "PERSON", consent: "GRANTED" },
    strict: [
      { anonymous: true, donorKind: "PERSON", consent: "GRANTED" },
      { anonymous: null, donorKind: "PERSON", consent: "GRANTED" },
      { anonymous: false, donorKind: "PERSON", consent: "NONE" },
    ],
  },
  fundTransaction: {
    open: { payeeKind: "COMMITTEE" },
    strict: [{ payeeKind: "PERSON" }, { payeeKind: null }],
  },
};

/** Fields on which a row's condition depends. */
export function conditionFields(dataset: string): string[] {
  return Object.keys(CONDITIONS[dataset]?.open ?? {});
}

const OPEN_PER_PLACE = 2;

/** Rows of all datasets: two open ones and a strict one at every place, one retired; wired by their references. */
export function makeRows(catalogue: Catalogue): Rows {
  const days = { next: 0 };
  const made = new Map(catalogue.datasets.map((d, i) => [d.name, draft(d, i, days)]));
  for (const dataset of catalogue.datasets) wire(catalogue, dataset, made);
  return made;
}

type Draft = Omit<Row, "values" | "masked"> & {
  values: Record<string, Value>;
  masked: Record<string, string | null>;
};

function draft(dataset: DatasetEntry, number: number, days: { next: number }): Draft[] {
  const condition = CONDITIONS[dataset.name];
  if (paperOf(dataset.name).condition && !condition)
    throw new Error(
      `say in test/permission/rows.ts which values put a row of ${dataset.name} under its condition`,
    );
  const kinds = [...Array(OPEN_PER_PLACE).fill(false), ...(condition ? [true] : [])] as boolean[];
  const plan = Object.values(PLACES).flatMap((place) =>
    kinds.map((strict) => ({ place, strict, retired: false })),
  );
  plan.push({ place: PLACES.community, strict: false, retired: true });
  const firstDays = new Map(
    dataset.fields.filter((f) => f.kind === "date").map((f) => [f.name, 29 * days.next++]),
  );
  return plan.map(({ place, strict, retired }, i) => {
    const uuid = `01900000-0000-7000-8000-${(number * 1000 + i).toString(16).padStart(12, "0")}`;
    const row: Draft = {
      dataset: dataset.name,
      id: `${dataset.name}:${uuid}`,
      uuid,
      place,
      strict,
      retired,
      cellKey: ((number * 1000 + i + 1) * 2654435761) % 4294967296,
      values: {},
      masked: {},
    };
    dataset.fields.forEach((field, f) => {
      // Not in the order of the ids, so that an order by the field shows itself.
      const place = (i * 7 + f) % 29;
      const sparse = i === 1 && !field.required && !field.generated && !field.key;
      const serial = (number * 64 + f) * 29 + place;
      row.values[field.name] = sparse
        ? null
        : synthetic(field, serial, i, (firstDays.get(field.name) ?? 0) + place);
      if (field.encrypted || field.mask === "ADDRESS")
        row.masked[field.name] = sparse ? null : `form${marker(serial).replace("zq", "xq")}`;
    });
    const settled = condition
      ? strict
        ? condition.strict[i % condition.strict.length]
        : condition.open
      : {};
    Object.assign(row.values, settled, {
      territory: place,
      retiredAt: retired ? "2026-01-02T00:00:00.000+08:00" : null,
    });
    row.values.id = row.id;
    return row;
  });
}

/** Seven characters that no identifier, hash or number of an answer holds by chance. */
function marker(serial: number): string {
  return `zq${serial.toString(36).padStart(5, "0")}`;
}

/** Numbers grow unevenly (i * i): otherwise the average of some rows is the value of another, and looks like a leak. */
function synthetic(field: FieldEntry, serial: number, i: number, day: number): Value {
  const names = Object.keys(field.enum?.values ?? {});
  switch (field.kind) {
    case "text":
    case "code":
      return field.encrypted || field.mask !== "NAME" ? marker(serial) : `赵${marker(serial)}`;
    case "enum":
      return names[i % names.length] as string;
    case "enumList":
      return [...new Set([names[i % names.length] as string, names[(i + 1) % names.length] as string])];
    case "int":
      return field.coded ? 2000 + (i % 3) : 1_000_000_000 + serial * 1009 + i * i;
    case "decimal":
      return `${2_000_000_000 + serial * 1009 + i * i}.37`;
    case "float":
      return 3_000_000_000.25 + serial * 1009 + i * i;
    case "boolean":
      return i % 2 === 0;
    case "date":
      return new Date(Date.UTC(1900, 0, 1 + day)).toISOString().slice(0, 10);
    case "datetime":
      return `2025-03-01T08:${String(i).padStart(2, "0")}:00.000+08:00`;
    case "reference":
      return null;
  }
}

/** Where a field's value is another row's: the datasets and fields it may point to. */
export function pointees(
  catalogue: Catalogue,
  dataset: string,
  field: FieldEntry,
): { dataset: string; field: string }[] {
  const out = catalogue
    .dataset(dataset)
    .links.filter((l) => l.holder === "here" && l.here === field.name)
    .map((l) => ({ dataset: l.target, field: l.there }));
  const back = catalogue.datasets.flatMap((d) =>
    d.links
      .filter((l) => l.holder === "there" && l.target === dataset && l.there === field.name)
      .map((l) => ({ dataset: d.name, field: l.here })),
  );
  const own = field.references && field.name !== "id" ? [{ dataset: field.references, field: "id" }] : [];
  const all = [...out, ...back, ...own];
  return all.filter((p, i) => all.findIndex((q) => q.dataset === p.dataset && q.field === p.field) === i);
}

/** Codes by which rows of a community are found; a wired field points to a row in its own or in another territory. */
function wire(catalogue: Catalogue, dataset: DatasetEntry, made: ReadonlyMap<string, Draft[]>): void {
  const rows = made.get(dataset.name) as Draft[];
  const first = new Set<string>();
  if (dataset.name === "community" || dataset.name === "committee") {
    rows.forEach((row, i) => {
      const home = !first.has(row.place);
      first.add(row.place);
      row.values.code = home ? row.place : `14019900${String(i).padStart(4, "0")}`;
    });
  }
  dataset.fields.forEach((field, f) => {
    if (field.name === "territory" || field.name === "id" || isCommunityCode(dataset, field)) return;
    const targets = pointees(catalogue, dataset.name, field);
    if (targets.length === 0) return;
    rows.forEach((row, i) => {
      const { dataset: name, field: there } = targets[i % targets.length] as {
        dataset: string;
        field: string;
      };
      const others = made.get(name) as Draft[];
      const sparse = i === 1 && !field.required && !field.generated && !field.key;
      row.values[field.name] = sparse ? null : pointed(others, there, i + 3 * (f % 4));
    });
  });
}

function isCommunityCode(dataset: DatasetEntry, field: FieldEntry): boolean {
  return field.name === "code" && (dataset.name === "community" || dataset.name === "committee");
}

function pointed(others: readonly Draft[], there: string, i: number): Value {
  const row = others[i % others.length] as Draft;
  if (there !== "code" || (row.dataset !== "community" && row.dataset !== "committee"))
    return row.values[there] ?? null;
  // The code of a community or committee is settled by its place, maybe after this row is wired.
  const n = i % others.length;
  const home = others.findIndex((o) => o.place === row.place) === n;
  return home ? row.place : `14019900${String(n).padStart(4, "0")}`;
}

/** True where the value may be searched for: no enum, flag, coded number, condition's value or another row's key. */
export function isMarker(catalogue: Catalogue, dataset: string, field: FieldEntry): boolean {
  if (field.coded || field.key || conditionFields(dataset).includes(field.name)) return false;
  if (!["text", "code", "int", "decimal", "float", "date"].includes(field.kind)) return false;
  return pointees(catalogue, dataset, field).length === 0;
}
