// Webhooks: where a department or its app is told of a dataset's changes, and how far it has been told.
import type { MigrationInterface, QueryRunner } from "typeorm";

const WEBHOOK = `
CREATE TABLE webhook (
  id uuid PRIMARY KEY,
  department text COLLATE "C" NOT NULL,
  -- Account or app key that made it; the app and the key that must still stand, where it was an app.
  subject text COLLATE "C" NOT NULL,
  app text COLLATE "C",
  app_key text COLLATE "C",
  purpose text COLLATE "C",
  dataset text COLLATE "C" NOT NULL,
  url text NOT NULL CHECK (length(url) <= 2000),
  -- Sealed under the master key; gone once the webhook is deleted.
  secret bytea,
  created_at timestamptz NOT NULL,
  -- Everything before it has been told.
  cursor text NOT NULL,
  -- End of the page that is being told: it stays the same page until it is noted.
  upto text,
  waiting_since timestamptz,
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failing_since timestamptz,
  next_attempt timestamptz,
  last_success timestamptz,
  last_failure text,
  state text COLLATE "C" NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'SUSPENDED', 'DELETED')),
  stated_at timestamptz NOT NULL,
  stated_by text COLLATE "C" NOT NULL,
  stated_duty text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  CHECK ((app IS NULL) = (app_key IS NULL)),
  CHECK ((secret IS NULL) = (state = 'DELETED')),
  CHECK ((upto IS NULL) = (waiting_since IS NULL)),
  CHECK ((failures = 0) = (failing_since IS NULL)),
  CHECK ((state = 'SUSPENDED') = (reason IS NOT NULL))
);
CREATE INDEX webhook_active ON webhook (dataset) WHERE state = 'ACTIVE';
CREATE INDEX webhook_department ON webhook (department, created_at);

CREATE FUNCTION webhook_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{secret,cursor,upto,waiting_since,failures,failing_since,next_attempt,last_success,last_failure,state,stated_at,stated_by,stated_duty,reason}';
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state <> 'DELETED' AND (OLD.state = 'ACTIVE' OR NEW.state <> 'ACTIVE')
     AND to_jsonb(OLD) - moves = to_jsonb(NEW) - moves THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a webhook stays what it was made as: delete it and make another'
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON webhook FOR EACH ROW EXECUTE FUNCTION webhook_kept();
CREATE TRIGGER kept BEFORE TRUNCATE ON webhook FOR EACH STATEMENT EXECUTE FUNCTION webhook_kept();
`;

export class Webhooks1795381000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WEBHOOK);
  }

  /** Refused where there are webhooks: who was told of what is kept. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM webhook) AS found");
    if (found) throw new Error("There are webhooks: this step is not undone.");
    await runner.query("DROP TABLE webhook");
    await runner.query("DROP FUNCTION webhook_kept()");
  }
}
