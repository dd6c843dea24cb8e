/** Which level one reader has on one field of one row: the rights, read one by one for every question. */
import {
  type Catalogue,
  contains,
  type DatasetEntry,
  type FieldEntry,
  higher,
  type Level,
  rangeOf,
  reaches,
  SHARING,
  type Sharing,
} from "../../../src/declare";
import {
  type Dated,
  type Grant,
  type Identity,
  inForce,
  type Rights,
  readsData,
  type Standing,
} from "../../../src/identity";
import { isUnder } from "./row-condition";
import type { Row, Rows } from "./rows";

const CITY = "140100000000";

export class Policy {
  /** Levels already found, for speed alone. */
  readonly #known = new WeakMap<Row, Map<string, Level>>();

  /** Those in force. */
  readonly rights: Rights;

  constructor(
    readonly catalogue: Catalogue,
    rights: Rights,
    readonly identity: Identity,
    readonly now: Date,
    readonly rows: Rows,
  ) {
    const current = <T extends Dated>(all: readonly T[]) => all.filter((right) => inForce(right, now));
    this.rights = {
      epoch: rights.epoch,
      stewardships: current(rights.stewardships),
      standings: current(rights.standings),
      grants: current(rights.grants),
    };
  }

  level(dataset: DatasetEntry, field: FieldEntry, row: Row): Level {
    if (field.key) return this.visible(dataset, row) ? "FULL" : "NONE";
    const known = this.#known.get(row) ?? new Map<string, Level>();
    const level =
      known.get(field.name) ??
      this.levelAt(dataset, field, this.sharing(dataset, field, row), String(row.values.territory));
    this.#known.set(row, known.set(field.name, level));
    return level;
  }

  full(dataset: DatasetEntry, field: FieldEntry, row: Row): boolean {
    return this.level(dataset, field, row) === "FULL";
  }

  visible(dataset: DatasetEntry, row: Row): boolean {
    return dataset.fields.some((f) => !f.key && reaches(this.level(dataset, f, row), "MASKED"));
  }

  counted(dataset: DatasetEntry, row: Row): boolean {
    return dataset.fields.some((f) => !f.key && reaches(this.level(dataset, f, row), "AGGREGATE"));
  }

  /** The highest level anywhere, by the rights alone, whatever rows there are. */
  best(dataset: DatasetEntry, field: FieldEntry): Level {
    if (field.key) return reaches(this.bestOfAny(dataset), "MASKED") ? "FULL" : "NONE";
    return classesOf(field)
      .map((c) => this.levelAt(dataset, field, c))
      .reduce(higher);
  }

  bestOfAny(dataset: DatasetEntry): Level {
    return dataset.fields
      .filter((f) => !f.key)
      .map((f) => this.best(dataset, f))
      .reduce(higher, "NONE");
  }

  /** Everything that can make two decisions of a dataset differ for a reader. */
  fingerprint(dataset: DatasetEntry, territories: readonly string[]): string {
    const fields = dataset.fields.filter((f) => !f.key);
    return territories
      .flatMap((t) => fields.flatMap((f) => classesOf(f).map((c) => this.levelAt(dataset, f, c, t))))
      .join();
  }

  /** Level under a sharing class at a territory; without one: the highest at any. */
  levelAt(dataset: DatasetEntry, field: FieldEntry, sharing: Sharing, territory?: string): Level {
    if (!readsData(this.identity)) return "NONE";
    const own = this.identity.department.territory;
    const reach = (node: string) => territory === undefined || contains(rangeOf(node), territory);
    if (this.isSteward(dataset, field) && reach(own)) return "FULL";
    if (sharing === "NOT_SHARED") return "NONE";
    const standing = this.rights.standings
      .filter((s) => this.holds(s) && opens(s, field, sharing) && reach(s.scope === "CITY" ? CITY : own))
      .map((s) => s.level);
    const granted = this.rights.grants
      .filter((g) => this.isGranted(g, dataset, field) && reach(g.territory))
      .map((g) => g.level);
    return [...standing, ...granted].reduce(higher, "NONE");
  }

  sharing(dataset: DatasetEntry, field: FieldEntry, row: Row): Sharing {
    const { stricter } = field;
    return stricter && isUnder(this, dataset, stricter.when, row)
      ? closer(field.sharing, stricter.sharing)
      : field.sharing;
  }

  /** A field with a steward of its own is that steward's, no longer the dataset's. */
  private isSteward(dataset: DatasetEntry, field: FieldEntry): boolean {
    const here = this.rights.stewardships.filter((s) => s.dataset === dataset.name);
    const ofField = here.filter((s) => s.field === field.name);
    const decisive = ofField.length > 0 ? ofField : here.filter((s) => s.field === undefined);
    return decisive.some((s) => s.kind === this.identity.department.kind);
  }

  private holds(standing: Standing): boolean {
    const { kind } = this.identity.department;
    const named = standing.kind === kind || (standing.kind === "*" && !standing.except.includes(kind));
    return named;
  }

  private isGranted(grant: Grant, dataset: DatasetEntry, field: FieldEntry): boolean {
    return (
      grant.dataset === dataset.name &&
      grant.department === this.identity.department.code &&
      this.identity.purpose !== undefined &&
      grant.purpose === this.identity.purpose &&
      (grant.fields.length === 0 || grant.fields.includes(field.name))
    );
  }
}

function opens(standing: Standing, field: FieldEntry, sharing: Sharing): boolean {
  return standing.over === "AGGREGATE_OPEN" ? field.aggregateOpen : standing.over === sharing;
}

/** The classes a field can have: its own, and the stricter one under its row condition. */
export function classesOf(field: FieldEntry): Sharing[] {
  return field.stricter ? [field.sharing, closer(field.sharing, field.stricter.sharing)] : [field.sharing];
}

/** A row condition closes, it never opens. */
function closer(a: Sharing, b: Sharing): Sharing {
  return SHARING.indexOf(a) > SHARING.indexOf(b) ? a : b;
}
