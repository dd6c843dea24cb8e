// Reads access records page by page, newest first, as far as a reach allows.
import type { Pool } from "pg";
import { Conditions } from "../database/conditions";
import { instantSql } from "../database/instant";
import { contains, nodesAbove } from "../declare";
import { HubError } from "../errors";
import type { Identity, RightsStore } from "../identity";
import {
  type Connection,
  connection,
  cursorOf,
  type ForwardPage,
  INSTANT,
  pageSize,
  placeIn,
  UUID,
} from "../read";
import type { ChainView } from "./chain";
import { type ChainStatus, readStatus } from "./chain/status";
import { concerns, type Reach, reachOf } from "./reach";
import type { AccessKind, TouchedDataset } from "./record";
import { placesOf, type RowAsking, type RowPlaces } from "./row-places";

export interface AccessLogFilter {
  readonly kind?: AccessKind | null;
  readonly department?: string | null;
  readonly dataset?: string | null;
  readonly purpose?: string | null;
  readonly requestId?: string | null;
  readonly outcome?: string | null;
  readonly code?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

export interface LoggedAccess {
  readonly id: string;
  readonly at: string;
  readonly requestId: string;
  /** Null for stewards: who in a department asked is for its auditors. */
  readonly subject: string | null;
  readonly department: string;
  readonly app: string | null;
  readonly purpose: string | null;
  /** Null where a request was refused unread, and in records from before there were kinds. */
  readonly kind: AccessKind | null;
  readonly registered: string | null;
  readonly operation: string | null;
  readonly documentHash: string | null;
  readonly datasets: readonly TouchedDataset[];
  readonly rows: number;
  readonly suppressed: number;
  readonly grants: readonly string[];
  readonly cost: number;
  readonly outcome: "ANSWERED" | "REFUSED";
  readonly code: string | null;
  readonly milliseconds: number;
  readonly cursor: string;
}

export interface AccessLog {
  /** Newest first, as far as this identity may read; of accesses that could have held a row, where one is given. */
  read(
    identity: Identity,
    filter: AccessLogFilter,
    page: ForwardPage,
    row?: { readonly id: string } & RowAsking,
  ): Promise<Connection<LoggedAccess>>;
  /** For the duties that watch over the log. */
  chainStatus(identity: Identity): Promise<ChainStatus>;
}

const UNSEEN = { view: (): ChainView => ({ published: {} }) };

export function createAccessLog(
  pool: Pool,
  rights: Pick<RightsStore, "current">,
  chain: { view(): ChainView } = UNSEEN,
): AccessLog {
  return {
    async read(identity, filter, page, row) {
      const reach = reachOf(identity, await rights.current(), new Date());
      const places = row && (await placesOf(row, row.id, identity, pool));
      if (places) refuseOthers(reach, places);
      return readAccessLog(pool, reach, { ...filter, places }, page);
    },
    chainStatus: (identity) => readStatus(pool, chain, identity),
  };
}

/** Who read a row is for the steward of its territory, and for auditors. */
function refuseOthers(reach: Reach, { dataset, territories }: RowPlaces): void {
  if (reach.is !== "provider") return;
  if (reach.datasets.includes(dataset) && territories.some((code) => contains(reach.range, code))) return;
  throw new HubError(
    "FORBIDDEN",
    "谁读取过一条记录，供其属地的数源部门和审计职责查询。Who read a row is told to the steward of its territory, and to auditors.",
  );
}

interface Asked extends AccessLogFilter {
  readonly places?: RowPlaces;
}

/** Records that are older than the grants of footprints keep their own. */
const GRANTS = "coalesce(access_record.grants, access_footprint.grants)";

const COLUMNS = `id, ${instantSql("at")} AS at,
  at::text AS instant, request_id AS "requestId", subject, department, app, purpose, kind, registered, operation,
  encode(document, 'hex') AS "documentHash", datasets, rows, suppressed,
  ${GRANTS} AS grants, cost, outcome, code, milliseconds`;

/** A record never lacks its footprint. The outer join is left out of the plan where nothing asks for what was touched. */
const RECORDS = "access_record LEFT JOIN access_footprint ON hash = footprint";

const touches = (datasets: readonly string[]) => datasets.map((dataset) => JSON.stringify([{ dataset }]));

async function readAccessLog(
  pool: Pool,
  reach: Reach,
  filter: Asked,
  { first, after }: ForwardPage,
): Promise<Connection<LoggedAccess>> {
  const size = pageSize(first);
  const where = conditionsOf(reach, filter);
  if (after) {
    const [at, id] = placeIn(after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<LoggedAccess & { instant: string }>(
    // Plain "at" would be the text of the answer, by which no index is in order.
    `SELECT ${COLUMNS} FROM ${RECORDS} WHERE ${where} ORDER BY access_record.at DESC, id DESC LIMIT ${size + 1}`,
    where.values,
  );
  const found = rows.map(({ instant, ...record }) =>
    shownTo(reach, { ...record, cursor: cursorOf([instant, record.id]) }),
  );
  const count = async () => {
    const all = conditionsOf(reach, filter);
    const counted = await pool.query(`SELECT count(*)::int AS n FROM ${RECORDS} WHERE ${all}`, all.values);
    return counted.rows[0].n as number;
  };
  return connection(found, { size, after }, ({ cursor }) => cursor, count);
}

function conditionsOf(reach: Reach, filter: Asked): Conditions {
  const where = new Conditions();
  within(where, narrowed(reach, filter));
  narrow(where, filter);
  return where;
}

function within(where: Conditions, reach: Reach): Conditions {
  const put = (value: unknown) => where.place(value);
  switch (reach.is) {
    case "territory": {
      const of = `split_part(department, '@', 2) COLLATE "C"`;
      return where.add(`${of} >= ${put(reach.range.from)} AND ${of} < ${put(reach.range.to)}`);
    }
    case "department":
      return where.add(`department = ${put(reach.code)}`);
    case "provider":
      return where.add(
        `datasets @> ANY (${put(touches(reach.datasets))}::jsonb[]) AND EXISTS (
          ${FIELDS}
          WHERE d ->> 'dataset' = ANY (${put(reach.datasets)}) AND f ->> 'level' <> 'NONE'
            AND (t COLLATE "C" >= ${put(reach.range.from)} AND t COLLATE "C" < ${put(reach.range.to)}
              OR t = ANY (${put(nodesAbove(reach.range.from))})))`,
      );
  }
}

/** Every field of a record's datasets with each of its territories. */
const FIELDS = `SELECT FROM jsonb_array_elements(datasets) AS d, jsonb_array_elements(d -> 'fields') AS f,
            jsonb_array_elements_text(f -> 'territories') AS t`;

/** A steward who asks for a dataset asks for what it may see of it, not whether a record names it beside others. */
function narrowed(reach: Reach, { dataset }: AccessLogFilter): Reach {
  return reach.is === "provider" && dataset
    ? { ...reach, datasets: reach.datasets.filter((own) => own === dataset) }
    : reach;
}

function narrow(where: Conditions, filter: Asked): void {
  const equal = {
    kind: filter.kind,
    department: filter.department,
    purpose: filter.purpose,
    request_id: filter.requestId,
    outcome: filter.outcome,
    code: filter.code,
  };
  const put = (value: unknown) => where.place(value);
  for (const [column, value] of Object.entries(equal)) if (value) where.add(`${column} = ${put(value)}`);
  if (filter.dataset) where.add(`datasets @> ANY (${put(touches([filter.dataset]))}::jsonb[])`);
  if (filter.places) couldHold(where, filter.places);
  if (filter.from) where.add(`at >= ${put(filter.from)}::timestamptz`);
  if (filter.until) where.add(`at < ${put(filter.until)}::timestamptz`);
}

/** A file that broke off may have brought rows that nobody counted. */
function couldHold(where: Conditions, { dataset, territories }: RowPlaces): void {
  const above = [...new Set(territories.flatMap(nodesAbove))];
  where.add(
    `outcome = 'ANSWERED' AND (rows > 0 OR kind = 'EXPORT' OR code = 'EXPORT_BEGUN')
        AND datasets @> ANY (${where.place(touches([dataset]))}::jsonb[]) AND EXISTS (
          ${FIELDS}
          WHERE d ->> 'dataset' = ${where.place(dataset)} AND f ->> 'level' IN ('MASKED', 'FULL')
            AND t = ANY (${where.place(above)}))`,
  );
}

/** A steward sees of a record only what concerns its own datasets in its own territory. */
function shownTo(reach: Reach, record: LoggedAccess): LoggedAccess {
  if (reach.is !== "provider") return record;
  const datasets = record.datasets
    .filter((d) => reach.datasets.includes(d.dataset))
    .map((d) => ({ ...d, fields: d.fields.filter((f) => f.level !== "NONE" && concerns(reach.range, f)) }))
    .filter((d) => d.fields.length > 0);
  return { ...record, subject: null, operation: null, documentHash: null, datasets };
}
