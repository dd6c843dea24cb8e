// Finds transitions of requests by what was done and when, for figures over a period.
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Supervision1795380000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE INDEX access_request_transition_act ON access_request_transition (act, at)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP INDEX access_request_transition_act");
  }
}
