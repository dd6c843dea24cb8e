/** `hub seed`: rights, real divisions and departments, then the synthetic city at the scale that is asked for. */
import { SingleBar } from "cli-progress";
import { type Progress, type Scale, seedBase, seedCity } from "../../seeds";
import { actOf, recordOnce } from "../audit";
import { type Config, readConfig } from "../config";
import { openPool } from "../database/connect";
import { runMigrations } from "../database/source";
import { catalogue } from "../datasets";
import { masterKeyOf } from "../declare/master-key";
import { withDatabase } from "./database";

export interface SeedOptions {
  /** `none`: what is real and what rights need, without a synthetic row. */
  readonly scale: Scale | "none";
}

export async function seed({ scale }: SeedOptions): Promise<void> {
  const config = readConfig();
  await withDatabase(config, async (url) => {
    await runMigrations(url);
    await seedRealThings(url, config, scale);
    if (scale === "none") return;
    const something = await seedCity({
      url,
      catalogue,
      masterKey: masterKeyOf(config),
      scale,
      progress: shownProgress(),
    });
    if (!something)
      process.stderr.write(
        "合成数据已经齐全，未作改动。The synthetic rows are all there: nothing was done.\n",
      );
  });
}

/** For `hub serve`: fills an empty demo hub, and leaves one alone that holds anything else. */
export async function seedDemo(url: string, config: Config): Promise<void> {
  await seedCity({
    url,
    catalogue,
    masterKey: masterKeyOf(config),
    scale: "demo",
    leaveOthers: true,
    progress: shownProgress(),
  });
}

async function seedRealThings(url: string, config: Config, scale: string): Promise<void> {
  const limits = { name: "seed", connections: 3, statement: 300_000, answer: 310_000 };
  const pool = openPool(url, limits, () => undefined);
  try {
    const at = new Date();
    await seedBase(pool, { demo: config.demo });
    await recordOnce(pool, actOf(`hub seed --scale ${scale}`, { at }));
  } finally {
    await pool.end();
  }
}

/** A bar for people, a line a dataset for logs. */
export function shownProgress(): Progress {
  return process.stderr.isTTY ? barProgress() : lineProgress();
}

function barProgress(): Progress {
  const format = "  合成数据 Synthetic rows {bar} {value}/{total} {name} {rows}";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, clearOnComplete: true });
  let last = false;
  return {
    begin: ({ plural: name }, at, of) => {
      last = at === of;
      if (at === 1) bar.start(of, 0, { name, rows: "" });
      else bar.update(at - 1, { name, rows: "" });
    },
    rows: (count) => bar.update({ rows: shown(count) }),
    end: () => {
      bar.increment();
      if (last) bar.stop();
    },
  };
}

const LONG_MILLISECONDS = 2_000;

/** Datasets that take their time, and what there is in the end. */
function lineProgress(): Progress {
  let [name, all, last] = ["", 0, false];
  return {
    begin: ({ plural }, at, of) => {
      name = plural;
      last = at === of;
    },
    rows: () => undefined,
    end: (count, milliseconds) => {
      all += count;
      if (milliseconds > LONG_MILLISECONDS)
        process.stderr.write(
          `合成数据 synthetic ${name}: ${shown(count)}, ${(milliseconds / 1000).toFixed(1)} s\n`,
        );
      if (last) process.stderr.write(`合成数据共 ${shown(all)} 行。Synthetic rows: ${shown(all)}.\n`);
    },
  };
}

function shown(count: number): string {
  return count.toLocaleString("en");
}
