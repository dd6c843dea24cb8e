// Keys under which a client may send a creation again without its being stored twice.
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Idempotency1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_key (
        asker text COLLATE "C" NOT NULL,
        key text COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
        dataset text COLLATE "C" NOT NULL,
        -- Keyed: the request itself may hold a person's data, and a bare hash of little data can be guessed.
        request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
        row_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (asker, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE idempotency_key");
  }
}
