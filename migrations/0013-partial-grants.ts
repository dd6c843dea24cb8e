// Granting less than was asked, requests that lapse, and the deadline of a supplement.
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Act, from, to, whose it is; as in the migration that made the table of steps. */
const ANSWERED = [
  "RECEIVED",
  "EXTENSION_ASKED",
  "NEGOTIATING",
  "AT_AUTHORITY",
  "AT_SUPERIOR",
  "AT_GOVERNMENT",
];
const STEPS = [
  ...ANSWERED.map((state) => `GRANT_PART ${state} GRANTED provider decide`),
  ...["FILED", "SUPPLEMENT_ASKED", "GRANTED", ...ANSWERED].map((state) => `LAPSE ${state} LAPSED hub system`),
];

const OPEN = ["FILED", "SUPPLEMENT_ASKED", "GRANTED", ...ANSWERED].map((state) => `'${state}'`).join(", ");

const PARTS = `
-- What was not granted of a request goes on as a request of its own, refused, with the terms of the first.
ALTER TABLE access_request ADD part_of uuid UNIQUE REFERENCES access_request (id);
CREATE INDEX access_request_until ON access_request (until) WHERE state IN (${OPEN});

CREATE TABLE access_request_part (
  request uuid NOT NULL,
  seq integer NOT NULL,
  place smallint NOT NULL,
  dataset text COLLATE "C" NOT NULL,
  fields text[] NOT NULL CHECK (cardinality(fields) > 0),
  level text COLLATE "C" NOT NULL CHECK (level IN ('AGGREGATE', 'MASKED', 'FULL')),
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  until timestamptz NOT NULL,
  PRIMARY KEY (request, seq, place),
  FOREIGN KEY (request, seq) REFERENCES access_request_transition (request, seq)
);

ALTER TABLE access_request_transition DROP CONSTRAINT access_request_transition_filing;
ALTER TABLE access_request_transition ADD CONSTRAINT access_request_transition_filing CHECK (
  (from_state IS NULL) = (seq = 1) AND (seq > 1 OR act = 'FILE' AND to_state = 'FILED'
    OR act = 'SPLIT' AND party = 'provider' AND duty = 'decide'
       AND to_state IN ('REFUSED', 'NEGOTIATING', 'AT_AUTHORITY', 'AT_SUPERIOR', 'AT_GOVERNMENT')));
`;

const RULES = `
-- The rest of a request says what the request said.
CREATE FUNCTION access_request_rest_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.part_of IS NOT NULL AND NOT EXISTS (
    SELECT FROM access_request whole WHERE whole.id = NEW.part_of
       AND to_jsonb(whole) - '{id,state,seq,due,part_of}'::text[] = to_jsonb(NEW) - '{id,state,seq,due,part_of}'::text[]
  ) THEN
    RAISE EXCEPTION 'the rest of a request has its terms' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rest_as_asked BEFORE INSERT ON access_request
  FOR EACH ROW EXECUTE FUNCTION access_request_rest_as_asked();

CREATE FUNCTION access_request_rest_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM access_request WHERE id = NEW.request AND part_of IS NOT NULL) AND NOT EXISTS (
    SELECT FROM access_request rest JOIN access_request_item i ON i.request = rest.part_of
     WHERE rest.id = NEW.request AND i.dataset = NEW.dataset AND NEW.fields <@ i.fields AND i.level = NEW.level
       AND i.territory = NEW.territory
  ) THEN
    RAISE EXCEPTION 'the rest of a request holds what was asked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rest_items BEFORE INSERT ON access_request_item
  FOR EACH ROW EXECUTE FUNCTION access_request_rest_items();

-- A rest begins with the step that grants the other part, and stands where the dispute stood.
CREATE FUNCTION access_request_splits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.act = 'SPLIT') <> EXISTS (SELECT FROM access_request WHERE id = NEW.request AND part_of IS NOT NULL)
     OR NEW.act = 'SPLIT' AND NOT EXISTS (
       SELECT FROM access_request rest JOIN access_request whole ON whole.id = rest.part_of
         JOIN access_request_transition t ON t.request = whole.id AND t.seq = whole.seq
        WHERE rest.id = NEW.request AND t.act = 'GRANT_PART' AND t.at = NEW.at AND t.actor = NEW.actor
          AND t.department = NEW.department
          AND NEW.to_state = CASE WHEN t.from_state IN ('RECEIVED', 'EXTENSION_ASKED') THEN 'REFUSED' ELSE t.from_state END)
  THEN
    RAISE EXCEPTION 'a transition that begins a rest belongs to the one that grants a part'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER splits BEFORE INSERT ON access_request_transition
  FOR EACH ROW WHEN (NEW.seq = 1) EXECUTE FUNCTION access_request_splits();

-- Named with the step itself, and within what was asked.
CREATE FUNCTION access_request_part_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM access_request_transition WHERE request = NEW.request AND seq = NEW.seq
                    AND act = 'GRANT_PART' AND recorded_at = now())
     OR NOT EXISTS (
       SELECT FROM access_request r JOIN access_request_item i ON i.request = r.id
        WHERE r.id = NEW.request AND NEW.until <= r.until AND i.dataset = NEW.dataset AND NEW.fields <@ i.fields
          AND array_position('{AGGREGATE,MASKED,FULL}', NEW.level) <= array_position('{AGGREGATE,MASKED,FULL}', i.level)
          AND starts_with(NEW.territory, regexp_replace(i.territory, '(0{10}|0{8}|0{6}|0{3})$', '')))
  THEN
    RAISE EXCEPTION 'a part is named with its transition, within what was asked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER within BEFORE INSERT ON access_request_part
  FOR EACH ROW EXECUTE FUNCTION access_request_part_within();

CREATE FUNCTION access_request_part_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM access_request_part WHERE request = NEW.request AND seq = NEW.seq)
     OR NOT EXISTS (SELECT FROM access_request WHERE part_of = NEW.request AND seq > 0) THEN
    RAISE EXCEPTION 'who grants a part names it, and what is left goes on' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER part_whole AFTER INSERT ON access_request_transition DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.act = 'GRANT_PART') EXECUTE FUNCTION access_request_part_whole();

CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON access_request_part
  FOR EACH ROW EXECUTE FUNCTION access_request_kept();
CREATE TRIGGER kept BEFORE TRUNCATE ON access_request_part
  FOR EACH STATEMENT EXECUTE FUNCTION access_request_kept();
`;

const ACTS = ["ANSWER", "DELIVER", "CATALOGUE_UPDATE", "CATALOGUE_REVIEW", "CORRECT"];

async function acts(runner: QueryRunner, known: readonly string[]): Promise<void> {
  const list = known.map((act) => `'${act}'`).join(", ");
  await runner.query("ALTER TABLE deadline_rule DROP CONSTRAINT deadline_rule_act_check");
  await runner.query(
    `ALTER TABLE deadline_rule ADD CONSTRAINT deadline_rule_act_check CHECK (act IN (${list}))`,
  );
}

export class PartialGrants1795373000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PARTS);
    await runner.query(RULES);
    await runner.query(
      `INSERT INTO access_request_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
    await acts(runner, [...ACTS, "SUPPLEMENT"]);
  }

  /** Refused where a request took one of these steps: what was decided is kept. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query(
      "SELECT EXISTS (SELECT FROM access_request_transition WHERE act IN ('GRANT_PART', 'SPLIT', 'LAPSE')) AS found",
    );
    if (found) throw new Error("Requests were granted in part or have lapsed: this step is not undone.");
    await runner.query("DELETE FROM deadline_rule WHERE act = 'SUPPLEMENT'");
    await acts(runner, ACTS);
    await runner.query("DELETE FROM access_request_step WHERE act IN ('GRANT_PART', 'LAPSE')");
    await runner.query("DROP TRIGGER part_whole ON access_request_transition");
    await runner.query("DROP TRIGGER splits ON access_request_transition");
    await runner.query("DROP TRIGGER rest_items ON access_request_item");
    await runner.query("DROP TRIGGER rest_as_asked ON access_request");
    await runner.query("DROP TABLE access_request_part");
    await runner.query(
      `DROP FUNCTION access_request_rest_as_asked(), access_request_rest_items(), access_request_splits(),
         access_request_part_within(), access_request_part_whole()`,
    );
    await runner.query(
      "ALTER TABLE access_request_transition DROP CONSTRAINT access_request_transition_filing",
    );
    await runner.query(`ALTER TABLE access_request_transition ADD CONSTRAINT access_request_transition_filing
      CHECK ((from_state IS NULL) = (seq = 1) AND (seq > 1 OR act = 'FILE' AND to_state = 'FILED'))`);
    await runner.query("ALTER TABLE access_request DROP part_of");
    await runner.query("DROP INDEX access_request_until");
  }
}
