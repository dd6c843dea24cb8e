// Cases of persons at the rights desk, with their transitions; who asked and why is sealed by the hub's cipher.
import type { MigrationInterface, QueryRunner } from "typeorm";

const DECIDED = ["ACCESS", "COPY", "CORRECT"];

/** Every step a case can take: kind, act, from, to, duty. A program that knows more steps brings a migration. */
const STEPS = [
  ...DECIDED.flatMap((kind) => [
    `${kind} FULFIL OPEN FULFILLED decide`,
    `${kind} REFUSE OPEN REFUSED decide`,
    `${kind} TAKE_BACK OPEN TAKEN_BACK steward`,
  ]),
  "WITHDRAW_CONSENT FULFIL OPEN FULFILLED steward",
];

const TABLES = `
CREATE TABLE rights_case_step (
  kind text COLLATE "C" NOT NULL,
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, act, from_state, to_state, duty)
);

CREATE TABLE rights_case (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  row_id uuid NOT NULL,
  -- Of the row when the case was opened.
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  kind text COLLATE "C" NOT NULL,
  asked_by text COLLATE "C" NOT NULL CHECK (asked_by IN ('PERSON', 'GUARDIAN', 'HEIR')),
  department text COLLATE "C" NOT NULL,
  opened_at timestamptz NOT NULL,
  -- Sealed: they say who the person is.
  verified_how bytea NOT NULL,
  reason bytea NOT NULL,
  -- Moved by transitions alone, as the triggers below see to.
  state text COLLATE "C" NOT NULL DEFAULT 'NEW',
  seq integer NOT NULL DEFAULT 0,
  open boolean NOT NULL GENERATED ALWAYS AS (state IN ('NEW', 'OPEN')) STORED,
  UNIQUE (id, kind)
);
CREATE UNIQUE INDEX rights_case_open_once ON rights_case (row_id, kind, department) WHERE open;
CREATE INDEX rights_case_row ON rights_case (row_id, opened_at);
CREATE INDEX rights_case_opened ON rights_case (opened_at, id);
CREATE INDEX rights_case_department ON rights_case (department, opened_at, id);

CREATE TABLE rights_case_transition (
  rights_case uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C",
  to_state text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  reason bytea,
  -- The version in which the act left the row.
  row_version integer NOT NULL CHECK (row_version > 0),
  PRIMARY KEY (rights_case, seq),
  FOREIGN KEY (rights_case, kind) REFERENCES rights_case (id, kind),
  -- Without a state to start from there is only the opening; the key below asks nothing of it.
  CONSTRAINT rights_case_transition_opening
    CHECK ((from_state IS NULL) = (seq = 1)
           AND (seq > 1 OR act = 'OPEN' AND to_state = 'OPEN' AND duty = 'steward')),
  CONSTRAINT rights_case_transition_reason CHECK (act <> 'REFUSE' OR reason IS NOT NULL),
  CONSTRAINT rights_case_transition_step FOREIGN KEY (kind, act, from_state, to_state, duty)
    REFERENCES rights_case_step (kind, act, from_state, to_state, duty)
);

CREATE FUNCTION rights_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the transition's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{state,seq,open}'::text[] = to_jsonb(NEW) - '{state,seq,open}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'cases change by transitions alone, and transitions not at all'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION rights_case_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE rights_case SET state = NEW.to_state, seq = NEW.seq
    WHERE id = NEW.rights_case AND seq = NEW.seq - 1 AND department = NEW.department
      AND (NEW.seq = 1 AND NEW.from_state IS NULL OR state = NEW.from_state);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the transition does not start where the case stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON rights_case_transition
  FOR EACH ROW EXECUTE FUNCTION rights_case_moves();

-- A case comes into the world without a state of its own: its first transition opens it.
CREATE FUNCTION rights_case_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'NEW' OR NEW.seq <> 0 THEN
    RAISE EXCEPTION 'a case begins with its first transition' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON rights_case
  FOR EACH ROW EXECUTE FUNCTION rights_case_begins();
`;

const KEPT = ["rights_case", "rights_case_transition"];

export class RightsDesk1795379000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(
      `INSERT INTO rights_case_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION rights_case_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION rights_case_kept()`,
      );
    }
  }

  /** Refused where there are cases: what a person asked and was answered is kept. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM rights_case) AS found");
    if (found) throw new Error("There are cases of persons, which must be kept: this step is not undone.");
    await runner.query("DROP TABLE rights_case_transition, rights_case, rights_case_step");
    await runner.query("DROP FUNCTION rights_case_kept(), rights_case_moves(), rights_case_begins()");
  }
}
