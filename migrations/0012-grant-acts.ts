// Acts on grants: suspended, resumed, narrowed, revoked, given up, disposed of; a grant changes by them alone.
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Every step that a grant can take: act, from, to, whose it is. A program that knows more steps brings a migration. */
const STEPS = [
  "SUSPEND ACTIVE SUSPENDED provider decide",
  "RESUME SUSPENDED ACTIVE provider decide",
  "NARROW ACTIVE ACTIVE provider decide",
  "NARROW SUSPENDED SUSPENDED provider decide",
  "REVOKE ACTIVE REVOKED provider decide",
  "REVOKE SUSPENDED REVOKED provider decide",
  "RELINQUISH ACTIVE RELINQUISHED grantee approve",
  "RELINQUISH SUSPENDED RELINQUISHED grantee approve",
  ...["REVOKED", "RELINQUISHED", "EXPIRED"].map((state) => `DISPOSE ${state} DISPOSED grantee read`),
  // A division change: the grant goes on under the new code, and a suspended one stays suspended there.
  "RECODE ACTIVE RECODED hub system",
  "RECODE SUSPENDED RECODED hub system",
  "SUSPEND ACTIVE SUSPENDED hub system",
];

const TABLES = `
ALTER TABLE access_grant ADD state text COLLATE "C" NOT NULL DEFAULT 'ACTIVE', ADD seq integer NOT NULL DEFAULT 0;

CREATE TABLE access_grant_step (
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL,
  duty text COLLATE "C" NOT NULL,
  PRIMARY KEY (act, from_state, to_state, party, duty)
);

CREATE TABLE access_grant_act (
  grant_id uuid NOT NULL REFERENCES access_grant (id),
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  act text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL CHECK (party IN ('provider', 'grantee', 'hub')),
  duty text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  department text COLLATE "C" NOT NULL,
  reason text CHECK (reason <> ''),
  -- B-22: when the two sides talked, what came of it, and the data authority that the change is filed with.
  negotiated_at timestamptz,
  negotiation text CHECK (negotiation <> ''),
  authority text COLLATE "C",
  -- What the grant said before; written by the trigger, from the grant itself.
  former jsonb NOT NULL DEFAULT '{}',
  -- What it says from now on, where it was narrowed.
  fields text[],
  level text COLLATE "C",
  territory text COLLATE "C",
  until timestamptz,
  -- B-20: what was disposed of, how, when, and who answers for it.
  disposed text CHECK (disposed <> ''),
  disposal text CHECK (disposal <> ''),
  disposed_at timestamptz,
  disposed_by text CHECK (disposed_by <> ''),
  -- The grant that goes on in this one's place.
  successor uuid REFERENCES access_grant (id),
  PRIMARY KEY (grant_id, seq),
  CONSTRAINT access_grant_act_step FOREIGN KEY (act, from_state, to_state, party, duty)
    REFERENCES access_grant_step (act, from_state, to_state, party, duty),
  CONSTRAINT access_grant_act_reason CHECK (reason IS NOT NULL OR act IN ('DISPOSE', 'RECODE')),
  CONSTRAINT access_grant_act_negotiated CHECK ((negotiation IS NULL) = (negotiated_at IS NULL) AND negotiated_at <= at
    AND CASE act WHEN 'NARROW' THEN negotiation IS NOT NULL
      WHEN 'REVOKE' THEN negotiation IS NOT NULL OR from_state = 'SUSPENDED' ELSE negotiation IS NULL END),
  CONSTRAINT access_grant_act_filed CHECK ((authority IS NOT NULL) = (act IN ('NARROW', 'REVOKE'))),
  CONSTRAINT access_grant_act_terms CHECK ((act = 'NARROW') = (num_nonnulls(fields, level, territory) = 3)
    AND (act = 'NARROW' OR num_nonnulls(fields, level, territory, until) = 0)),
  CONSTRAINT access_grant_act_disposal CHECK (num_nonnulls(disposed, disposal, disposed_at, disposed_by)
    = CASE act WHEN 'DISPOSE' THEN 4 ELSE 0 END AND disposed_at <= at),
  CONSTRAINT access_grant_act_successor CHECK ((successor IS NOT NULL) = (act = 'RECODE'))
);
-- Filed changes of a data authority's level.
CREATE INDEX access_grant_act_authority ON access_grant_act (authority) WHERE authority IS NOT NULL;

-- By which answers a grant was used.
CREATE INDEX access_footprint_grants ON access_footprint USING gin (grants) WHERE grants <> '{}';
CREATE INDEX access_record_own_grants ON access_record USING gin (grants) WHERE grants IS NOT NULL;
`;

const TRIGGERS = `
CREATE FUNCTION access_grant_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'ACTIVE' OR NEW.seq <> 0 THEN
    RAISE EXCEPTION 'a grant begins without acts' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON access_grant FOR EACH ROW EXECUTE FUNCTION access_grant_begins();

-- Never wider, by whatever way; and but for an earlier end, by an act alone.
CREATE FUNCTION access_grant_narrows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Called from an act's own trigger, this one is the second of the nest.
  IF pg_trigger_depth() < 2 AND to_jsonb(OLD) - 'ends_at' <> to_jsonb(NEW) - 'ends_at'
     OR to_jsonb(OLD) - '{state,seq,fields,level,territory,ends_at}'::text[]
       <> to_jsonb(NEW) - '{state,seq,fields,level,territory,ends_at}'::text[] THEN
    RAISE EXCEPTION 'a grant changes by acts alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF array_position('{AGGREGATE,MASKED,FULL}', NEW.level) > array_position('{AGGREGATE,MASKED,FULL}', OLD.level)
     OR NOT starts_with(NEW.territory, regexp_replace(OLD.territory, '(0{10}|0{8}|0{6}|0{3})$', ''))
     OR OLD.fields <> '{}' AND (NEW.fields = '{}' OR NOT NEW.fields <@ OLD.fields)
     OR coalesce(NEW.ends_at, 'infinity') > coalesce(OLD.ends_at, 'infinity') THEN
    RAISE EXCEPTION 'a grant never becomes wider: it is asked for anew' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER narrows BEFORE UPDATE ON access_grant FOR EACH ROW EXECUTE FUNCTION access_grant_narrows();

-- Grants that were asked for and granted are kept, as their requests are.
CREATE FUNCTION access_grant_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.request IS NULL THEN RETURN OLD; END IF;
  IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT FROM access_grant WHERE request IS NOT NULL OR seq > 0) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'grants that came from a request are kept' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept_rows BEFORE DELETE ON access_grant FOR EACH ROW EXECUTE FUNCTION access_grant_kept();
CREATE TRIGGER kept BEFORE TRUNCATE ON access_grant FOR EACH STATEMENT EXECUTE FUNCTION access_grant_kept();

CREATE FUNCTION access_grant_act_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT FROM access_grant_act) THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'acts on grants are only added to, never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON access_grant_act
  FOR EACH ROW EXECUTE FUNCTION access_grant_act_kept();
CREATE TRIGGER kept BEFORE TRUNCATE ON access_grant_act
  FOR EACH STATEMENT EXECUTE FUNCTION access_grant_act_kept();

CREATE FUNCTION access_grant_act_former() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT jsonb_build_object('fields', fields, 'level', level, 'territory', territory, 'until', ends_at) INTO NEW.former
    FROM access_grant WHERE id = NEW.grant_id;
  RETURN NEW;
END $$;
CREATE TRIGGER former BEFORE INSERT ON access_grant_act
  FOR EACH ROW EXECUTE FUNCTION access_grant_act_former();

-- What has ended by date is EXPIRED, whatever it was: from there it is only disposed of.
CREATE FUNCTION access_grant_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_grant SET state = NEW.to_state, seq = NEW.seq,
      fields = coalesce(NEW.fields, fields), level = coalesce(NEW.level, level),
      territory = coalesce(NEW.territory, territory),
      ends_at = CASE
        WHEN NEW.act = 'NARROW' THEN coalesce(NEW.until, ends_at)
        WHEN NEW.act IN ('REVOKE', 'RELINQUISH', 'RECODE')
          THEN least(ends_at, greatest(NEW.at, starts_at + interval '1 microsecond'))
        ELSE ends_at END
    WHERE id = NEW.grant_id AND seq = NEW.seq - 1
      AND CASE WHEN state IN ('ACTIVE', 'SUSPENDED') AND ends_at <= NEW.at THEN 'EXPIRED' ELSE state END
        = NEW.from_state;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the act does not start where the grant stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves AFTER INSERT ON access_grant_act FOR EACH ROW EXECUTE FUNCTION access_grant_moves();
`;

export class GrantActs1795372000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(TRIGGERS);
    await runner.query(
      `INSERT INTO access_grant_step SELECT s[1], s[2], s[3], s[4], s[5]
         FROM (SELECT string_to_array(unnest($1::text[]), ' ') AS s) AS steps`,
      [STEPS],
    );
  }

  /** Refused where acts were taken: a grant that is suspended or revoked would stand again. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM access_grant_act) AS found");
    if (found) throw new Error("There are acts on grants, which must be kept: this step is not undone.");
    await runner.query("DROP INDEX access_footprint_grants, access_record_own_grants");
    await runner.query("DROP TABLE access_grant_act, access_grant_step");
    for (const trigger of ["begins", "narrows", "kept_rows", "kept"])
      await runner.query(`DROP TRIGGER ${trigger} ON access_grant`);
    await runner.query("ALTER TABLE access_grant DROP state, DROP seq");
    await runner.query(
      `DROP FUNCTION access_grant_begins(), access_grant_narrows(), access_grant_kept(), access_grant_act_kept(),
         access_grant_act_former(), access_grant_moves()`,
    );
  }
}
