// Gathers the planner's statistics of what was loaded, on a connection of its own while the next dataset is made.
import { Client } from "pg";
import type { DatasetEntry } from "../src/declare";

/** Rows from which pages are also marked as visible to all, which index-only scans want. */
const MUCH = 50_000;

export class Statistics {
  #work: Promise<unknown> = Promise.resolve();

  private constructor(private readonly client: Client) {}

  static async open(url: string): Promise<Statistics> {
    const client = new Client({ connectionString: url, application_name: "community-hub seed statistics" });
    await client.connect();
    return new Statistics(client);
  }

  gather({ table }: DatasetEntry, rows: number): void {
    if (rows === 0) return;
    const statement = `${rows > MUCH ? "VACUUM (ANALYZE)" : "ANALYZE"} "${table}"`;
    // Without them the hub is only slower until the database gathers them itself.
    this.#work = this.#work.then(() => this.client.query(statement)).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#work;
    await this.client.end();
  }
}
