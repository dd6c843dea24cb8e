// Fills an empty hub with the synthetic city, dataset by dataset; never mixes invented rows into a hub that has its own.
import { Client } from "pg";
import type { Catalogue, DatasetEntry } from "../src/declare";
import { createCipher } from "../src/declare/cipher";
import { HubError } from "../src/errors";
import { copyLines } from "./copy-line";
import { readDivisions } from "./data";
import { loadDataset } from "./load";
import { Statistics } from "./statistics";
import { type City, cityOf, MAKERS, type Scale } from "./synthetic";
import { RECORDED_AT } from "./synthetic/calendar";
import { SIZED } from "./synthetic/city";

export interface CitySeed {
  readonly url: string;
  readonly catalogue: Catalogue;
  /** Of the fields that are encrypted at rest. */
  readonly masterKey: Buffer;
  readonly scale: Scale;
  /** Leaves a hub alone that has rows of its own or of another scale, where otherwise that is an error. */
  readonly leaveOthers?: boolean;
  readonly progress?: Progress;
}

export interface Progress {
  /** A dataset begins: which of how many. */
  begin(dataset: DatasetEntry, at: number, of: number): void;
  rows(count: number): void;
  /** `count` is 0 where the dataset was there already. */
  end(count: number, milliseconds: number): void;
}

/** Signs every synthetic row. */
export const SEEDER = "system/seed";

/** Goes on where an earlier run was stopped. Says whether there was anything to do. */
export async function seedCity(seed: CitySeed): Promise<boolean> {
  const client = new Client({ connectionString: seed.url, application_name: "community-hub seed" });
  await client.connect();
  try {
    const whole = await isWhole(client, seed.catalogue);
    if (whole && seed.leaveOthers) return false;
    const city = cityOf(seed.scale, readDivisions());
    const obstacle = await findOthers(client, seed.catalogue, city);
    if (obstacle && seed.leaveOthers) return false;
    if (obstacle)
      throw new HubError(
        "BAD_USER_INPUT",
        `合成数据只装入空库。Synthetic rows go into an empty hub only: ${obstacle}. Give another HUB_DATA or DATABASE_URL.`,
      );
    if (!whole) await fill(client, city, seed);
    return !whole;
  } finally {
    await client.end();
  }
}

async function fill(client: Client, city: City, seed: CitySeed): Promise<void> {
  const { catalogue, progress } = seed;
  const cipher = createCipher(seed.masterKey);
  const statistics = await Statistics.open(seed.url);
  try {
    let at = 0;
    for (const [name, make] of MAKERS) {
      const dataset = catalogue.dataset(name);
      const started = performance.now();
      progress?.begin(dataset, ++at, MAKERS.size);
      const lines = copyLines(dataset, cipher, { by: SEEDER, at: RECORDED_AT });
      const count = await loadDataset(client, dataset, lines, make(city), progress?.rows.bind(progress));
      statistics.gather(dataset, count);
      progress?.end(count, performance.now() - started);
    }
  } finally {
    await statistics.close();
  }
}

/** Every dataset has rows: nothing is left to do. */
async function isWhole(client: Client, catalogue: Catalogue): Promise<boolean> {
  const tables = [...MAKERS.keys()].map((name) => catalogue.dataset(name).table);
  const each = tables.map((table) => `EXISTS (SELECT FROM "${table}")`);
  const { rows } = await client.query<{ whole: boolean }>(`SELECT ${each.join(" AND ")} AS whole`);
  return rows[0]?.whole ?? false;
}

/** What is there and is not what this run would load, in words. */
async function findOthers(client: Client, catalogue: Catalogue, city: City): Promise<string | undefined> {
  for (const name of MAKERS.keys()) {
    const { table, plural } = catalogue.dataset(name);
    const { rows } = await client.query<{ seeded: number; others: number }>(
      `SELECT count(*) FILTER (WHERE created_by = $1)::int AS seeded,
              count(*) FILTER (WHERE created_by <> $1)::int AS others FROM "${table}"`,
      [SEEDER],
    );
    const { seeded = 0, others = 0 } = rows[0] ?? {};
    if (seeded === 0 && others > 0) return `${plural} holds rows that are not synthetic`;
    const sized = SIZED.find((one) => one === name);
    const expected = sized && city.places.reduce((sum, place) => sum + city.count(sized, place), 0);
    if (seeded > 0 && expected !== undefined && seeded !== expected)
      return `${plural} was seeded at another scale`;
  }
  return undefined;
}
