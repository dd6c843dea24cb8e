// Grants that gave the levels used, kept in the footprint of an answer instead of each of its records.
import { createHash } from "node:crypto";
import type { MigrationInterface, QueryRunner } from "typeorm";

interface Touched {
  dataset: string;
  fields: { field: string; level: string; territories: string[] }[];
}

export class GrantsInFootprints1795368044828 implements MigrationInterface {
  /** Stored records keep their grants where they are: nothing is rewritten, however many there are. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE access_footprint ADD grants text[] NOT NULL DEFAULT '{}'");
    await runner.query("ALTER TABLE access_record ALTER grants DROP NOT NULL");
  }

  /** Footprints with grants go, too: their names cover the grants, and would be taken for stored by a later `up`. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("LOCK TABLE access_record, access_footprint IN ACCESS EXCLUSIVE MODE");
    await keepRows(runner, "DISABLE");
    await storeWithoutGrants(runner);
    await runner.query(`
      UPDATE access_record SET grants = access_footprint.grants, footprint = coalesce(renamed.hash, access_footprint.hash)
        FROM access_footprint LEFT JOIN renamed ON renamed.former = access_footprint.hash
        WHERE access_record.grants IS NULL AND access_record.footprint = access_footprint.hash`);
    await runner.query("DELETE FROM access_footprint WHERE grants <> '{}'");
    await keepRows(runner, "ENABLE");
    await runner.query("DROP TABLE renamed");
    await runner.query("ALTER TABLE access_footprint DROP grants");
    // Fails, and undoes the step, where a record lacked its footprint.
    await runner.query("ALTER TABLE access_record ALTER grants SET NOT NULL");
  }
}

async function keepRows(runner: QueryRunner, word: "ENABLE" | "DISABLE"): Promise<void> {
  for (const table of ["access_record", "access_footprint"])
    await runner.query(`ALTER TABLE ${table} ${word} TRIGGER kept_rows`);
}

/** What footprints with grants say of what was touched, stored under its own name; `renamed` tells which is whose. */
async function storeWithoutGrants(runner: QueryRunner): Promise<void> {
  const found: { former: string; datasets: Touched[] }[] = await runner.query(
    "SELECT encode(hash, 'hex') AS former, datasets FROM access_footprint WHERE grants <> '{}'",
  );
  const renamed = found.map(({ former, datasets }) => ({
    former: `\\x${former}`,
    hash: `\\x${hashOf(datasets)}`,
  }));
  await runner.query("CREATE TEMPORARY TABLE renamed (former bytea, hash bytea) ON COMMIT DROP");
  await runner.query(
    "INSERT INTO renamed SELECT r.* FROM json_to_recordset($1::json) AS r(former bytea, hash bytea)",
    [JSON.stringify(renamed)],
  );
  await runner.query("ANALYZE renamed");
  await runner.query(`
    INSERT INTO access_footprint (hash, datasets)
      SELECT renamed.hash, datasets FROM renamed JOIN access_footprint ON access_footprint.hash = former
      ON CONFLICT DO NOTHING`);
}

/** As the recorder names footprints without grants: the first 16 bytes of the SHA-256, members in alphabetical order. */
function hashOf(touched: Touched[]): string {
  const canonical = touched.map(({ dataset, fields }) => ({
    dataset,
    fields: fields.map(({ field, level, territories }) => ({ field, level, territories })),
  }));
  return createHash("sha256").update(JSON.stringify(canonical)).digest().toString("hex", 0, 16);
}
