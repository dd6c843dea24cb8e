// Registered operations of apps with the steps that were taken with them, their use by day, and keys that run only these.
import type { MigrationInterface, QueryRunner } from "typeorm";

const OPERATIONS = `
CREATE TABLE app_operation (
  id uuid PRIMARY KEY,
  department text COLLATE "C" NOT NULL,
  app text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  -- SHA-256 of the normalised document, and of the text as its app has it.
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  source_hash text COLLATE "C" NOT NULL CHECK (source_hash ~ '^[0-9a-f]{64}$'),
  document text NOT NULL,
  purpose text COLLATE "C",
  description text NOT NULL CHECK (description <> ''),
  requests_per_day integer NOT NULL CHECK (requests_per_day > 0),
  rows_per_day integer NOT NULL CHECK (rows_per_day > 0),
  -- What the approver is shown, and the same as bounds on every decision that the operation runs under.
  summary jsonb NOT NULL,
  bounds jsonb NOT NULL,
  registered_at timestamptz NOT NULL,
  -- Moved by transitions alone, as the triggers below see to.
  state text COLLATE "C" NOT NULL DEFAULT 'NEW',
  seq integer NOT NULL DEFAULT 0,
  UNIQUE (department, app, name, version)
);
CREATE INDEX app_operation_registered ON app_operation (registered_at, id);

CREATE TABLE app_operation_transition (
  operation uuid NOT NULL REFERENCES app_operation (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C",
  to_state text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  reason text,
  -- Digest of the summary and bounds that the actor was shown.
  shown text COLLATE "C" NOT NULL CHECK (shown ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (operation, seq),
  CONSTRAINT app_operation_transition_step CHECK (
    (act, coalesce(from_state, ''), to_state, duty) IN (
      ('REGISTER', '', 'REGISTERED', 'read'), ('REGISTER', '', 'REGISTERED', 'steward'),
      ('APPROVE', 'REGISTERED', 'APPROVED', 'approve'),
      ('REFUSE', 'REGISTERED', 'REFUSED', 'approve'),
      ('RETIRE', 'REGISTERED', 'RETIRED', 'read'), ('RETIRE', 'REGISTERED', 'RETIRED', 'steward'),
      ('RETIRE', 'REGISTERED', 'RETIRED', 'approve'), ('RETIRE', 'REGISTERED', 'RETIRED', 'security'),
      ('RETIRE', 'APPROVED', 'RETIRED', 'read'), ('RETIRE', 'APPROVED', 'RETIRED', 'steward'),
      ('RETIRE', 'APPROVED', 'RETIRED', 'approve'), ('RETIRE', 'APPROVED', 'RETIRED', 'security'))
    AND (from_state IS NULL) = (seq = 1)),
  CONSTRAINT app_operation_transition_reason
    CHECK (act NOT IN ('REFUSE', 'RETIRE') OR coalesce(btrim(reason), '') <> '')
);

CREATE FUNCTION app_operation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the transition's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{state,seq}'::text[] = to_jsonb(NEW) - '{state,seq}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a registered operation is what was approved: another version is registered anew'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION app_operation_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE app_operation SET state = NEW.to_state, seq = NEW.seq
    WHERE id = NEW.operation AND seq = NEW.seq - 1 AND state = coalesce(NEW.from_state, 'NEW');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the step does not start where the operation stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON app_operation_transition
  FOR EACH ROW EXECUTE FUNCTION app_operation_moves();

CREATE FUNCTION app_operation_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'NEW' OR NEW.seq <> 0 THEN
    RAISE EXCEPTION 'an operation begins with its registration' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON app_operation
  FOR EACH ROW EXECUTE FUNCTION app_operation_begins();

-- What is taken away works at once everywhere, as rights do: a statement that is under way is decided anew.
CREATE TRIGGER epoch AFTER INSERT ON app_operation_transition
  FOR EACH ROW WHEN (NEW.act = 'RETIRE') EXECUTE FUNCTION bump_grant_epoch();

-- A counter, not evidence: the access log is.
CREATE TABLE app_operation_use (
  operation uuid NOT NULL REFERENCES app_operation (id),
  day date NOT NULL,
  requests integer NOT NULL DEFAULT 0,
  rows bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (operation, day)
);
`;

const KEPT = ["app_operation", "app_operation_transition"];

export class RegisteredOperations1795378000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE app_key ADD registered_only boolean NOT NULL DEFAULT false");
    await runner.query(OPERATIONS);
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION app_operation_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION app_operation_kept()`,
      );
    }
  }

  /** Refused where there are operations, whose approvals are kept, and where a key would come to run more than it may. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query(
      `SELECT EXISTS (SELECT FROM app_operation)
         OR EXISTS (SELECT FROM app_key WHERE registered_only AND expires_at > now()) AS found`,
    );
    if (found)
      throw new Error("There are registered operations or keys bound to them: this step is not undone.");
    await runner.query("DROP TABLE app_operation_use, app_operation_transition, app_operation");
    await runner.query("DROP FUNCTION app_operation_kept(), app_operation_moves(), app_operation_begins()");
    await runner.query("ALTER TABLE app_key DROP registered_only");
  }
}
