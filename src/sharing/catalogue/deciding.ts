/** Takes an update of the catalogue one step further: whose step it is, whether it may come now, in one transaction. */
import type { ClientBase } from "pg";
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { readClocks } from "../requests/deciding";
import { checkContent, type EntryContent } from "./content";
import { forbidden, judged, notFound, takes } from "./judging";
import { moved, standingOf } from "./moving";
import { notice, type Present, presentOf } from "./notice";
import type { CatalogueParts } from "./parts";
import { PROPOSING, type ReviewAct } from "./steps";
import { insertContent, insertTransition, insertUpdate, lockDataset, openUpdates, readUpdate } from "./store";

/** Proposes what the law leaves to people; what the declaration says is taken as it stands. Returns the update's id. */
export async function propose(
  parts: CatalogueParts,
  asker: Identity,
  name: string,
  content: EntryContent,
): Promise<string> {
  const entry = parts.catalogue.find(name);
  if (!entry || entry.from)
    throw new HubError(
      "BAD_USER_INPUT",
      entry
        ? `${name} 是报表，由其输入推出，没有目录条目。${name} is a report: what it holds is listed with its inputs`
        : `没有数据集 ${name}。No dataset is called ${name}`,
      { argument: "dataset" },
    );
  const now = parts.now();
  const present = presentOf(entry, await parts.rights.refresh(), now);
  if (!takes(asker, present, PROPOSING)) throw forbidden(present, PROPOSING);
  checkContent(content, present.snapshot.declared, now);
  return inTransaction(parts.pool, (client) => proposed(client, asker, { present, content, now }));
}

async function proposed(
  client: ClientBase,
  asker: Identity,
  {
    present,
    content,
    now,
  }: { readonly present: Present; readonly content: EntryContent; readonly now: Date },
): Promise<string> {
  const { dataset, provider, authority, snapshot } = present;
  await lockDataset(client, dataset);
  const clocks = await readClocks(client);
  // A declaration that nobody has looked at yet starts its clock now, not with the next look.
  await notice(client, present, clocks, now);
  const [update] = await openUpdates(client, [dataset]);
  const by = { actor: asker.subject, department: asker.department.code };
  if (update) {
    const standing = standingOf(update, clocks, snapshot.hash);
    const step = judged(asker, update, { act: "PROPOSE", standing, now });
    const made = moved(update, step, clocks, now);
    await insertTransition(client, update.id, { ...made, ...by });
    await insertContent(client, update.id, made.seq, snapshot, content);
    return update.id;
  }
  const id = v7();
  await insertUpdate(client, { id, dataset, provider, authority, openedAt: now });
  const made = moved({ provider, authority, seq: 0, transitions: [] }, PROPOSING, clocks, now);
  await insertTransition(client, id, { ...made, ...by });
  await insertContent(client, id, made.seq, snapshot, content);
  return id;
}

export async function takeStep(
  parts: CatalogueParts,
  asker: Identity,
  { id, act, reason }: { readonly id: string; readonly act: ReviewAct; readonly reason?: string | null },
): Promise<void> {
  const found = await readUpdate(parts.pool, id);
  const entry = found && parts.catalogue.find(found.dataset);
  if (!found || !entry) throw notFound();
  const rights = await parts.rights.refresh();
  await inTransaction(parts.pool, async (client) => {
    await lockDataset(client, found.dataset);
    const update = await readUpdate(client, id);
    if (!update) throw notFound();
    const now = parts.now();
    const clocks = await readClocks(client);
    const present = presentOf(entry, rights, now);
    const standing = standingOf(update, clocks, present.snapshot.hash);
    const step = judged(asker, update, { act, reason, standing, now });
    await insertTransition(client, id, {
      ...moved(update, step, clocks, now),
      actor: asker.subject,
      department: asker.department.code,
      reason: reason?.trim() || undefined,
    });
  });
}
