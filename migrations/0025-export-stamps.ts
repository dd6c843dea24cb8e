// Stamps of the files that have left: what each held, under which right, with the digest of its bytes.
import type { MigrationInterface, QueryRunner } from "typeorm";

const STAMPS = `
-- Public keys that this hub has signed with: a file outlives the key of its day.
CREATE TABLE stamp_key (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  public_key text NOT NULL,
  first_used_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE export_stamp (
  -- Id of the access record that says the file was whole.
  record uuid PRIMARY KEY,
  department text COLLATE "C" NOT NULL,
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  -- What is signed, letter by letter.
  stamp text NOT NULL,
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  key text COLLATE "C" NOT NULL REFERENCES stamp_key (id),
  made_at timestamptz NOT NULL
);
CREATE INDEX export_stamp_digest ON export_stamp (digest);

CREATE FUNCTION export_stamp_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'stamps and their keys are evidence: they are added, not changed'
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON stamp_key FOR EACH ROW EXECUTE FUNCTION export_stamp_kept();
CREATE TRIGGER kept BEFORE TRUNCATE ON stamp_key FOR EACH STATEMENT EXECUTE FUNCTION export_stamp_kept();
CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON export_stamp FOR EACH ROW EXECUTE FUNCTION export_stamp_kept();
CREATE TRIGGER kept BEFORE TRUNCATE ON export_stamp FOR EACH STATEMENT EXECUTE FUNCTION export_stamp_kept();
`;

export class ExportStamps1795385000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STAMPS);
  }

  /** Refused where there are stamps: files are out that nothing else tells from forged ones. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query("SELECT EXISTS (SELECT FROM export_stamp) AS found");
    if (found) throw new Error("There are stamps: this step is not undone.");
    await runner.query("DROP TABLE export_stamp");
    await runner.query("DROP TABLE stamp_key");
    await runner.query("DROP FUNCTION export_stamp_kept()");
  }
}
