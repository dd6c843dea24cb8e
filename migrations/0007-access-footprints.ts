// What answers touched, kept once for all access records that say the same, which refer to it by its hash.
import { createHash } from "node:crypto";
import type { MigrationInterface, QueryRunner } from "typeorm";

interface Touched {
  dataset: string;
  fields: { field: string; level: string; territories: string[] }[];
}

/** All but what a record says of what was touched. */
const COLUMNS = `id, seq, at, request_id, subject, department, app, purpose, operation, document, rows, suppressed, grants,
  cost, outcome, code, milliseconds`;

const table = (department: string, touched: string, key: string) => `
  CREATE TABLE access_record (
    id uuid NOT NULL,
    -- Order of arrival, for the chain that will cover the records. A rolled-back insert leaves a gap.
    seq bigint NOT NULL DEFAULT nextval('access_record_seq'),
    at timestamptz NOT NULL,
    request_id text NOT NULL,
    subject text NOT NULL,
    ${department} NOT NULL,
    app text,
    purpose text,
    operation text,
    document bytea,
    ${touched} NOT NULL,
    rows integer NOT NULL,
    suppressed integer NOT NULL,
    grants text[] NOT NULL,
    cost integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('ANSWERED', 'REFUSED')),
    code text CHECK (outcome = 'ANSWERED' OR code IS NOT NULL),
    milliseconds integer NOT NULL,
    PRIMARY KEY (${key})
  ) PARTITION BY RANGE (at)`;

const keptRows = (name: string) =>
  `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION access_record_kept()`;
const kept = (name: string) =>
  `CREATE TRIGGER kept BEFORE TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION access_record_kept()`;

/** A footprint stays when its records have gone after their years: it names nobody, and a process may still refer to it. */
const FOOTPRINT = `
  CREATE TABLE access_footprint (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 16),
    datasets jsonb NOT NULL
  )`;

/** Those that stand, this month's and the next two. Before the rows, which are taken in by their month. */
const PARTITIONS = `
  SELECT access_record_partition(day) FROM (
    SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM standing
    UNION SELECT (date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai') + make_interval(months => n))::date
      FROM generate_series(0, 2) AS n) AS months`;

export class AccessFootprints1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await setAside(runner, "SELECT * FROM access_record");
    await runner.query(FOOTPRINT);
    await runner.query(
      "CREATE INDEX access_footprint_datasets ON access_footprint USING gin (datasets jsonb_path_ops)",
    );
    await runner.query(keptRows("access_footprint"));
    await runner.query(kept("access_footprint"));
    await storeFootprints(runner);
    await runner.query(table('department text COLLATE "C"', "footprint bytea", "at, id"));
    await refill(runner, "footprint", "hash", "JOIN access_footprint USING (datasets)");
    await runner.query("CREATE INDEX access_record_department ON access_record (department, at, id)");
    await runner.query("CREATE INDEX access_record_footprint ON access_record (footprint, at, id)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await setAside(runner, "SELECT * FROM access_record JOIN access_footprint ON hash = footprint");
    await runner.query("DROP TABLE access_footprint");
    await runner.query(table("department text", "datasets jsonb", "id, at"));
    await refill(runner, "datasets", "datasets", "");
    await runner.query("CREATE INDEX access_record_at ON access_record (at, id)");
    await runner.query("CREATE INDEX access_record_department ON access_record (department, at, id)");
    await runner.query(
      "CREATE INDEX access_record_datasets ON access_record USING gin (datasets jsonb_path_ops)",
    );
  }
}

/** No column is changed in place: the records would be rewritten all the same, and every insert pay for the gap. */
async function setAside(runner: QueryRunner, records: string): Promise<void> {
  await runner.query("LOCK TABLE access_record IN ACCESS EXCLUSIVE MODE");
  await runner.query(`CREATE TEMPORARY TABLE standing ON COMMIT DROP AS ${records}`);
  await runner.query("ANALYZE standing");
  await runner.query("DROP TABLE access_record");
}

async function refill(runner: QueryRunner, column: string, value: string, join: string): Promise<void> {
  await runner.query(PARTITIONS);
  await runner.query(
    `INSERT INTO access_record (${COLUMNS}, ${column}) SELECT ${COLUMNS}, ${value} FROM standing ${join} ORDER BY at, id`,
  );
  const [{ lost }] = await runner.query(
    "SELECT (SELECT count(*) FROM standing) - (SELECT count(*) FROM access_record) AS lost",
  );
  if (lost !== "0") throw new Error(`${lost} access records would be lost: nothing is changed.`);
  await runner.query(keptRows("access_record"));
  await runner.query(kept("access_record"));
  await runner.query("DROP TABLE standing");
}

async function storeFootprints(runner: QueryRunner): Promise<void> {
  const found: { datasets: Touched[] }[] = await runner.query("SELECT DISTINCT datasets FROM standing");
  const footprints = found.map(({ datasets }) => ({ hash: `\\x${hashOf(datasets)}`, datasets }));
  await runner.query(
    "INSERT INTO access_footprint SELECT f.* FROM json_to_recordset($1::json) AS f(hash bytea, datasets jsonb)",
    [JSON.stringify(footprints)],
  );
}

/** As the recorder computes it: the first 16 bytes of the SHA-256, members in alphabetical order. */
function hashOf(touched: Touched[]): string {
  const canonical = touched.map(({ dataset, fields }) => ({
    dataset,
    fields: fields.map(({ field, level, territories }) => ({ field, level, territories })),
  }));
  return createHash("sha256").update(JSON.stringify(canonical)).digest().toString("hex", 0, 16);
}
