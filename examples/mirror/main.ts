/**
 * Keeps a local copy of one dataset under a grant whose way is BATCH: `node dist/examples/mirror/main.js <settings.json>`.
 * May be killed at any time; deletes what the hub takes back; when the grant has ended and nothing is left it files the
 * disposal report and ends.
 */
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Copy } from "./copy";
import { type Followed, grantState, type HubSettings, nextPage, Refused, reportDisposal } from "./hub";

interface Settings extends HubSettings, Followed {
  /** Where the copy is kept. */
  readonly file: string;
  /** Id of the grant, for the disposal report. */
  readonly grant?: string;
  /** Milliseconds between looks. */
  readonly every?: number;
}

const OVER = ["EXPIRED", "REVOKED", "RELINQUISHED"];

async function main(settings: Settings): Promise<void> {
  const copy = new Copy(settings.file);
  for (;;) {
    try {
      const { nodes, pageInfo } = await nextPage(settings, settings, copy.after);
      copy.apply(nodes, pageInfo.endCursor);
      if (pageInfo.hasNextPage) continue;
      if (nodes.length === 0 && copy.rows.size === 0 && (await isOver(settings))) return;
    } catch (error) {
      if (!(await goesOn(error, copy))) throw error;
    }
    await wait(settings.every ?? 1_000);
  }
}

/** Nothing is left, and the grant has ended: that is told, once. */
async function isOver(settings: Settings): Promise<boolean> {
  if (!settings.grant) return false;
  const state = await grantState(settings, settings.grant);
  if (state === undefined || !OVER.includes(state)) return state === "DISPOSED";
  await reportDisposal(settings, settings.grant);
  process.stdout.write("the grant has ended, the copy is gone, the report is filed\n");
  return true;
}

/** Whether to try again: the hub may be away for a while, or no longer know so old a place. */
async function goesOn(error: unknown, copy: Copy): Promise<boolean> {
  if (!(error instanceof Refused)) return error instanceof TypeError || error instanceof SyntaxError;
  if (error.reason === "CURSOR_TOO_OLD") {
    copy.clear();
    return true;
  }
  return ["UNAVAILABLE", "TIMEOUT", "RATE_LIMITED", "INTERNAL_SERVER_ERROR"].includes(error.code);
}

const [, , file] = process.argv;
if (!file) throw new Error("name the file of settings: see examples/mirror/README.md");
void main(JSON.parse(readFileSync(file, "utf8")) as Settings);
