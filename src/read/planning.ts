/** What one planning run carries along: catalogue, decisions, the world at an instant, and what it finds on its way. */
import type { Decide, Decision } from "../access";
import type { Catalogue, DatasetEntry, FieldEntry } from "../declare";
import { HubError } from "../errors";
import type { Asked } from "./asked";
import type { Occurrence, Source } from "./plan-types";
import { and, type Predicate, type Row } from "./predicate";
import { counted, visible } from "./reach";
import { Slot, type Values } from "./slot";
import { presentOf } from "./version";

/** How a field was used; what the access notes and the access record speak of. */
export interface Touch {
  readonly dataset: DatasetEntry;
  readonly field: FieldEntry;
}

export interface Limits {
  /** Rows an operation may cost. */
  readonly cost: number;
  readonly defaultFirst: number;
  readonly maxFirst: number;
}

/** The hash by which an encrypted field is compared for equality. */
export type EqualityHash = (dataset: string, field: string, text: string) => Buffer;

export interface World {
  readonly catalogue: Catalogue;
  readonly decide: Decide;
  readonly hash: EqualityHash;
  readonly limits: Limits;
  /** Name of a division, for the words of coverage. */
  readonly nameOf: (code: string) => string | undefined;
}

/** What a plan depends on of an open value: a plan serves those questions for which all its facts are the same. */
export interface Fact {
  readonly of: (values: Values) => string;
  /** As it is in the question that was planned. */
  readonly told: string;
}

/** Inherited down the tree of one root field. */
export interface Era {
  readonly retired: boolean;
  readonly asOf?: string;
  /** Of a report: the year that its figures are of. */
  readonly year?: number;
  /** Of one row all versions; never inherited. */
  readonly versions?: boolean;
}

/** Conditions of one operation, and how deep one may stand within others. */
const MOST_CONDITIONS = 2_000;
const MOST_LEVELS = 30;

export class Planning {
  #rows = 0;
  #conditions = 0;
  #level = 0;
  /** In the order in which the plan came to depend on them. */
  readonly facts: Fact[] = [];
  readonly touched = new Map<string, Touch>();
  /** Datasets read as rows, so that an unseen one is noted even if no field of it was asked. */
  readonly listed = new Set<DatasetEntry>();
  /** Datasets that are read at their linked sources. */
  readonly linked = new Set<DatasetEntry>();
  /** Datasets whose figures were asked. */
  readonly figured = new Set<DatasetEntry>();

  /** `cost` counts on from what the operation has cost so far. */
  constructor(
    readonly world: World,
    public cost = 0,
  ) {}

  row(): Row {
    return `r${this.#rows++}`;
  }

  decision(dataset: DatasetEntry): Decision {
    return this.world.decide(dataset.name);
  }

  /** Something that the plan must know of a value, were it open. */
  fact<T>(value: unknown, tell: (value: unknown) => T): T {
    if (!(value instanceof Slot)) return tell(value);
    const told = tell(value.sample);
    this.facts.push({ of: (values) => JSON.stringify(tell(value.from(values))), told: JSON.stringify(told) });
    return told;
  }

  /** The value itself. */
  exact<T>(value: unknown): T {
    return this.fact(value, (v) => v as T);
  }

  touch(dataset: DatasetEntry, field: FieldEntry): void {
    if (!field.key) this.touched.set(`${dataset.name}.${field.name}`, { dataset, field });
  }

  /** A dataset's occurrence, in the versions that the era reads. */
  at(dataset: DatasetEntry, era: Era, row = this.row()): Occurrence {
    const { asOf, versions } = era;
    if (dataset.linked) this.#readLinked(dataset, era);
    const { catalogue, decide } = this.world;
    const present = asOf || versions ? presentOf(catalogue, dataset, decide) : undefined;
    return { dataset, row, asOf, versions, present };
  }

  #readLinked(dataset: DatasetEntry, { asOf, versions }: Era): void {
    if (asOf || versions)
      throw badInput(
        `${dataset.zh}由链接源提供，没有历史版本。${dataset.name} is read from a linked source, which keeps no former versions`,
        { argument: "asOf", dataset: dataset.name },
      );
    this.linked.add(dataset);
  }

  /** The visible rows of a dataset, further narrowed by how they are reached. */
  rows(dataset: DatasetEntry, era: Era, join: (row: Row) => Predicate): Source {
    const at = this.at(dataset, era);
    const seen = visible(at, this.decision(dataset));
    return { ...at, base: and(seen, alive(at.row, era), join(at.row)) };
  }

  /** The rows of a dataset that enter figures. */
  countedRows(dataset: DatasetEntry, era: Era, join: (row: Row) => Predicate): Source {
    const at = this.at(dataset, era);
    const entering = counted(at, this.decision(dataset));
    return { ...at, base: and(entering, alive(at.row, era), join(at.row)) };
  }

  /** Plans one condition of a client; variables may hold more of them than a statement can. */
  condition<T>(work: () => T): T {
    if (++this.#conditions > MOST_CONDITIONS) throw tooMany("conditions", MOST_CONDITIONS);
    if (++this.#level > MOST_LEVELS) throw tooMany("levels of conditions", MOST_LEVELS);
    try {
      return work();
    } finally {
      this.#level--;
    }
  }

  /** Adds the rows of one page to the bill, before any SQL. */
  charge(rows: number): void {
    this.cost += rows;
    if (this.cost > this.world.limits.cost)
      throw new HubError(
        "TOO_COSTLY",
        `查询估计超过 ${this.world.limits.cost} 行。The question may touch more than ${this.world.limits.cost} rows`,
        {
          limit: this.world.limits.cost,
        },
      );
  }
}

function tooMany(what: string, most: number): HubError {
  return new HubError("TOO_COSTLY", `筛选条件过多。There are more than ${most} ${what}`, {
    limit: what,
    most,
  });
}

function alive(row: Row, era: Era): Predicate {
  return era.retired ? { is: "true" } : { is: "not", of: { is: "retired", row } };
}

/** Subfields that are `__typename` or carry a plan; one place for the name of the meta field. */
export function isTypename(asked: Asked): boolean {
  return asked.name === "__typename";
}

export function badInput(message: string, facts: Record<string, unknown> = {}): HubError {
  return new HubError("BAD_USER_INPUT", message, facts);
}

/** A condition, order or key on a field that is readable nowhere for this reader (semantics 10). */
export function withheld(dataset: DatasetEntry, field: FieldEntry, use: string): HubError {
  return new HubError(
    "FIELD_WITHHELD",
    `${dataset.name}.${field.name}（${field.zh}）不可用于${use}。${dataset.name}.${field.name} is withheld from you here`,
    {
      dataset: dataset.name,
      field: field.name,
      class: field.sharing,
      steward: field.steward ?? dataset.steward,
    },
  );
}
