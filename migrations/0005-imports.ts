// The jobs of imports, from which they go on after a kill, and the rows they refused.
import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = `
CREATE TABLE import_job (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  file_hash text COLLATE "C" NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_bytes bigint NOT NULL,
  mode text COLLATE "C" NOT NULL CHECK (mode IN ('ROWS', 'ALL_OR_NOTHING')),
  dry_run boolean NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('RUNNING', 'STOPPED', 'DONE', 'REFUSED', 'FAILED')),
  reason text,
  department text COLLATE "C" NOT NULL,
  started_by text COLLATE "C" NOT NULL,
  -- Rows of the file that are dealt with for good: an import that goes on passes over as many.
  rows_read integer NOT NULL DEFAULT 0,
  rows_new integer NOT NULL DEFAULT 0,
  rows_changed integer NOT NULL DEFAULT 0,
  rows_unchanged integer NOT NULL DEFAULT 0,
  rows_refused integer NOT NULL DEFAULT 0,
  last_line integer NOT NULL DEFAULT 0,
  progress real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz
);
CREATE INDEX import_job_file ON import_job (dataset, file_hash, started_at);

-- Line and reasons alone: the values stay in the file of whoever sent it.
CREATE TABLE import_refusal (
  job uuid NOT NULL REFERENCES import_job (id) ON DELETE CASCADE,
  line integer NOT NULL,
  problems jsonb NOT NULL,
  PRIMARY KEY (job, line)
);
`;

export class Imports1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE import_refusal, import_job");
  }
}
