/** Who may receive what a row says of a person now: every department by its own decision, purpose by purpose (B-36). */
import { parse } from "graphql";
import { decideIn, levelAt, rightOf } from "../../access";
import {
  areaOf,
  type Catalogue,
  contains,
  type DatasetEntry,
  type FieldEntry,
  isPersonal,
  reaches,
  rowTestHolds,
  testedFields,
} from "../../declare";
import {
  type Department,
  departmentOf,
  type Grant,
  type Identity,
  inForce,
  type Rights,
} from "../../identity";
import { type SystemRow, SystemRows } from "../../read";
import type { DeskContext } from "./context";
import type { DeskParts } from "./parts";
import type { StoredCase } from "./store";

export interface Receiver {
  readonly department: string;
  readonly name: string;
  /** Left out: by a right of its own, without a request. */
  readonly purpose?: string;
  readonly legalBasis?: string;
  /** How it leaves, as the request for the grant said. */
  readonly way?: string;
  readonly until?: string;
  readonly steward: boolean;
  readonly full: readonly string[];
  readonly masked: readonly string[];
}

/** Who reads figures alone receives nothing of the person, and is not told here. */
export async function receiversOf(
  parts: DeskParts,
  { dataset: name, row: uuid }: StoredCase,
): Promise<Receiver[]> {
  const { catalogue, pool } = parts;
  const dataset = catalogue.dataset(name);
  const look = new SystemRows(catalogue, pool, "receivers of a person's row");
  const conditions = dataset.fields.flatMap(({ stricter }) => (stricter ? testedFields(stricter.when) : []));
  const fields = [...new Set(["territory", ...conditions])];
  const [row] = await look.select({ dataset: name, fields, uuids: [uuid], retired: true });
  if (!row) return [];
  const departments = await look.select({ dataset: "department", fields: ["code", "name"] });
  const rights = await parts.rights.current();
  const given = new Given(catalogue, dataset, row, rights, parts.now());
  const ways = await waysOf(parts, rights, name);
  return departments.flatMap(({ code, name: called }) => {
    const department = departmentOf(String(code));
    if (!department) return [];
    return given.to(department).map(({ grant, ...one }) => ({
      ...{ department: department.code, name: String(called), ...one },
      ...(grant && { purpose: grant.purpose, legalBasis: grant.legalBasis, until: grant.until }),
      way: grant?.request && ways.get(grant.request),
    }));
  });
}

type Part = Pick<Receiver, "steward" | "full" | "masked"> & { readonly grant?: Grant };

/** What the rights in force give to a department of one row. */
class Given {
  readonly #fields: readonly FieldEntry[];
  readonly #known = new Map<string, Part>();

  constructor(
    readonly catalogue: Catalogue,
    readonly dataset: DatasetEntry,
    readonly row: SystemRow,
    readonly rights: Rights,
    readonly now: Date,
  ) {
    this.#fields = dataset.fields.filter((field) => isPersonal(field) && !field.key);
  }

  /** By its own rights, and what each of its purposes opens beyond them. */
  to(department: Department): Part[] {
    const own = this.#own(department);
    const grants = this.rights.grants.filter(
      (g) => g.department === department.code && g.dataset === this.dataset.name && inForce(g, this.now),
    );
    const byPurpose = new Map(grants.map((grant) => [grant.purpose, grant]));
    const more = [...byPurpose.values()].map((grant) => {
      const all = this.#under({ subject: "receivers", department, duties: ["read"], purpose: grant.purpose });
      const full = all.full.filter((field) => !own.full.includes(field));
      const masked = all.masked.filter((field) => !own.masked.includes(field) && !own.full.includes(field));
      return { steward: false, full, masked, grant };
    });
    return [own, ...more].filter(({ full, masked }) => full.length + masked.length > 0);
  }

  /** Of departments that do not lie around the row, those of a kind hold alike there: thousands are decided as a few. */
  #own(department: Department): Part {
    const around = contains(areaOf(department.territory), String(this.row.territory));
    const alike = around ? department.code : department.kind;
    const known =
      this.#known.get(alike) ?? this.#under({ subject: "receivers", department, duties: ["read"] });
    this.#known.set(alike, known);
    return known;
  }

  #under(receiver: Identity): Part {
    const decision = decideIn(this.catalogue, this.dataset.name, receiver, this.rights, this.now);
    const told = this.#fields.map((field) => {
      const { spans, strict } = rightOf(decision, field.name);
      const closed = strict && rowTestHolds(strict.condition.when, this.row, this.now);
      const right = { spans: closed ? strict.spans : spans };
      const territory = String(this.row.territory);
      const steward = right.spans.some(({ grounds }) => grounds.some(({ kind }) => kind === "STEWARD"));
      return { field: field.zh, level: levelAt(right, territory), steward };
    });
    return {
      steward: told.some(({ level, steward }) => steward && level === "FULL"),
      full: told.filter(({ level }) => level === "FULL").map(({ field }) => field),
      masked: told
        .filter(({ level }) => level !== "FULL" && reaches(level, "MASKED"))
        .map(({ field }) => field),
    };
  }
}

/** The way each grant's request named, by the request. */
async function waysOf(
  { pool }: DeskParts,
  { grants }: Rights,
  dataset: string,
): Promise<Map<string, string>> {
  const requests = grants.flatMap((g) => (g.dataset === dataset && g.request ? [g.request] : []));
  const { rows } = await pool.query<{ id: string; way: string }>(
    "SELECT id, way FROM access_request WHERE id = ANY ($1::uuid[])",
    [requests],
  );
  return new Map(rows.map(({ id, way }) => [id, way]));
}

/** Office telephones of departments, as the asker may read them. */
export async function contactsOf(
  { ask }: Pick<DeskContext, "ask">,
  receivers: readonly Receiver[],
): Promise<Map<string, string>> {
  const codes = [...new Set(receivers.map(({ department }) => department))];
  if (codes.length === 0) return new Map();
  const answer = await ask({ document: CONTACTS, variables: { codes } });
  const { departments } = answer as {
    departments: { nodes: { code: string; officePhone: string | null }[] };
  };
  return new Map(
    departments.nodes.flatMap(({ code, officePhone }) => (officePhone ? [[code, officePhone]] : [])),
  );
}

const CONTACTS = parse(
  "query receivers($codes: [String!]) { departments(where: { code: { in: $codes } }, first: 1000) { nodes { code officePhone } } }",
);
