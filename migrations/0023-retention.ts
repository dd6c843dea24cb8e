// Rules of how long rows are kept, what holds single rows back, and the runs that deleted or froze what was due.
import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = `
CREATE TABLE retention_rule (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  -- The day field, or the instant, that starts the clock.
  starts text COLLATE "C" NOT NULL,
  months integer NOT NULL CHECK (months BETWEEN 0 AND 1200),
  act text COLLATE "C" NOT NULL CHECK (act IN ('DELETE', 'FREEZE')),
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  basis text NOT NULL CHECK (btrim(basis) <> ''),
  in_force_from date NOT NULL,
  in_force_until date CHECK (in_force_until >= in_force_from),
  department text COLLATE "C" NOT NULL,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  ended_by text,
  ended_at timestamptz,
  end_reason text,
  -- Whatever an office decides: access records stay for three years.
  CONSTRAINT retention_rule_of_records CHECK (dataset <> 'accessRecord' OR (act = 'DELETE' AND months >= 36))
);
CREATE INDEX retention_rule_dataset ON retention_rule (dataset);

-- What an open case, a lawsuit or an inquiry holds back.
CREATE TABLE retention_hold (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  row_id uuid NOT NULL,
  -- Of the row when it was placed.
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  department text COLLATE "C" NOT NULL,
  placed_by text NOT NULL,
  placed_at timestamptz NOT NULL,
  -- Sealed: it may say who the person is.
  reason bytea NOT NULL,
  lifted_by text,
  lifted_at timestamptz,
  lift_reason bytea
);
CREATE UNIQUE INDEX retention_hold_once ON retention_hold (row_id, department) WHERE lifted_at IS NULL;
CREATE INDEX retention_hold_placed ON retention_hold (placed_at, id);
CREATE INDEX retention_hold_department ON retention_hold (department, placed_at, id);

CREATE TABLE retention_run (
  id uuid PRIMARY KEY,
  -- In Shanghai, by the hub's clock.
  day date NOT NULL,
  origin text COLLATE "C" NOT NULL CHECK (origin IN ('TIMER', 'COMMAND')),
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  -- Null where it was killed: the next run goes on from there.
  ended_at timestamptz
);
CREATE INDEX retention_run_started ON retention_run (started_at, id);

-- Each is the act record of one transaction.
CREATE TABLE retention_batch (
  run uuid NOT NULL REFERENCES retention_run (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  -- Id of the rule, or "declared:<dataset>".
  rule text COLLATE "C" NOT NULL,
  basis text NOT NULL,
  dataset text COLLATE "C" NOT NULL,
  act text COLLATE "C" NOT NULL CHECK (act IN ('DELETE', 'FREEZE')),
  rows integer NOT NULL CHECK (rows > 0),
  -- Keyed hashes of the business keys: of no use without the hub's master key.
  keys bytea[] NOT NULL,
  -- The month of access records that went.
  month date,
  PRIMARY KEY (run, seq)
);
CREATE INDEX retention_batch_dataset ON retention_batch (dataset);

CREATE TABLE retention_held (
  run uuid NOT NULL REFERENCES retention_run (id),
  rule text COLLATE "C" NOT NULL,
  dataset text COLLATE "C" NOT NULL,
  why text COLLATE "C" NOT NULL,
  rows integer NOT NULL CHECK (rows > 0),
  -- Of access records: what stands in the way.
  note text,
  PRIMARY KEY (run, rule, why)
);

CREATE FUNCTION retention_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closing text[] := CASE TG_TABLE_NAME
    WHEN 'retention_rule' THEN '{in_force_until,ended_by,ended_at,end_reason}'
    WHEN 'retention_hold' THEN '{lifted_by,lifted_at,lift_reason}'
    WHEN 'retention_run' THEN '{ended_at}' ELSE '{}' END;
  closed text := closing[CASE WHEN TG_TABLE_NAME = 'retention_run' THEN 1 WHEN TG_TABLE_NAME = 'retention_rule' THEN 3 ELSE 2 END];
BEGIN
  IF TG_OP = 'UPDATE' AND closed IS NOT NULL AND to_jsonb(OLD) ->> closed IS NULL AND to_jsonb(NEW) ->> closed IS NOT NULL
     AND to_jsonb(OLD) - closing = to_jsonb(NEW) - closing THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'retention_hold' AND erased_texts_only(to_jsonb(OLD), to_jsonb(NEW),
       '{reason,lift_reason}', to_jsonb(OLD)->>'dataset', (to_jsonb(OLD)->>'row_id')::uuid) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what was decided and done about retention is closed once, and never changed'
    USING ERRCODE = 'insufficient_privilege';
END $$;
`;

const KEPT = ["retention_rule", "retention_hold", "retention_run", "retention_batch", "retention_held"];

export class Retention1795383000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION retention_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION retention_kept()`,
      );
    }
  }

  /** Refused where something was decided or done: it is evidence. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query(`
      SELECT EXISTS (SELECT FROM retention_rule) OR EXISTS (SELECT FROM retention_hold)
        OR EXISTS (SELECT FROM retention_run) AS found`);
    if (found)
      throw new Error("There are rules and runs of retention, which must be kept: this step is not undone.");
    await runner.query(
      "DROP TABLE retention_held, retention_batch, retention_run, retention_hold, retention_rule",
    );
    await runner.query("DROP FUNCTION retention_kept()");
  }
}
