// The rights a hub starts with: standing rights, first stewards from the catalogue, purposes; in a demo also grants.
import type { Pool } from "pg";
import { v5 as uuidOf } from "uuid";
import type { Catalogue } from "../src/declare";
import type { Standing } from "../src/identity";
import { DEMO_GRANTS, type GrantSeed } from "./demo-grants";
import { PURPOSES } from "./purposes";

/** 政务数据共享条例 is in force from this day. */
const FROM = "2025-08-01T00:00:00+08:00";
const NAMESPACE = "6f1d1f4e-6f0b-5d1c-9a53-2d6f0a1c7e11";

type StandingSeed = Pick<Standing, "kind" | "except" | "over" | "level" | "scope">;

/** What a kind of department holds without a request (semantics of access, 3 and 30). */
export const STANDING_RIGHTS: readonly StandingSeed[] = [
  { kind: "*", except: ["committee"], over: "UNCONDITIONAL", level: "FULL", scope: "CITY" },
  { kind: "committee", except: [], over: "UNCONDITIONAL", level: "FULL", scope: "OWN" },
  // 回流: data of the lower level's own area flows back to it (B-15).
  { kind: "street-office", except: [], over: "CONDITIONAL", level: "FULL", scope: "OWN" },
  { kind: "committee", except: [], over: "CONDITIONAL", level: "MASKED", scope: "OWN" },
  { kind: "big-data", except: [], over: "CONDITIONAL", level: "AGGREGATE", scope: "CITY" },
  { kind: "*", except: [], over: "AGGREGATE_OPEN", level: "AGGREGATE", scope: "CITY" },
];

export interface StewardshipSeed {
  readonly dataset: string;
  readonly field?: string;
  readonly kind: string;
}

/** First stewards as the declarations name them; from then on only the rows count (semantics of access, 1). */
export function stewardshipSeeds(catalogue: Catalogue): StewardshipSeed[] {
  return catalogue.datasets.flatMap((dataset) => [
    { dataset: dataset.name, kind: dataset.steward },
    ...dataset.fields.flatMap(({ name, steward }) =>
      steward ? [{ dataset: dataset.name, field: name, kind: steward }] : [],
    ),
  ]);
}

export interface RightsSeedOptions {
  /** Also the invented grants of the demo. */
  readonly demo: boolean;
}

/** Puts in what is missing and leaves alone what is there: a right that was ended or moved since stays so. */
export async function seedRights(
  pool: Pool,
  catalogue: Catalogue,
  { demo }: RightsSeedOptions,
): Promise<void> {
  const grants = demo ? DEMO_GRANTS : [];
  checkGrants(grants, catalogue);
  await add(
    pool,
    "purpose",
    PURPOSES.map(({ legalBasis, ...purpose }) => ({ ...purpose, legal_basis: legalBasis })),
  );
  await add(
    pool,
    "stewardship",
    stewardshipSeeds(catalogue).map(({ dataset, field = null, kind }) => ({
      id: idOf("stewardship", dataset, field ?? ""),
      dataset,
      field,
      kind,
      starts_at: FROM,
    })),
  );
  await add(
    pool,
    "standing_right",
    STANDING_RIGHTS.map(({ except, ...right }) => ({
      id: idOf("standing", right.kind, right.over),
      ...right,
      except_kinds: except,
      starts_at: FROM,
    })),
  );
  await add(pool, "access_grant", grants.map(grantRow));
}

function grantRow({ legalBasis, grantedBy, from, until, ...grant }: GrantSeed) {
  const id = idOf("grant", grant.department, grant.purpose, grant.dataset, grant.level, grant.territory);
  return { id, ...grant, legal_basis: legalBasis, granted_by: grantedBy, starts_at: from, ends_at: until };
}

/** Rows by column names; those whose key is there already are left out. */
async function add(pool: Pool, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0] as object).join(", ");
  await pool.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** The same right has the same id in every hub, so that seeding twice adds nothing. */
function idOf(...parts: string[]): string {
  return uuidOf(parts.join("|"), NAMESPACE);
}

/** A grant of a field that no dataset declares would open nothing, silently. */
function checkGrants(grants: readonly GrantSeed[], catalogue: Catalogue): void {
  for (const grant of grants) {
    const dataset = catalogue.dataset(grant.dataset);
    for (const name of grant.fields) {
      const { sharing } = catalogue.field(dataset, name);
      if (sharing === "NOT_SHARED")
        throw new Error(`${dataset.name}.${name} is not shared and cannot be granted`);
    }
  }
}
