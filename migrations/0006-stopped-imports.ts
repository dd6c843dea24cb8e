// A request to stop an import, kept where the process that runs it will see it.
import type { MigrationInterface, QueryRunner } from "typeorm";

export class StoppedImports1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE import_job ADD COLUMN stop_requested boolean NOT NULL DEFAULT false");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE import_job DROP COLUMN stop_requested");
  }
}
