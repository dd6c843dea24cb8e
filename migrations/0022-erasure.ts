// Erasures and freezes of persons' rows, marks by which the erased are known again, and the one way to empty sealed texts.
import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = `
CREATE TABLE erasure (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  row_id uuid NOT NULL,
  -- Of the row when it was taken out.
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  -- What led to it, and the case or the rule.
  cause text COLLATE "C" NOT NULL CHECK (cause IN ('RIGHTS_CASE', 'RETENTION')),
  cause_id uuid NOT NULL,
  department text COLLATE "C" NOT NULL,
  begun_at timestamptz NOT NULL,
  -- Moved by steps alone, as the triggers below see to.
  state text COLLATE "C" NOT NULL DEFAULT 'NEW',
  seq integer NOT NULL DEFAULT 0
);
CREATE INDEX erasure_begun ON erasure (begun_at, id);
CREATE INDEX erasure_department ON erasure (department, begun_at, id);
CREATE INDEX erasure_row ON erasure (row_id);

-- What was taken out: ids and a keyed hash of the content. Of a frozen row also the content itself, sealed.
CREATE TABLE erased_row (
  erasure uuid NOT NULL REFERENCES erasure (id),
  dataset text COLLATE "C" NOT NULL,
  row_id uuid NOT NULL,
  versions integer NOT NULL CHECK (versions > 0),
  -- Null: the whole row.
  fields text[] CHECK (cardinality(fields) > 0),
  content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  sealed bytea NOT NULL,
  PRIMARY KEY (erasure, dataset, row_id)
);
CREATE INDEX erased_row_row ON erased_row (row_id);

-- Keyed hashes of what identifies the erased: of no use without the master key.
CREATE TABLE erasure_mark (
  erasure uuid NOT NULL REFERENCES erasure (id),
  dataset text COLLATE "C" NOT NULL,
  mark bytea NOT NULL CHECK (octet_length(mark) = 32),
  PRIMARY KEY (dataset, mark, erasure)
);

CREATE TABLE erasure_step (
  erasure uuid NOT NULL REFERENCES erasure (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL CHECK (duty IN ('steward', 'decide', 'system')),
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  -- Sealed: it may say who the person is.
  reason bytea,
  PRIMARY KEY (erasure, seq),
  CONSTRAINT erasure_step_known CHECK ((act, from_state, to_state) IN (
    ('ERASE', 'NEW', 'ERASED'), ('FREEZE', 'NEW', 'FROZEN'), ('RELEASE', 'FROZEN', 'RELEASED'),
    ('ERASE', 'FROZEN', 'ERASED'), ('LIFT', 'ERASED', 'LIFTED'))),
  CONSTRAINT erasure_step_reason CHECK (act = 'ERASE' OR reason IS NOT NULL)
);

CREATE FUNCTION erasure_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the step's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'erasure' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{state,seq}'::text[] = to_jsonb(NEW) - '{state,seq}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'erasures change by steps alone, and steps not at all' USING ERRCODE = 'insufficient_privilege';
END $$;

-- The content of a frozen row is given up once it is in use again, or erased.
CREATE FUNCTION erased_row_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'sealed' = to_jsonb(NEW) - 'sealed' AND NEW.sealed = ''
     AND (SELECT state FROM erasure WHERE id = OLD.erasure) IN ('RELEASED', 'ERASED') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what was erased is kept as it was written' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION erasure_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE erasure SET state = NEW.to_state, seq = NEW.seq
    WHERE id = NEW.erasure AND seq = NEW.seq - 1 AND state = NEW.from_state;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the step does not start where the erasure stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON erasure_step FOR EACH ROW EXECUTE FUNCTION erasure_moves();

CREATE FUNCTION erasure_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'erasure' THEN
    IF NEW.state = 'NEW' AND NEW.seq = 0 THEN RETURN NEW; END IF;
  ELSIF (SELECT state FROM erasure WHERE id = NEW.erasure) = 'NEW' THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an erasure is written down before its first step' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER begins BEFORE INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION erasure_begins();
CREATE TRIGGER begins BEFORE INSERT ON erased_row FOR EACH ROW EXECUTE FUNCTION erasure_begins();
CREATE TRIGGER begins BEFORE INSERT ON erasure_mark FOR EACH ROW EXECUTE FUNCTION erasure_begins();
`;

const KEPT = {
  erasure: "erasure",
  erased_row: "erased_row",
  erasure_mark: "erasure",
  erasure_step: "erasure",
};

/** Whether a change of kept evidence only empties sealed texts that speak of a row which was erased. */
const TEXTS = `
CREATE FUNCTION erased_texts_only(was jsonb, becomes jsonb, texts text[], of_dataset text, of_row uuid)
RETURNS boolean LANGUAGE sql STABLE AS $$
  -- A generated column is not filled in yet where this is asked.
  SELECT was - texts - 'open' = becomes - texts - 'open'
    AND NOT EXISTS (SELECT FROM unnest(texts) AS t(name)
                    WHERE coalesce(becomes->>t.name, '\\x') <> '\\x' OR (was->>t.name IS NULL) <> (becomes->>t.name IS NULL))
    AND EXISTS (SELECT FROM erased_row r JOIN erasure e ON e.id = r.erasure
                WHERE r.dataset = of_dataset AND r.row_id = of_row AND e.state = 'ERASED')
$$;
`;

interface Evidence {
  readonly table: string;
  readonly texts: string;
  /** Columns of the thing that its transitions move. */
  readonly moved: string;
  readonly words: string;
}

const EVIDENCE: readonly Evidence[] = [
  {
    table: "rights_case",
    texts: "verified_how,reason",
    moved: "state,seq,open",
    words: "cases change by transitions alone, and transitions not at all",
  },
  {
    table: "correction",
    texts: "found,proposed,evidence,reason,usage",
    moved: "state,seq,due,outcome,open",
    words: "corrections change by transitions alone, and transitions not at all",
  },
];

/** The function that keeps rows as they are; `opened` lets the texts of erased rows be emptied. */
function keeping({ table, texts, moved, words }: Evidence, opened: boolean): string {
  const erased = `
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = '${table}' AND erased_texts_only(to_jsonb(OLD), to_jsonb(NEW),
       '{${texts}}', to_jsonb(OLD)->>'dataset', (to_jsonb(OLD)->>'row_id')::uuid) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = '${table}_transition' AND (SELECT erased_texts_only(to_jsonb(OLD), to_jsonb(NEW),
       '{reason}', c.dataset, c.row_id) FROM ${table} c WHERE c.id = (to_jsonb(OLD)->>'${table}')::uuid) THEN
    RETURN NEW;
  END IF;`;
  return `CREATE OR REPLACE FUNCTION ${table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the transition's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{${moved}}'::text[] = to_jsonb(NEW) - '{${moved}}'::text[] THEN
    RETURN NEW;
  END IF;${opened ? erased : ""}
  RAISE EXCEPTION '${words}'
    USING ERRCODE = 'insufficient_privilege';
END $$`;
}

/** Steps of a case in which a person asks for erasure. */
const STEPS = [
  "ERASE FULFIL OPEN FULFILLED decide",
  "ERASE REFUSE OPEN REFUSED decide",
  "ERASE FREEZE OPEN FROZEN decide",
  "ERASE TAKE_BACK OPEN TAKEN_BACK steward",
];

export class Erasure1795382000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(TEXTS);
    for (const [table, keeps] of Object.entries(KEPT)) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${keeps}_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION erasure_kept()`,
      );
    }
    for (const evidence of EVIDENCE) await runner.query(keeping(evidence, true));
    await runner.query(
      `INSERT INTO rights_case_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
    await runner.query(
      `ALTER TABLE rights_case_transition ADD CONSTRAINT rights_case_transition_freeze
         CHECK (act <> 'FREEZE' OR reason IS NOT NULL)`,
    );
  }

  /** Refused where there are erasures, or cases that ask for one: that somebody was erased must stay known. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query(
      "SELECT EXISTS (SELECT FROM erasure) OR EXISTS (SELECT FROM rights_case WHERE kind = 'ERASE') AS found",
    );
    if (found) throw new Error("There are erasures, which must be kept: this step is not undone.");
    await runner.query("ALTER TABLE rights_case_transition DROP CONSTRAINT rights_case_transition_freeze");
    await runner.query("DELETE FROM rights_case_step WHERE kind = 'ERASE'");
    for (const evidence of EVIDENCE) await runner.query(keeping(evidence, false));
    await runner.query("DROP FUNCTION erased_texts_only(jsonb, jsonb, text[], text, uuid)");
    await runner.query("DROP TABLE erasure_step, erasure_mark, erased_row, erasure");
    await runner.query("DROP FUNCTION erasure_kept(), erased_row_kept(), erasure_moves(), erasure_begins()");
  }
}
