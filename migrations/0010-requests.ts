// Requests for access with their transitions, the deadline rules they go by, and the calendar of working days.
import type { MigrationInterface, QueryRunner } from "typeorm";

const CLOCK = `
CREATE TABLE deadline_rule (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  act text COLLATE "C" NOT NULL
    CHECK (act IN ('ANSWER', 'DELIVER', 'CATALOGUE_UPDATE', 'CATALOGUE_REVIEW', 'CORRECT')),
  sharing text COLLATE "C" CHECK (sharing IN ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED')),
  working_days integer NOT NULL CHECK (working_days BETWEEN 0 AND 366),
  extension_days integer NOT NULL DEFAULT 0 CHECK (extension_days BETWEEN 0 AND 366),
  -- Null: everywhere, by the law itself.
  territory text COLLATE "C" CHECK (territory ~ '^[0-9]{12}$'),
  article text NOT NULL CHECK (article <> ''),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT deadline_rule_dates CHECK (ends_at > starts_at)
);

-- The lower level may only shorten (B-14): a rule of a place stands under a wider one that grants no fewer days.
CREATE FUNCTION deadline_rule_only_shortens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM deadline_rule narrow WHERE narrow.territory IS NOT NULL AND (
      NOT EXISTS (SELECT FROM deadline_rule law WHERE law.territory IS NULL AND law.act = narrow.act
        AND (law.sharing IS NULL OR law.sharing = narrow.sharing)
        AND law.starts_at <= narrow.starts_at AND coalesce(law.ends_at, 'infinity') >= coalesce(narrow.ends_at, 'infinity'))
      OR EXISTS (SELECT FROM deadline_rule wide WHERE wide.act = narrow.act
        AND (wide.sharing IS NULL OR narrow.sharing IS NULL OR wide.sharing = narrow.sharing)
        AND (wide.territory IS NULL OR wide.territory <> narrow.territory
             AND starts_with(narrow.territory, regexp_replace(wide.territory, '(0{10}|0{8}|0{6}|0{3})$', '')))
        AND tstzrange(wide.starts_at, wide.ends_at) && tstzrange(narrow.starts_at, narrow.ends_at)
        AND (narrow.working_days > wide.working_days OR narrow.extension_days > wide.extension_days)))
  ) THEN
    RAISE EXCEPTION 'a local deadline may only be shorter than the wider one' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER only_shortens AFTER INSERT OR UPDATE OR DELETE ON deadline_rule
  FOR EACH STATEMENT EXECUTE FUNCTION deadline_rule_only_shortens();

CREATE TABLE calendar_day (
  day date PRIMARY KEY,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('HOLIDAY', 'WORKDAY')),
  name text NOT NULL CHECK (name <> ''),
  source text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL DEFAULT now()
);
`;

/** Every step that a request can take: act, from, to, whose it is. A program that knows more steps brings a migration. */
const STEPS = [
  "APPROVE FILED RECEIVED requester approve",
  "DISAPPROVE FILED DISAPPROVED requester approve",
  ...["FILED", "SUPPLEMENT_ASKED", "RECEIVED", "EXTENSION_ASKED"].map(withdrawn),
  ...["NEGOTIATING", "AT_AUTHORITY", "AT_SUPERIOR", "AT_GOVERNMENT"].map(withdrawn),
  "ASK_SUPPLEMENT RECEIVED SUPPLEMENT_ASKED provider decide",
  "SUPPLEMENT SUPPLEMENT_ASKED RECEIVED requester read",
  "ASK_EXTENSION RECEIVED EXTENSION_ASKED provider decide",
  "EXTEND EXTENSION_ASKED RECEIVED authority decide",
  "DECLINE_EXTENSION EXTENSION_ASKED RECEIVED authority decide",
  ...["RECEIVED", "EXTENSION_ASKED", "NEGOTIATING"].map(granted),
  ...["AT_AUTHORITY", "AT_SUPERIOR", "AT_GOVERNMENT"].map(granted),
  "REFUSE RECEIVED REFUSED provider decide",
  "REFUSE EXTENSION_ASKED REFUSED provider decide",
  "DELIVER GRANTED DELIVERED provider decide",
  ...["RECEIVED", "EXTENSION_ASKED", "GRANTED"].flatMap((state) => [
    `URGE ${state} ${state} authority decide`,
    `RECKON ${state} ${state} hub system`,
  ]),
  "DISPUTE REFUSED NEGOTIATING requester approve",
  "ESCALATE NEGOTIATING AT_AUTHORITY requester approve",
  "ESCALATE AT_AUTHORITY AT_SUPERIOR requester approve",
  "ESCALATE AT_SUPERIOR AT_GOVERNMENT requester approve",
  "REMIT AT_AUTHORITY RECEIVED authority decide",
  "REMIT AT_SUPERIOR RECEIVED superior decide",
  "REMIT AT_GOVERNMENT RECEIVED superior decide",
  "UPHOLD AT_GOVERNMENT UPHELD superior decide",
];

function withdrawn(state: string): string {
  return `WITHDRAW ${state} WITHDRAWN requester read`;
}

function granted(state: string): string {
  return `GRANT ${state} GRANTED provider decide`;
}

const REQUESTS = `
CREATE TABLE access_request_step (
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  PRIMARY KEY (act, from_state),
  UNIQUE (act, from_state, to_state, party, duty)
);

CREATE TABLE access_request (
  id uuid PRIMARY KEY,
  -- What was asked in one call, before it was split by provider and class.
  filing uuid NOT NULL,
  requester text COLLATE "C" NOT NULL,
  provider text COLLATE "C" NOT NULL,
  authority text COLLATE "C" NOT NULL,
  superior text COLLATE "C" NOT NULL,
  sharing text COLLATE "C" NOT NULL CHECK (sharing IN ('UNCONDITIONAL', 'CONDITIONAL')),
  purpose text COLLATE "C" NOT NULL,
  legal_basis text NOT NULL CHECK (legal_basis <> ''),
  scenario text NOT NULL CHECK (scenario <> ''),
  scope text NOT NULL CHECK (scope <> ''),
  way text COLLATE "C" NOT NULL CHECK (way IN ('API', 'BATCH', 'FILE')),
  until timestamptz NOT NULL,
  filed_at timestamptz NOT NULL,
  -- Moved by transitions alone, as the triggers below see to.
  state text COLLATE "C" NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  due timestamptz,
  CONSTRAINT access_request_dates CHECK (until > filed_at)
);
CREATE INDEX access_request_filed ON access_request (filed_at, id);
CREATE INDEX access_request_requester ON access_request (requester, filed_at, id);
CREATE INDEX access_request_provider ON access_request (provider, filed_at, id);
CREATE INDEX access_request_due ON access_request (due) WHERE due IS NOT NULL;

CREATE TABLE access_request_item (
  request uuid NOT NULL REFERENCES access_request (id),
  place smallint NOT NULL,
  dataset text COLLATE "C" NOT NULL,
  fields text[] NOT NULL CHECK (cardinality(fields) > 0),
  level text COLLATE "C" NOT NULL CHECK (level IN ('AGGREGATE', 'MASKED', 'FULL')),
  territory text COLLATE "C" NOT NULL CHECK (territory ~ '^[0-9]{12}$'),
  PRIMARY KEY (request, place)
);

CREATE TABLE access_request_transition (
  request uuid NOT NULL REFERENCES access_request (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C",
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('requester', 'provider', 'authority', 'superior', 'hub')),
  duty text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  reason text,
  -- Code of the catalogue's condition that a refusal names (B-05).
  criterion text COLLATE "C",
  deadline_rule uuid REFERENCES deadline_rule (id),
  due timestamptz,
  PRIMARY KEY (request, seq),
  -- Without a state to start from there is only the filing; the key below asks nothing of it.
  CONSTRAINT access_request_transition_filing
    CHECK ((from_state IS NULL) = (seq = 1) AND (seq > 1 OR act = 'FILE' AND to_state = 'FILED')),
  CONSTRAINT access_request_transition_step FOREIGN KEY (act, from_state, to_state, party, duty)
    REFERENCES access_request_step (act, from_state, to_state, party, duty)
);

-- A rule by which a deadline was reckoned stays as it was: it may end, and another takes its place.
CREATE FUNCTION deadline_rule_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'ends_at' <> to_jsonb(NEW) - 'ends_at'
     AND EXISTS (SELECT FROM access_request_transition WHERE deadline_rule = OLD.id) THEN
    RAISE EXCEPTION 'a deadline rule that was used may only end' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER used BEFORE UPDATE ON deadline_rule FOR EACH ROW EXECUTE FUNCTION deadline_rule_used();

CREATE FUNCTION access_request_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from the transition's own trigger, this one is the second of the nest.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
     AND to_jsonb(OLD) - '{state,seq,due}'::text[] = to_jsonb(NEW) - '{state,seq,due}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'requests change by transitions alone, and transitions not at all'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION access_request_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_request SET state = NEW.to_state, seq = NEW.seq, due = NEW.due
    WHERE id = NEW.request AND seq = NEW.seq - 1
      AND (NEW.seq = 1 AND NEW.from_state IS NULL OR state = NEW.from_state);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the transition does not start where the request stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON access_request_transition
  FOR EACH ROW EXECUTE FUNCTION access_request_moves();

-- A request comes into the world without a state of its own: its first transition files it.
ALTER TABLE access_request ALTER state SET DEFAULT 'NEW';
CREATE FUNCTION access_request_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'NEW' OR NEW.seq <> 0 OR NEW.due IS NOT NULL THEN
    RAISE EXCEPTION 'a request begins with its first transition' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON access_request
  FOR EACH ROW EXECUTE FUNCTION access_request_begins();

CREATE FUNCTION access_request_item_at_filing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT seq FROM access_request WHERE id = NEW.request) <> 0 THEN
    RAISE EXCEPTION 'items are named at filing' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER at_filing BEFORE INSERT ON access_request_item
  FOR EACH ROW EXECUTE FUNCTION access_request_item_at_filing();
`;

const KEPT = ["access_request", "access_request_item", "access_request_transition"];

export class Requests1795370000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLOCK);
    await runner.query(REQUESTS);
    await runner.query(
      `INSERT INTO access_request_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION access_request_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION access_request_kept()`,
      );
    }
  }

  /** Refused where there are requests: grants name them, and what was asked and decided is kept. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM access_request) AS found");
    if (found) throw new Error("There are requests, which must be kept: this step is not undone.");
    await runner.query(
      "DROP TABLE access_request_transition, access_request_item, access_request, access_request_step",
    );
    await runner.query("DROP TABLE calendar_day, deadline_rule");
    await runner.query(
      `DROP FUNCTION access_request_kept(), access_request_moves(), access_request_begins(),
         access_request_item_at_filing(), deadline_rule_only_shortens(), deadline_rule_used()`,
    );
  }
}
