/** Webhooks as one thing to the doors and to the hub: made, deleted, listed, and told of changes as they come. */
import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import { HubError } from "../../errors";
import type { Duty, Identity } from "../../identity";
import { watches } from "../../identity";
import { UUID } from "../../read";
import { datasetOf } from "../changes/feed";
import { checkAddress } from "./address";
import { createDeliverer } from "./deliverer";
import { sealed, type WebhookParts } from "./parts";
import { endWebhook, listWebhooks, readWebhook, type StoredWebhook } from "./store";

/** A webhook as its department sees it. */
export interface SeenWebhook extends StoredWebhook {
  /** Seconds for which changes have waited to be told; 0 where none wait. */
  readonly lag: number;
}

export interface Webhooks {
  /** The secret is given out this once. */
  create(
    asker: Identity,
    wanted: { readonly dataset: string; readonly url: string },
  ): Promise<{ readonly webhook: SeenWebhook; readonly secret: string }>;
  delete(asker: Identity, id: string): Promise<void>;
  list(asker: Identity): Promise<SeenWebhook[]>;
  close(): Promise<void>;
}

const MOST = 20;

export function createWebhooks(parts: WebhookParts): Webhooks {
  const { pool, cipher, now, feed } = parts;
  const deliverer = createDeliverer(parts);

  async function begin(asker: Identity, dataset: string): Promise<string> {
    // By the rights of this moment: with former ones it would begin by telling how they differ.
    const decisions = await (await parts.decisionsOf(reader(asker))).refresh();
    const cursor = await feed.present(asker, dataset, decisions);
    const { open } = await feed.page(
      { asker, dataset, after: cursor, size: 1, selections: new Map() },
      decisions,
    );
    if (open) return cursor;
    throw new HubError(
      "FORBIDDEN",
      "本部门、本目的对该数据集没有可读权限，请先用 requestAccess 申请。Nothing of this dataset is open to you for this purpose: request access first",
      { dataset },
    );
  }

  return {
    async create(asker, { dataset, url }) {
      requireDuty(asker, ["read"]);
      const appKey = keyOf(asker, parts.appsRegisteredOnly);
      datasetOf(feed.parts.catalogue, dataset);
      const address = checkAddress(url, parts.allowed).href;
      const cursor = await begin(asker, dataset);
      const [id, secret, at] = [v7(), `whsec_${randomBytes(32).toString("base64url")}`, now()];
      const { department, subject, app, purpose } = asker;
      await inTransaction(pool, async (client) => {
        await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`webhooks of ${department.code}`]);
        const { rows } = await client.query<{ n: number }>(
          "SELECT count(*)::int AS n FROM webhook WHERE department = $1 AND state <> 'DELETED'",
          [department.code],
        );
        if ((rows[0]?.n ?? 0) >= MOST)
          throw new HubError(
            "BAD_USER_INPUT",
            `一个部门至多 ${MOST} 个，请先 deleteWebhook。A department has at most ${MOST} webhooks: delete one first`,
            { argument: "url", limit: MOST },
          );
        await client.query(
          `INSERT INTO webhook (id, department, subject, app, app_key, purpose, dataset, url, secret, created_at, cursor,
             stated_at, stated_by, stated_duty) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $3, 'read')`,
          [
            ...[id, department.code, subject, app ?? null, appKey ?? null, purpose ?? null],
            ...[dataset, address, sealed(cipher, secret), at, cursor],
          ],
        );
      });
      deliverer.look();
      const made = (await readWebhook(pool, id)) as StoredWebhook;
      return { webhook: { ...made, lag: 0 }, secret };
    },
    async delete(asker, id) {
      const found = UUID.test(id.toLowerCase()) ? await readWebhook(pool, id) : undefined;
      const own = found?.department === asker.department.code && (!asker.app || asker.app === found.app);
      if (!found || (!own && !watches(asker)))
        throw new HubError("NOT_FOUND", "没有这个推送，见 webhooks。There is no such webhook: see webhooks");
      const duty = requireDuty(asker, own ? ["read", "steward", "security"] : ["security"]);
      await endWebhook(pool, id, { by: asker.subject, duty, at: now() });
    },
    async list(asker) {
      const all = watches(asker);
      if (!all) requireDuty(asker, ["read", "steward"]);
      const found = await listWebhooks(pool, all ? null : asker.department.code);
      const own = found.filter((hook) => !asker.app || asker.app === hook.app);
      return own.map((hook) => {
        const { waitingSince: since } = hook;
        return { ...hook, lag: since ? Math.max(0, (now().getTime() - since.getTime()) / 1_000) : 0 };
      });
    },
    close: deliverer.close,
  };
}

/** A webhook reads as its maker may, by the duty read alone. */
function reader(asker: Identity): Identity {
  return { ...asker, duties: ["read"] };
}

function requireDuty({ duties }: Identity, any: readonly Duty[]): Duty {
  const held = any.find((duty) => duties.includes(duty));
  if (held) return held;
  throw new HubError(
    "FORBIDDEN",
    `须有 ${any.join(" 或 ")} 职责。This takes the duty ${any.join(" or ")}; see me { duties }`,
    { duties: any },
  );
}

/** An app's webhook lives with its key; whoever runs approved operations alone is told nothing besides. */
function keyOf({ app, subject, registeredOnly }: Identity, bound: boolean): string | undefined {
  if (app === undefined) return undefined;
  const [, key] = /^app-key:(\w+)$/.exec(subject) ?? [];
  if (key && !registeredOnly && !bound) return key;
  throw new HubError(
    "FORBIDDEN",
    "该应用只运行已批准的操作，或者没有平台签发的密钥：请由本部门人员建立推送。This app runs approved operations alone, or holds no key of the hub: a person of its department makes the webhook",
  );
}
