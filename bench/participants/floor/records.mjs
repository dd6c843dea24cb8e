// Access records of the floor: the hub's columns and indexes, in a table of the bench, many in one statement.
import { createHash, randomUUID } from "node:crypto";

/** A table like the hub's: what the floor writes is nobody's access, and is to come under no seal. */
export const TABLE = `
  DROP TABLE IF EXISTS bench_record;
  DROP SEQUENCE IF EXISTS bench_record_seq;
  CREATE SEQUENCE bench_record_seq;
  CREATE TABLE bench_record (LIKE access_record INCLUDING ALL) PARTITION BY RANGE (at);
  CREATE TABLE bench_record_all PARTITION OF bench_record DEFAULT;
  ALTER TABLE bench_record ALTER seq SET DEFAULT nextval('bench_record_seq');
  ALTER TABLE bench_record_all ALTER seq SET DEFAULT nextval('bench_record_seq')`;

const INSERT = `
  INSERT INTO bench_record (id, at, request_id, subject, department, app, purpose, operation, document, footprint,
    rows, suppressed, cost, outcome, milliseconds, kind)
  SELECT r.* FROM json_to_recordset($1::json) AS r(id uuid, at timestamptz, request_id text, subject text,
    department text, app text, purpose text, operation text, document bytea, footprint bytea, rows integer,
    suppressed integer, cost integer, outcome text, milliseconds integer, kind text)`;

const hashOf = (text, bytes) => `\\x${createHash("sha256").update(text).digest().toString("hex", 0, bytes)}`;

export function openRecords(pool, questions) {
  const hashes = new Map(
    questions.map(({ name, limit }) => [name, [hashOf(limit.text, 32), hashOf(name, 16)]]),
  );
  let waiting = [];
  let running = false;

  async function drain() {
    await undefined; // the requests of this turn come along
    while (waiting.length > 0) {
      const [rows, settled] = [waiting.map(({ row }) => row), waiting.map(({ settle }) => settle)];
      waiting = [];
      await pool.query({ name: "records", text: INSERT, values: [JSON.stringify(rows)] });
      for (const settle of settled) settle?.();
    }
    running = false;
  }
  const flush = () => {
    if (running) return;
    running = true;
    void drain();
  };
  setInterval(flush, 500).unref();

  return {
    /** Resolves once the record survives a crash, where `durably`; else it may be lost within half a second. */
    keep({ question, at, requestId, claims }, durably) {
      const [document, footprint] = hashes.get(question);
      const row = {
        id: randomUUID(),
        at: at.toISOString(),
        request_id: requestId,
        subject: claims.sub,
        department: claims.department,
        app: claims.app,
        purpose: claims.purpose,
        operation: question,
        document,
        footprint,
        rows: 1,
        suppressed: 0,
        cost: 1,
        outcome: "ANSWERED",
        milliseconds: Date.now() - at.getTime(),
        kind: "QUESTION",
      };
      if (!durably) {
        waiting.push({ row });
        return undefined;
      }
      return new Promise((settle) => {
        waiting.push({ row, settle });
        flush();
      });
    },
  };
}
