// A bureau's own PostgreSQL: a second server, its tables, the views it offers, and the way to it, which can be cut.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { Pool } from "pg";
import { link } from "../../src/cli/link";
import type { DatasetEntry } from "../../src/declare";
import { viewSql } from "../../src/declare/linked";
import { startTestServer } from "../setup/server";

export interface BureauDatabase {
  /** Works in the schema of the bureau's own tables. */
  readonly pool: Pool;
  readonly way: Way;
  /** Makes the bureau's table and the view that it offers to the hub. */
  offer(dataset: DatasetEntry): Promise<void>;
  /** Has a hub's database read these datasets here. */
  linkTo(url: string, datasets: readonly DatasetEntry[], password?: string): Promise<void>;
  close(): Promise<void>;
}

export const PASSWORD = `it's "secret" ${randomBytes(6).toString("hex")}`;

export async function openBureauDatabase(): Promise<BureauDatabase> {
  const server = await startTestServer();
  const address = new URL(server.url);
  const pool = new Pool({ connectionString: server.url, options: "-c search_path=own", max: 2 });
  pool.on("error", () => undefined); // the server goes first where a test fails
  await pool.query("CREATE SCHEMA own; CREATE SCHEMA hub");
  await pool.query(`CREATE ROLE hub_reader LOGIN PASSWORD '${PASSWORD.replaceAll("'", "''")}'`);
  await pool.query("GRANT USAGE ON SCHEMA hub TO hub_reader");
  const way = await openWay(Number(address.port));
  return {
    pool,
    way,
    async offer(dataset) {
      const own = `own."${dataset.table}"`;
      const printed = viewSql(dataset, "hub");
      const columns = /AS SELECT\n([\s\S]*)\nFROM your_table;/.exec(printed)?.[1];
      await pool.query(`CREATE TABLE ${own} AS SELECT\n${columns}\nWHERE FALSE`);
      // As the bureau fills it in.
      await pool.query(printed.replace(/^ {2}NULL::.* AS ("\w+")/gm, "  $1").replace("your_table", own));
    },
    async linkTo(url, datasets, password = PASSWORD) {
      const place = {
        host: "127.0.0.1",
        port: way.port,
        database: address.pathname.slice(1),
        user: "hub_reader",
        schema: "hub",
        sslmode: "disable",
        password,
      };
      for (const source of new Set(datasets.map((d) => d.linked ?? "")))
        await link(
          url,
          source,
          place,
          datasets.filter((d) => d.linked === source),
        );
    },
    async close() {
      await way.close();
      await pool.end();
      await server.stop();
    },
  };
}

/** A way over TCP that can be open, cut, or silent: then it takes everything and gives nothing. */
export interface Way {
  readonly port: number;
  set(state: "open" | "cut" | "silent"): void;
  close(): Promise<void>;
}

async function openWay(target: number): Promise<Way> {
  let state = "open";
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    if (state === "cut") return from.destroy();
    const to = connect(target, "127.0.0.1");
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on("data", (bytes) => {
        if (state === "open") other.write(bytes);
      });
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      state = next;
      // What hung in silence has lost its words: it does not go on where it stood.
      if (next !== "silent") for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
