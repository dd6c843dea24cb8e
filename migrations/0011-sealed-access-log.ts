// The seals that make a chain over the access records, what is left of retired months, and the kind of an access.
import type { MigrationInterface, QueryRunner } from "typeorm";

const SEALS = `
CREATE TABLE access_seal (
  number bigint PRIMARY KEY CHECK (number > 0),
  -- Which form records and seals were hashed in: a later program may hash more columns.
  form smallint NOT NULL,
  -- All seq up to this one are settled by this seal or a former one, but for those that are open.
  upto bigint NOT NULL,
  -- Drawn by transactions that had not ended when the seal was made: a later seal settles them.
  open int8multirange NOT NULL,
  -- The seq that have a record in this seal.
  present int8multirange NOT NULL,
  records integer NOT NULL CHECK (records >= 0),
  total bigint NOT NULL,
  -- Four bytes of each record's digest, in the order of seq: they tell which record differs.
  marks bytea NOT NULL CHECK (octet_length(marks) = 4 * records),
  content bytea NOT NULL CHECK (octet_length(content) = 32),
  previous bytea NOT NULL CHECK (octet_length(previous) = 32),
  head bytea NOT NULL CHECK (octet_length(head) = 32),
  sealed_at timestamptz NOT NULL
);

-- Whatever goes wrong in a program: the chain has no fork and no gap.
CREATE FUNCTION access_seal_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT number, head, upto, total INTO last FROM access_seal ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1
    OR NEW.previous <> coalesce(last.head, decode(repeat('00', 32), 'hex'))
    OR NEW.upto < coalesce(last.upto, 0)
    OR NEW.total <> coalesce(last.total, 0) + NEW.records THEN
    RAISE EXCEPTION 'a seal follows the last one' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT ON access_seal FOR EACH ROW EXECUTE FUNCTION access_seal_follows();

-- Months that were dropped after their years. Their seals stay: the chain goes through them.
CREATE TABLE access_retirement (
  month date PRIMARY KEY,
  records bigint NOT NULL,
  -- Numbers of the seals of which no record is left.
  emptied int8multirange NOT NULL,
  last_seal bigint NOT NULL,
  last_head bytea NOT NULL,
  retired_by text NOT NULL,
  retired_at timestamptz NOT NULL
);

-- Digests of dropped records whose seal covers others that stay.
CREATE TABLE access_retired_leaf (
  seal bigint NOT NULL,
  seq bigint NOT NULL,
  leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
  PRIMARY KEY (seal, seq)
);
`;

const KEPT = ["access_seal", "access_retirement", "access_retired_leaf"];

export class SealedAccessLog1795371000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Null in records from before, and in those of requests that were refused unread.
    await runner.query('ALTER TABLE access_record ADD kind text COLLATE "C", ADD registered text');
    await runner.query("CREATE INDEX access_record_seq_order ON access_record (seq)");
    await runner.query(SEALS);
    for (const table of KEPT) {
      await runner.query(
        `CREATE TRIGGER kept_rows BEFORE UPDATE OR DELETE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION access_record_kept()`,
      );
      await runner.query(
        `CREATE TRIGGER kept BEFORE TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION access_record_kept()`,
      );
    }
  }

  /** Refused where there are seals or kinds: they are evidence, and what was published would stand for nothing. */
  async down(runner: QueryRunner): Promise<void> {
    const [{ found }] = await runner.query(`
      SELECT EXISTS (SELECT FROM access_seal)
        OR EXISTS (SELECT FROM access_record WHERE kind IS NOT NULL OR registered IS NOT NULL) AS found`);
    if (found)
      throw new Error("There are sealed access records, which must be kept: this step is not undone.");
    await runner.query("DROP TABLE access_retired_leaf, access_retirement, access_seal");
    await runner.query("DROP FUNCTION access_seal_follows()");
    await runner.query("DROP INDEX access_record_seq_order");
    await runner.query("ALTER TABLE access_record DROP kind, DROP registered");
  }
}
