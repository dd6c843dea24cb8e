// Updates of the catalogue with their transitions, what was proposed in them, and duplicates that the authority allows.
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Every step that an update can take: act, from, to, whose it is. A program that knows more steps brings a migration. */
const WAITING = ["OPEN", "RETURNED"];
const UNPUBLISHED = [...WAITING, "EXTENSION_ASKED", "PROPOSED", "IN_REVIEW"];
const STEPS = [
  ...[...WAITING, "EXTENSION_ASKED"].map((state) => `NOTICE ${state} ${state} hub system`),
  "NOTICE PROPOSED RETURNED hub system",
  "NOTICE IN_REVIEW RETURNED hub system",
  ...[...WAITING, "EXTENSION_ASKED", "PROPOSED"].map((state) => `PROPOSE ${state} PROPOSED provider steward`),
  "APPROVE PROPOSED IN_REVIEW provider approve",
  "DISAPPROVE PROPOSED RETURNED provider approve",
  "PUBLISH IN_REVIEW PUBLISHED authority decide",
  "RETURN IN_REVIEW RETURNED authority decide",
  ...WAITING.map((state) => `ASK_EXTENSION ${state} EXTENSION_ASKED provider steward`),
  "EXTEND EXTENSION_ASKED OPEN authority decide",
  "DECLINE_EXTENSION EXTENSION_ASKED OPEN authority decide",
  ...["PROPOSED", "RETURNED"].map((state) => `WITHDRAW ${state} WITHDRAWN provider steward`),
  ...[...WAITING, "EXTENSION_ASKED", "PROPOSED"].map((state) => `URGE ${state} ${state} authority decide`),
  ...UNPUBLISHED.map((state) => `RECKON ${state} ${state} hub system`),
  ...[...WAITING, "EXTENSION_ASKED"].map((state) => `LAPSE ${state} LAPSED hub system`),
];

const UPDATES = `
CREATE TABLE catalogue_step (
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  PRIMARY KEY (act, from_state),
  UNIQUE (act, from_state, to_state, party, duty)
);

CREATE TABLE catalogue_update (
  id uuid PRIMARY KEY,
  dataset text COLLATE "C" NOT NULL,
  provider text COLLATE "C" NOT NULL,
  authority text COLLATE "C" NOT NULL,
  opened_at timestamptz NOT NULL,
  -- Moved by transitions alone, as the triggers below see to.
  state text COLLATE "C" NOT NULL DEFAULT 'NEW',
  seq integer NOT NULL DEFAULT 0,
  due timestamptz,
  -- Of the version that it became.
  number integer,
  published_at timestamptz,
  UNIQUE (dataset, number),
  CONSTRAINT catalogue_update_published
    CHECK ((state = 'PUBLISHED') = (number IS NOT NULL) AND (number IS NULL) = (published_at IS NULL))
);
-- One at a time: what several hubs notice at once is one update.
CREATE UNIQUE INDEX catalogue_update_open ON catalogue_update (dataset)
  WHERE state NOT IN ('PUBLISHED', 'WITHDRAWN', 'LAPSED');
CREATE INDEX catalogue_update_opened ON catalogue_update (opened_at, id);

CREATE TABLE catalogue_transition (
  update_id uuid NOT NULL REFERENCES catalogue_update (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C",
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('provider', 'authority', 'hub')),
  duty text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  reason text,
  deadline_rule uuid REFERENCES deadline_rule (id),
  due timestamptz,
  PRIMARY KEY (update_id, seq),
  -- Without a state to start from there is only the beginning; the key below asks nothing of it.
  CONSTRAINT catalogue_transition_beginning CHECK ((from_state IS NULL) = (seq = 1) AND (seq > 1
    OR act = 'NOTICE' AND to_state = 'OPEN' AND party = 'hub' AND duty = 'system'
    OR act = 'PROPOSE' AND to_state = 'PROPOSED' AND party = 'provider' AND duty = 'steward')),
  CONSTRAINT catalogue_transition_reason CHECK (coalesce(reason <> '',
    act NOT IN ('DISAPPROVE', 'RETURN', 'ASK_EXTENSION', 'DECLINE_EXTENSION', 'URGE'))),
  CONSTRAINT catalogue_transition_step FOREIGN KEY (act, from_state, to_state, party, duty)
    REFERENCES catalogue_step (act, from_state, to_state, party, duty)
);

-- What was noticed or proposed: the declaration as it then stood, and with a proposal what people say of it (B-02…B-04).
CREATE TABLE catalogue_content (
  update_id uuid NOT NULL,
  seq integer NOT NULL,
  declaration jsonb NOT NULL,
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  entry jsonb CHECK (entry ?& '{responsible,secrecy,personal,frequency,ways,conditions,closures}'),
  PRIMARY KEY (update_id, seq),
  FOREIGN KEY (update_id, seq) REFERENCES catalogue_transition (update_id, seq)
);

-- Data items that two datasets may both collect, as the authority has decided with a reason (B-09); the latest word holds.
CREATE TABLE catalogue_duplicate (
  id uuid PRIMARY KEY,
  fields text[] NOT NULL CHECK (cardinality(fields) > 1),
  allowed boolean NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL CHECK (duty = 'decide'),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  seq bigint GENERATED ALWAYS AS IDENTITY
);
`;

const RULES = `
CREATE FUNCTION catalogue_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the transition's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'catalogue_update' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{state,seq,due,number,published_at}'::text[]
       = to_jsonb(NEW) - '{state,seq,due,number,published_at}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'updates of the catalogue change by transitions alone, and transitions not at all'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION catalogue_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalogue_update u SET state = NEW.to_state, seq = NEW.seq, due = NEW.due,
      number = CASE WHEN NEW.to_state = 'PUBLISHED'
        THEN 1 + (SELECT coalesce(max(o.number), 0) FROM catalogue_update o WHERE o.dataset = u.dataset) END,
      published_at = CASE WHEN NEW.to_state = 'PUBLISHED' THEN NEW.at END
    WHERE id = NEW.update_id AND seq = NEW.seq - 1
      AND (NEW.seq = 1 AND NEW.from_state IS NULL OR state = NEW.from_state);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the transition does not start where the update stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON catalogue_transition FOR EACH ROW EXECUTE FUNCTION catalogue_moves();

CREATE FUNCTION catalogue_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'NEW' OR NEW.seq <> 0 OR NEW.due IS NOT NULL OR NEW.number IS NOT NULL THEN
    RAISE EXCEPTION 'an update begins with its first transition' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON catalogue_update FOR EACH ROW EXECUTE FUNCTION catalogue_begins();

-- Named with the step itself; people's words belong to a proposal, and to nothing else.
CREATE FUNCTION catalogue_content_with_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM catalogue_transition WHERE update_id = NEW.update_id AND seq = NEW.seq
                    AND recorded_at = now() AND act = CASE WHEN NEW.entry IS NULL THEN 'NOTICE' ELSE 'PROPOSE' END) THEN
    RAISE EXCEPTION 'content is recorded with the step that brings it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER with_step BEFORE INSERT ON catalogue_content
  FOR EACH ROW EXECUTE FUNCTION catalogue_content_with_step();

CREATE FUNCTION catalogue_content_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM catalogue_content WHERE update_id = NEW.update_id AND seq = NEW.seq) THEN
    RAISE EXCEPTION 'what is noticed or proposed is recorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER content_there AFTER INSERT ON catalogue_transition DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.act IN ('NOTICE', 'PROPOSE')) EXECUTE FUNCTION catalogue_content_there();

-- A rule by which a deadline was reckoned stays as it was: it may end, and another takes its place.
CREATE FUNCTION deadline_rule_used_by_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'ends_at' <> to_jsonb(NEW) - 'ends_at'
     AND EXISTS (SELECT FROM catalogue_transition WHERE deadline_rule = OLD.id) THEN
    RAISE EXCEPTION 'a deadline rule that was used may only end' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER used_by_catalogue BEFORE UPDATE ON deadline_rule
  FOR EACH ROW EXECUTE FUNCTION deadline_rule_used_by_catalogue();
`;

const KEPT = ["catalogue_update", "catalogue_transition", "catalogue_content", "catalogue_duplicate"];

export class Catalogue1795377000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UPDATES);
    await runner.query(RULES);
    await runner.query(
      `INSERT INTO catalogue_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION catalogue_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION catalogue_kept()`,
      );
    }
  }

  /** Refused where somebody took a step: what was proposed, approved and published is kept. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query(
      `SELECT EXISTS (SELECT FROM catalogue_transition WHERE party <> 'hub')
           OR EXISTS (SELECT FROM catalogue_duplicate) AS found`,
    );
    if (found) throw new Error("The catalogue was worked on, which must be kept: this step is not undone.");
    await runner.query("DROP TRIGGER used_by_catalogue ON deadline_rule");
    await runner.query(
      "DROP TABLE catalogue_duplicate, catalogue_content, catalogue_transition, catalogue_update, catalogue_step",
    );
    await runner.query(
      `DROP FUNCTION catalogue_kept(), catalogue_moves(), catalogue_begins(), catalogue_content_with_step(),
         catalogue_content_there(), deadline_rule_used_by_catalogue()`,
    );
  }
}
