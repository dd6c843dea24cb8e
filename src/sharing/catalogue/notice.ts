/** Sees where a declaration is not as it was published, and starts the clock of its update: once, whichever process comes first. */
import type { ClientBase } from "pg";
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import { CITY, type DatasetEntry } from "../../declare";
import type { Rights } from "../../identity";
import { AUTHORITY } from "../nearest";
import { type Clocks, readClocks } from "../requests/deciding";
import { differencesOf } from "./differences";
import { moveByHub, moved } from "./moving";
import type { CatalogueParts } from "./parts";
import { type Snapshot, snapshotOf } from "./snapshot";
import { NOTICING, type UpdateState, updateStepFor } from "./steps";
import {
  insertUpdate,
  lockDataset,
  openUpdates,
  publishedVersions,
  readUpdate,
  type StoredUpdate,
} from "./store";

/** A dataset as it is declared now, with the departments that its entry is between. */
export interface Present {
  readonly dataset: string;
  readonly provider: string;
  readonly authority: string;
  readonly snapshot: Snapshot;
}

/** An entry is that of the whole city: its source is the city's department of the steward's kind. */
export function presentOf(entry: DatasetEntry, rights: Rights, at: Date): Present {
  const snapshot = snapshotOf(entry, rights, at);
  return {
    dataset: entry.name,
    provider: `${snapshot.declared.steward}@${CITY}`,
    authority: `${AUTHORITY}@${CITY}`,
    snapshot,
  };
}

/** Looks at every dataset; tells of how many something was noticed. */
export async function noticeChanges(parts: CatalogueParts): Promise<number> {
  const { pool, catalogue } = parts;
  const [rights, at] = [await parts.rights.refresh(), parts.now()];
  const presents = catalogue.datasets.map((entry) => presentOf(entry, rights, at));
  const names = presents.map(({ dataset }) => dataset);
  const published = await publishedVersions(pool, names);
  const open = new Map((await openUpdates(pool)).map((u) => [u.dataset, u]));
  let count = 0;
  for (const present of presents) {
    const version = published.get(present.dataset);
    if (!whatToDo(present, open.get(present.dataset), version?.content.hash)) continue;
    const noticed = await inTransaction(pool, async (client) => {
      await lockDataset(client, present.dataset);
      return notice(client, present, await readClocks(client), at);
    });
    if (noticed) count++;
  }
  for (const dataset of open.keys()) if (!names.includes(dataset)) count += await dropped(parts, dataset, at);
  return count;
}

/** A dataset that is declared no more has nothing to publish, wherever its update stands. */
async function dropped({ pool }: CatalogueParts, dataset: string, at: Date): Promise<number> {
  return inTransaction(pool, async (client) => {
    await lockDataset(client, dataset);
    const clocks = await readClocks(client);
    let count = 0;
    for (;;) {
      const [update] = await openUpdates(client, [dataset]);
      if (!update) return count;
      const step = updateStepFor(update.state, "LAPSE") ?? updateStepFor(update.state, "NOTICE");
      if (!step) return count;
      const { declaration: declared, hash } = update.content;
      const snapshot = step.act === "NOTICE" ? { declared, hash } : undefined;
      await moveByHub(client, update, { ...moved(update, step, clocks, at), reason: DROPPED }, snapshot);
      count = 1;
    }
  });
}

const DROPPED = "数据集已不再声明。The dataset is declared no more";

/** Under the dataset's lock: brings its update to where the declaration wants it, and tells whether there was need. */
export async function notice(
  client: ClientBase,
  present: Present,
  clocks: Clocks,
  at: Date,
): Promise<boolean> {
  let changed = false;
  for (;;) {
    const version = (await publishedVersions(client, [present.dataset])).get(present.dataset);
    const [update] = await openUpdates(client, [present.dataset]);
    const todo = whatToDo(present, update, version?.content.hash);
    if (!todo) return changed;
    changed = true;
    const reason = todo.reason ?? noticed(version, present);
    const subject = update ?? (await begin(client, present, at));
    const step = todo.act === "BEGIN" ? NOTICING : updateStepFor(update?.state as UpdateState, todo.act);
    if (!step) throw new Error(`an update that is ${update?.state} takes no ${todo.act}`);
    const made = { ...moved(subject, step, clocks, at), reason };
    await moveByHub(client, subject, made, step.act === "NOTICE" ? present.snapshot : undefined);
  }
}

type ToDo = { readonly act: "BEGIN" | "NOTICE" | "LAPSE"; readonly reason?: string };

const MOVED = "数源部门已变更，由其另行提出。Another department is steward now";
const AS_PUBLISHED = "声明与已发布的目录一致，无须更新。The declaration is as it was published";

/** The next step of the hub's own, or undefined where all is as it should be. */
function whatToDo(present: Present, update: StoredUpdate | undefined, published?: string): ToDo | undefined {
  const { hash } = present.snapshot;
  if (!update) return published === hash ? undefined : { act: "BEGIN" };
  const lapsable = updateStepFor(update.state, "LAPSE") !== undefined;
  if (update.provider !== present.provider)
    return lapsable ? { act: "LAPSE", reason: MOVED } : { act: "NOTICE" };
  const noticedOnce = update.transitions.some(({ act }) => act === "NOTICE");
  if (lapsable && noticedOnce && published === hash) return { act: "LAPSE", reason: AS_PUBLISHED };
  return update.content.hash === hash ? undefined : { act: "NOTICE" };
}

async function begin(client: ClientBase, { dataset, provider, authority }: Present, at: Date) {
  const id = v7();
  await insertUpdate(client, { id, dataset, provider, authority, openedAt: at });
  return { id, provider, authority, seq: 0, transitions: [] };
}

const MOST_CHARACTERS = 2_000;

/** What is different from what was published, as the reason of the step. */
function noticed(version: StoredUpdate | undefined, { snapshot }: Present): string {
  const differences = differencesOf(version?.content.declaration, snapshot.declared);
  const text = differences.map(({ zh }) => zh).join("；") || "声明已变更";
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

/** Moves deadlines that run where the days they are counted by have changed; tells how many. In the caller's transaction. */
export async function reckonUpdates(client: ClientBase, now: Date): Promise<number> {
  const clocks = await readClocks(client);
  const { rows } = await client.query<{ id: string; dataset: string }>(
    "SELECT id, dataset FROM catalogue_update WHERE due IS NOT NULL ORDER BY dataset",
  );
  let count = 0;
  for (const { id, dataset } of rows) {
    await lockDataset(client, dataset);
    const update = await readUpdate(client, id);
    const step = update && updateStepFor(update.state, "RECKON");
    if (!step) continue;
    const made = moved(update, step, clocks, now);
    if (made.due?.getTime() === Date.parse(update.due ?? "")) continue;
    await moveByHub(client, update, made);
    count++;
  }
  return count;
}
