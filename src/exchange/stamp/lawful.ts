/** Whether a department may still hold what it read: the right of then beside the rights of now. */
import type { Pool } from "pg";
import { decideIn, levelAt, rightOf } from "../../access";
import { type Catalogue, type Code, type Level, reaches } from "../../declare";
import { departmentOf, type Identity, type Rights } from "../../identity";
import type { Stamp } from "./stamp";

/** A field that is no longer held as it was read. */
export interface Lost {
  readonly dataset: string;
  readonly field: string;
  readonly territory: string;
  readonly was: Level;
  readonly now: Level;
}

/** A grant by which the file was read, and that is over. */
export interface EndedGrant {
  readonly id: string;
  readonly department: string;
  readonly purpose: string;
  readonly legalBasis: string;
  /** What became of it: EXPIRED, SUSPENDED, REVOKED, RELINQUISHED, DISPOSED, RECODED. */
  readonly state: string;
  readonly endedAt: string;
}

export interface Standing {
  /** Everything is still held at the level at which it was read. */
  readonly lawful: boolean;
  readonly lost: readonly Lost[];
  readonly ended: readonly EndedGrant[];
}

interface Touched {
  readonly dataset: string;
  readonly fields: readonly {
    readonly field: string;
    readonly level: Level;
    readonly territories: readonly Code[];
  }[];
}

/** Once it is disposed of, it had ended before: the first act that took it out of force tells when. */
const ENDED = `
  SELECT g.id, g.department, g.purpose, g.legal_basis AS "legalBasis",
      CASE WHEN g.state = 'ACTIVE' THEN 'EXPIRED' ELSE g.state END AS state,
      to_char(least(g.ends_at, (SELECT min(a.at) FROM access_grant_act a WHERE a.grant_id = g.id
          AND a.seq > coalesce((SELECT max(b.seq) FROM access_grant_act b WHERE b.grant_id = g.id AND b.to_state = 'ACTIVE'), 0)))
        AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"') AS "endedAt"
    FROM access_grant g WHERE g.id::text = ANY ($1) AND (g.state <> 'ACTIVE' OR g.ends_at <= $2) ORDER BY g.id`;

/** An ended grant is no fault where another right has taken its place. */
export async function standingOf(
  { catalogue, pool, rights, at }: { catalogue: Catalogue; pool: Pool; rights: Rights; at: Date },
  stamp: Stamp,
): Promise<Standing> {
  const touched = await pool.query<{ datasets: Touched[] }>(
    "SELECT datasets FROM access_footprint WHERE hash = decode($1, 'hex')",
    [stamp.right.fingerprint],
  );
  const department = departmentOf(stamp.department);
  const datasets = touched.rows[0]?.datasets;
  if (!department || !datasets) throw new Error(`nothing tells what ${stamp.record} was read by`);
  const identity: Identity = {
    subject: "stamp",
    department,
    duties: ["read"],
    purpose: stamp.purpose ?? undefined,
  };
  const lost = datasets.flatMap((one) => lostIn(catalogue, one, identity, rights, at));
  const { rows } = await pool.query<EndedGrant>(ENDED, [stamp.right.grants, at]);
  return { lawful: lost.length === 0, lost, ended: rows };
}

function lostIn(
  catalogue: Catalogue,
  { dataset, fields }: Touched,
  identity: Identity,
  rights: Rights,
  at: Date,
): Lost[] {
  const known = catalogue.find(dataset);
  if (!known)
    return fields.map(({ field, level }) => ({ dataset, field, territory: "", was: level, now: "NONE" }));
  const decision = decideIn(catalogue, dataset, identity, rights, at);
  return fields.flatMap(({ field, level, territories }) =>
    territories.flatMap((territory) => {
      const now = levelAt(rightOf(decision, field), territory);
      return reaches(now, level) ? [] : [{ dataset, field, territory, was: level, now }];
    }),
  );
}
