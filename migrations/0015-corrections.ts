// Corrections that users of data ask for, with their transitions; what they say of values is sealed by the hub's cipher.
import type { MigrationInterface, QueryRunner } from "typeorm";

const OPEN = ["RECEIVED", "VERIFYING", "ACCEPTED"];

/** Every step that a correction can take: act, from, to, whose it is. A program that knows more steps brings a migration. */
const STEPS = [
  ...["steward", "decide"].flatMap((duty) => [
    `VERIFY RECEIVED VERIFYING provider ${duty}`,
    `ACCEPT RECEIVED ACCEPTED provider ${duty}`,
    `ACCEPT VERIFYING ACCEPTED provider ${duty}`,
    ...OPEN.map((state) => `REJECT ${state} REJECTED provider ${duty}`),
  ]),
  ...OPEN.flatMap((state) => [
    `CORRECT ${state} CORRECTED provider steward`,
    `CORRECT ${state} CORRECTED hub system`,
    `RETIRE ${state} RETIRED provider steward`,
    `RETIRE ${state} RETIRED hub system`,
    `WITHDRAW ${state} WITHDRAWN requester read`,
    `URGE ${state} ${state} authority decide`,
    `RECKON ${state} ${state} hub system`,
  ]),
];

const TABLES = `
CREATE TABLE correction_step (
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  PRIMARY KEY (act, from_state, party, duty),
  UNIQUE (act, from_state, to_state, party, duty)
);

CREATE TABLE correction (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  row_id uuid NOT NULL,
  field text COLLATE "C" NOT NULL,
  -- Of the row when the correction was asked for.
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  requester text COLLATE "C" NOT NULL,
  provider text COLLATE "C" NOT NULL,
  authority text COLLATE "C" NOT NULL,
  -- Sealed, whatever the field: a reason may repeat what the value says.
  found bytea NOT NULL,
  proposed bytea NOT NULL,
  evidence bytea NOT NULL,
  reason bytea NOT NULL,
  usage bytea,
  filed_at timestamptz NOT NULL,
  -- Moved by transitions alone, as the triggers below see to.
  state text COLLATE "C" NOT NULL DEFAULT 'NEW',
  seq integer NOT NULL DEFAULT 0,
  due timestamptz,
  outcome text COLLATE "C",
  open boolean NOT NULL GENERATED ALWAYS AS (state IN ('NEW', 'RECEIVED', 'VERIFYING', 'ACCEPTED')) STORED
);
CREATE UNIQUE INDEX correction_open_once ON correction (row_id, field, requester) WHERE open;
CREATE INDEX correction_row ON correction (row_id, filed_at);
CREATE INDEX correction_filed ON correction (filed_at, id);
CREATE INDEX correction_requester ON correction (requester, filed_at, id);
CREATE INDEX correction_provider ON correction (provider, filed_at, id);
CREATE INDEX correction_authority ON correction (authority, filed_at, id);
CREATE INDEX correction_due ON correction (due) WHERE due IS NOT NULL;

CREATE TABLE correction_transition (
  correction uuid NOT NULL REFERENCES correction (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C",
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('requester', 'provider', 'authority', 'hub')),
  duty text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  reason bytea,
  outcome text COLLATE "C",
  -- The row's version that the act found, and the one that it left.
  version_before integer NOT NULL CHECK (version_before > 0),
  version_after integer NOT NULL CHECK (version_after >= version_before),
  deadline_rule uuid REFERENCES deadline_rule (id),
  due timestamptz,
  PRIMARY KEY (correction, seq),
  -- Without a state to start from there is only the filing; the key below asks nothing of it.
  CONSTRAINT correction_transition_filing
    CHECK ((from_state IS NULL) = (seq = 1) AND (seq > 1 OR act = 'REQUEST' AND to_state = 'RECEIVED')),
  CONSTRAINT correction_transition_reason CHECK (act NOT IN ('REJECT', 'URGE') OR reason IS NOT NULL),
  CONSTRAINT correction_transition_outcome
    CHECK (CASE WHEN to_state = 'CORRECTED' THEN coalesce(outcome IN ('AS_PROPOSED', 'OTHERWISE'), false)
                ELSE outcome IS NULL END),
  CONSTRAINT correction_transition_step FOREIGN KEY (act, from_state, to_state, party, duty)
    REFERENCES correction_step (act, from_state, to_state, party, duty)
);

CREATE FUNCTION deadline_rule_used_by_corrections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'ends_at' <> to_jsonb(NEW) - 'ends_at'
     AND EXISTS (SELECT FROM correction_transition WHERE deadline_rule = OLD.id) THEN
    RAISE EXCEPTION 'a deadline rule that was used may only end' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER used_by_corrections BEFORE UPDATE ON deadline_rule
  FOR EACH ROW EXECUTE FUNCTION deadline_rule_used_by_corrections();

CREATE FUNCTION correction_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the transition's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{state,seq,due,outcome,open}'::text[] = to_jsonb(NEW) - '{state,seq,due,outcome,open}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'corrections change by transitions alone, and transitions not at all'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION correction_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE correction SET state = NEW.to_state, seq = NEW.seq, due = NEW.due, outcome = NEW.outcome
    WHERE id = NEW.correction AND seq = NEW.seq - 1
      AND (NEW.seq = 1 AND NEW.from_state IS NULL OR state = NEW.from_state);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the transition does not start where the correction stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON correction_transition
  FOR EACH ROW EXECUTE FUNCTION correction_moves();

-- A correction comes into the world without a state of its own: its first transition files it.
CREATE FUNCTION correction_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'NEW' OR NEW.seq <> 0 OR NEW.due IS NOT NULL OR NEW.outcome IS NOT NULL THEN
    RAISE EXCEPTION 'a correction begins with its first transition' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON correction
  FOR EACH ROW EXECUTE FUNCTION correction_begins();
`;

const KEPT = ["correction", "correction_transition"];

export class Corrections1795375000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(
      `INSERT INTO correction_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION correction_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION correction_kept()`,
      );
    }
  }

  /** Refused where there are corrections: what was asked and answered is kept. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM correction) AS found");
    if (found) throw new Error("There are corrections, which must be kept: this step is not undone.");
    await runner.query("DROP TRIGGER used_by_corrections ON deadline_rule");
    await runner.query("DROP TABLE correction_transition, correction, correction_step");
    await runner.query(
      `DROP FUNCTION correction_kept(), correction_moves(), correction_begins(),
         deadline_rule_used_by_corrections()`,
    );
  }
}
