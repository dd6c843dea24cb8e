// Tables of the rights store: stewardship, standing rights, grants, purposes, app keys, and the epoch they share.
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tables whose every change makes all decisions made before it too old to answer (semantics 7). */
const RIGHTS = ["stewardship", "standing_right", "access_grant", "purpose"];

const TABLES = `
CREATE TABLE purpose (
  code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[a-z]+(-[a-z]+)*$'),
  zh text NOT NULL,
  en text NOT NULL,
  legal_basis text NOT NULL
);

CREATE TABLE stewardship (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  dataset text COLLATE "C" NOT NULL,
  field text COLLATE "C",
  kind text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  CONSTRAINT stewardship_dates CHECK (ends_at > starts_at)
);

CREATE TABLE standing_right (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind text COLLATE "C" NOT NULL,
  except_kinds text[] NOT NULL DEFAULT '{}',
  over text COLLATE "C" NOT NULL CHECK (over IN ('UNCONDITIONAL', 'CONDITIONAL', 'AGGREGATE_OPEN')),
  level text COLLATE "C" NOT NULL CHECK (level IN ('AGGREGATE', 'MASKED', 'FULL')),
  scope text COLLATE "C" NOT NULL CHECK (scope IN ('CITY', 'OWN')),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  CONSTRAINT standing_right_dates CHECK (ends_at > starts_at)
);

CREATE TABLE access_grant (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  department text COLLATE "C" NOT NULL,
  dataset text COLLATE "C" NOT NULL,
  fields text[] NOT NULL DEFAULT '{}',
  level text COLLATE "C" NOT NULL CHECK (level IN ('AGGREGATE', 'MASKED', 'FULL')),
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  purpose text COLLATE "C" NOT NULL REFERENCES purpose (code),
  legal_basis text NOT NULL,
  granted_by text COLLATE "C" NOT NULL,
  request uuid,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT access_grant_dates CHECK (ends_at > starts_at)
);
CREATE INDEX access_grant_department ON access_grant (department, dataset);

CREATE TABLE app_key (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-z]{16}$'),
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  app text COLLATE "C" NOT NULL,
  department text COLLATE "C" NOT NULL,
  duties text[] NOT NULL,
  purpose text COLLATE "C" REFERENCES purpose (code),
  issued_by text COLLATE "C" NOT NULL,
  issued_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  replaces text COLLATE "C" REFERENCES app_key (id)
);

CREATE TABLE grant_epoch (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  epoch bigint NOT NULL
);
INSERT INTO grant_epoch VALUES (1, 1);

-- The update locks the one row: changes of rights are committed one after another, so the epoch only grows.
CREATE FUNCTION bump_grant_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moved bigint;
BEGIN
  UPDATE grant_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO moved;
  PERFORM pg_notify('grant_epoch', moved::text);
  RETURN NULL;
END $$;
`;

export class Bookkeeping1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of RIGHTS)
      await runner.query(
        `CREATE TRIGGER ${table}_epoch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION bump_grant_epoch()`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      "DROP TABLE app_key, access_grant, standing_right, stewardship, purpose, grant_epoch; DROP FUNCTION bump_grant_epoch()",
    );
  }
}
