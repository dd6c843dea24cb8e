/** Re-codes rows, departments and rights after a division change: one transaction, all or nothing, with history (semantics 8). */
import type { Pool, PoolClient } from "pg";
import type { Catalogue, DatasetEntry } from "../../declare";
import { HubError } from "../../errors";
import { type Moved, moveRights } from "../../identity";
import { SystemRows } from "../../read";
import { isRegister } from "../check";
import { importLock } from "../import/job";
import { at, type Change, parentOf, refuseLines } from "./change";
import { codeColumns } from "./columns";
import { splits, treeProblems } from "./judge";
import { inhabited, recodeRows, retireDivisions, unlessTaken } from "./rows";

export interface RecodeParts {
  readonly catalogue: Catalogue;
  /** Statements last as long as a dataset: minutes, not seconds. */
  readonly pool: Pool;
}

export interface RecodeRequest {
  readonly changes: readonly Change[];
  /** Account that makes the change. */
  readonly by: string;
  /** Does everything and takes it back. */
  readonly dryRun?: boolean;
  /** Records the act, on the connection and in the transaction of the change. */
  readonly record: (client: PoolClient, done: Recoded) => Promise<void>;
}

/** What became of one dataset. */
export interface RecodedDataset {
  readonly dataset: string;
  /** Fields that hold codes. */
  readonly fields: readonly string[];
  readonly rows: number;
  /** Rows that break a rule of their dataset since, by the rule's code: their steward corrects them. */
  readonly toCorrect: Readonly<Record<string, number>>;
}

export interface Recoded extends Moved {
  readonly datasets: readonly RecodedDataset[];
  /** Divisions taken out of use. */
  readonly divisions: number;
  /** Requests for access that wait for an answer and name an old code: they are filed anew. */
  readonly requests: number;
  /** Rows of registers that still speak of an old code, by dataset. */
  readonly left: Readonly<Record<string, number>>;
}

export async function recode(parts: RecodeParts, request: RecodeRequest): Promise<Recoded> {
  const client = await parts.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    await holdAll(client, parts.catalogue.kept);
    const done = await recodeAll(client, parts.catalogue, request);
    await request.record(client, done);
    await client.query(request.dryRun ? "ROLLBACK" : "COMMIT");
    return done;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Writers hold the epoch while they write: they wait here, then find it moved and decide anew. Rights first, as whoever
 * changes them does; an import judges rows long before it writes them and must not run at the same time.
 */
async function holdAll(client: PoolClient, datasets: readonly DatasetEntry[]): Promise<void> {
  await client.query("LOCK TABLE access_grant, app_key IN SHARE ROW EXCLUSIVE MODE");
  await client.query("UPDATE grant_epoch SET epoch = epoch + 1 WHERE id = 1");
  for (const { name } of datasets) {
    const sql = `SELECT pg_try_advisory_xact_lock(${importLock("$1")}) AS held`;
    const { rows } = await client.query<{ held: boolean }>(sql, [name]);
    if (!rows[0]?.held)
      throw new HubError("UNAVAILABLE", `${name} 正在导入，请等它结束。An import of ${name} is running.`);
  }
}

async function recodeAll(client: PoolClient, catalogue: Catalogue, request: RecodeRequest): Promise<Recoded> {
  const { changes } = request;
  const system = new SystemRows(catalogue, client, "division change");
  const by = signatureOf(request);
  await refuseSplits(client, catalogue, system, changes);
  refuseLines(await treeProblems(system, changes));
  await keepChanges(client, changes);
  const merged = await inhabited(system, withCodes(catalogue), changes);
  const datasets = await recodeDatasets(client, catalogue, system, by);
  const divisions = await retireDivisions(client, catalogue.dataset("division"), by);
  const moves = changes.map(({ from, to }) => ({ from, to, merged: merged.has(to) }));
  return {
    datasets,
    divisions,
    requests: await openRequests(client, changes),
    left: await stillOld(system, changes),
    ...(await moveRights(client, moves)),
  };
}

const withCodes = (catalogue: Catalogue) => catalogue.kept.filter((dataset) => !isRegister(dataset));

/** Which row of a split goes where only a person can say; how many there are is told by touching them, to be taken back. */
async function refuseSplits(
  client: PoolClient,
  catalogue: Catalogue,
  system: SystemRows,
  changes: readonly Change[],
): Promise<void> {
  const split = splits(changes);
  if (split.length === 0) return;
  await keepChanges(client, same(split));
  const touched = await recodeDatasets(client, catalogue, system, "split");
  refuseLines([
    ...split.map((one) => at(one, "一个代码分为几个，须逐行决定。A split is decided row by row, not here")),
    ...touched.map(({ dataset, rows }) => `${dataset}：${rows} 行 rows`),
  ]);
}

/** Each old code once, to itself. */
function same(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.from, { ...change, to: change.from }])).values()];
}

/** All datasets with rows at the codes of `keepChanges`; refuses with all whose business keys would meet. */
async function recodeDatasets(
  client: PoolClient,
  catalogue: Catalogue,
  system: SystemRows,
  by: string,
): Promise<RecodedDataset[]> {
  const done: RecodedDataset[] = [];
  const taken: string[] = [];
  for (const dataset of withCodes(catalogue)) {
    const columns = codeColumns(catalogue, dataset);
    const work = () => recodeRows(client, system, dataset, columns, by);
    const recoded = await unlessTaken(client, dataset, work);
    if (!recoded) taken.push(dataset.name);
    else if (recoded.rows > 0) done.push(recoded);
  }
  refuseLines(
    taken.map(
      (name) =>
        `${name}：有记录的业务主键将与他行相同，请先由数源部门停用或者改号。Business keys would be taken twice: its steward retires or renumbers those rows first`,
    ),
  );
  return done;
}

async function keepChanges(client: PoolClient, changes: readonly Change[]): Promise<void> {
  const names = ["old", "new", "above", "new_above"];
  const codes = names.map((name) => `${name} text COLLATE "C" NOT NULL`).join(", ");
  await client.query(
    `CREATE TEMP TABLE division_change (${codes}, valid_from date NOT NULL, basis text NOT NULL, PRIMARY KEY (old)) ON COMMIT DROP`,
  );
  const columns: ((change: Change) => string)[] = [
    ({ from }) => from,
    ({ to }) => to,
    ({ from }) => parentOf(from),
    ({ to }) => parentOf(to),
    ({ validFrom }) => validFrom,
    ({ basis }) => basis,
  ];
  await client.query(
    `INSERT INTO pg_temp.division_change
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[])`,
    columns.map((column) => changes.map(column)),
  );
  await client.query("ANALYZE pg_temp.division_change");
}

/** Who and why, as `changedBy` keeps it: of several decisions the division tree has each. */
function signatureOf({ by, changes }: RecodeRequest): string {
  return `system/${by}：${[...new Set(changes.map(({ basis }) => basis))].join("、")}`.slice(0, 160);
}

/** What was asked is kept as it was asked: nothing can be granted at an old code, nor answered by a department that is gone. */
async function openRequests(client: PoolClient, changes: readonly Change[]): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM access_request r
      WHERE EXISTS (SELECT FROM access_request_step s WHERE s.from_state = r.state AND s.act = 'LAPSE')
        AND (r.state <> 'GRANTED' OR r.due IS NOT NULL)
        AND (EXISTS (SELECT FROM access_request_item i WHERE i.request = r.id AND i.territory = ANY ($1))
          OR split_part(r.requester, '@', 2) = ANY ($1) OR split_part(r.provider, '@', 2) = ANY ($1)
          OR split_part(r.authority, '@', 2) = ANY ($1) OR split_part(r.superior, '@', 2) = ANY ($1))`,
    [changes.map(({ from }) => from)],
  );
  return rows[0]?.n ?? 0;
}

/** Registers describe codes, past ones too; those in use that lie at an old code are for their stewards to look at. */
async function stillOld(system: SystemRows, changes: readonly Change[]): Promise<Record<string, number>> {
  const codes = changes.map(({ from }) => from);
  const left: Record<string, number> = {};
  for (const { name, fields } of system.catalogue.kept.filter(isRegister)) {
    const plain = fields.filter((f) => f.check === "division" || f.check === "divisionCode");
    const where = { or: plain.map((f) => ({ [f.name]: { in: codes } })) };
    const { length } = await system.select({ dataset: name, fields: ["territory"], where });
    if (length > 0) left[name] = length;
  }
  return left;
}
