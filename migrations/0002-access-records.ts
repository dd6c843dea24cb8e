// The access records: one row for each operation, in monthly partitions, to which rows are only ever added.
import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLE = `
  CREATE TABLE access_record (
    id uuid NOT NULL,
    -- Order of arrival, for the chain that will cover the records. A rolled-back insert leaves a gap.
    seq bigint NOT NULL DEFAULT nextval('access_record_seq'),
    at timestamptz NOT NULL,
    request_id text NOT NULL,
    subject text NOT NULL,
    department text NOT NULL,
    app text,
    purpose text,
    operation text,
    document bytea,
    datasets jsonb NOT NULL,
    rows integer NOT NULL,
    suppressed integer NOT NULL,
    grants text[] NOT NULL,
    cost integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('ANSWERED', 'REFUSED')),
    code text CHECK (outcome = 'ANSWERED' OR code IS NOT NULL),
    milliseconds integer NOT NULL,
    PRIMARY KEY (id, at)
  ) PARTITION BY RANGE (at)`;

const PARTITION = `
  CREATE FUNCTION access_record_partition(day date) RETURNS text LANGUAGE plpgsql AS $body$
  DECLARE
    first date := date_trunc('month', day);
    name text := 'access_record_' || to_char(first, 'YYYYMM');
    starts text := to_char(first, 'YYYY-MM-DD') || ' 00:00:00+08';
    ends text := to_char(first + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+08';
  BEGIN
    IF to_regclass(name) IS NOT NULL THEN RETURN name; END IF;
    -- Two hubs may see the same month begin.
    PERFORM pg_advisory_xact_lock(hashtext('community-hub access_record_partition'));
    IF to_regclass(name) IS NOT NULL THEN RETURN name; END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF access_record FOR VALUES FROM (%L) TO (%L)', name, starts, ends);
    EXECUTE format(
      'CREATE TRIGGER kept BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION access_record_kept()', name);
    RETURN name;
  END $body$`;

const KEPT = `
  CREATE FUNCTION access_record_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    RAISE EXCEPTION 'access records are only added to, never changed' USING ERRCODE = 'insufficient_privilege';
  END $body$`;

export class AccessRecords1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE SEQUENCE access_record_seq");
    await runner.query(TABLE);
    await runner.query("CREATE INDEX access_record_at ON access_record (at, id)");
    await runner.query("CREATE INDEX access_record_department ON access_record (department, at, id)");
    await runner.query(
      "CREATE INDEX access_record_datasets ON access_record USING gin (datasets jsonb_path_ops)",
    );
    await runner.query(KEPT);
    await runner.query(
      "CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON access_record FOR EACH ROW EXECUTE FUNCTION access_record_kept()",
    );
    await runner.query(
      "CREATE TRIGGER kept BEFORE TRUNCATE ON access_record FOR EACH STATEMENT EXECUTE FUNCTION access_record_kept()",
    );
    await runner.query(PARTITION);
    await runner.query(
      "SELECT access_record_partition((now() + make_interval(months => n))::date) FROM generate_series(0, 2) AS n",
    );
  }

  /** Refused where there are records: they are kept for at least three years. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM access_record) AS found");
    if (found) throw new Error("There are access records, which must be kept: this step is not undone.");
    await runner.query("DROP TABLE access_record");
    await runner.query("DROP FUNCTION access_record_partition(date)");
    await runner.query("DROP FUNCTION access_record_kept()");
    await runner.query("DROP SEQUENCE access_record_seq");
  }
}
