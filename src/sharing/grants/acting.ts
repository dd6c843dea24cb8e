/** Takes an act on a grant: whose it is, whether it may come now, and what it does, in one transaction. */
import type { Pool } from "pg";
import { inTransaction } from "../../database/transaction";
import type { Catalogue } from "../../declare";
import { HubError } from "../../errors";
import type { Identity, RightsStore } from "../../identity";
import { type Now, type Place, strangersAmong } from "../requests/parts";
import { checkText } from "../requests/text";
import { type Narrower, narrowed } from "./narrowing";
import { authorityOf, mayKnowGrant, openGrantActs, partyCode, providersOf, takesStep } from "./sides";
import { standingOf } from "./standing";
import { type GrantAct, type GrantStep, grantStepFor } from "./steps";
import {
  type Disposal,
  type GrantTerms,
  insertAct,
  lockGrant,
  type Negotiation,
  type NewAct,
  type StoredGrant,
} from "./store";

/** Last uses by grant: when an answer last left by it (ISO 8601). */
export type LastUses = (grants: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export interface GrantParts {
  readonly catalogue: Catalogue;
  /** A pool that writes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current" | "refresh" | "purposes">;
  readonly now: Now;
  readonly lastUses: LastUses;
}

/** What is said with an act. */
export interface Saying {
  readonly reason?: string | null;
  readonly negotiation?: Negotiation | null;
  readonly narrower?: Narrower;
  readonly disposal?: Disposal;
}

export async function takeAct(
  parts: GrantParts,
  asker: Identity,
  { id, act, saying }: { readonly id: string; readonly act: GrantAct; readonly saying: Saying },
): Promise<void> {
  await inTransaction(parts.pool, async (client) => {
    const grant = await lockGrant(client, id);
    const now = parts.now();
    const rights = await parts.rights.refresh();
    if (!grant || !mayKnowGrant(asker, grant, rights, now)) throw notFound();
    const registers = { catalogue: parts.catalogue, pool: client };
    const provider = (await providersOf(registers, [grant], rights, now))(grant);
    const step = judged(asker, grant, provider, act, now);
    checkSaying(step, saying, now);
    const terms = act === "NARROW" ? narrowed(parts.catalogue, grant, saying.narrower ?? {}, now) : undefined;
    if (terms) await refuseStrangers(registers, grant, terms);
    const authority = step.filed ? await authorityOf(registers, provider) : undefined;
    await insertAct(client, id, made(asker, grant, step, { saying, terms, authority, now }));
  });
  // Statements check the epoch anyway; what is listed without one shows the change at once too.
  await parts.rights.refresh();
}

function made(
  asker: Identity,
  grant: StoredGrant,
  { act, to, party, duty }: GrantStep,
  { saying, terms, authority, now }: { saying: Saying; terms?: GrantTerms; authority?: string; now: Date },
): NewAct {
  const from = standingOf(grant, now);
  return {
    ...{ seq: grant.seq + 1, at: now, act, from, to: to ?? from, party, duty },
    actor: asker.subject,
    department: asker.department.code,
    reason: saying.reason?.trim(),
    negotiation: saying.negotiation ?? undefined,
    disposal: saying.disposal,
    ...{ terms, authority },
  };
}

/** The step, where it may be taken: by this identity, now. */
function judged(asker: Identity, grant: StoredGrant, provider: string, act: GrantAct, now: Date): GrantStep {
  const standing = standingOf(grant, now);
  const step = grantStepFor(standing, act);
  if (!step)
    throw refused(
      "NOT_NOW",
      `授权处于 ${standing}，不能 ${act}。A grant that is ${standing} takes no ${act}`,
      {
        state: standing,
        acts: openGrantActs(asker, grant, provider, now),
      },
    );
  if (takesStep(asker, grant, provider, step)) return step;
  const department = partyCode(grant, provider, step.party);
  throw new HubError(
    "FORBIDDEN",
    `此步骤由 ${department} 的 ${step.duty} 职责办理。This is done by ${department} with the duty ${step.duty}`,
    { department, duty: step.duty },
  );
}

function checkSaying(step: GrantStep, { reason, negotiation, disposal }: Saying, now: Date): void {
  if (step.reason) checkText("reason", reason ?? "");
  if (step.negotiated && !negotiation)
    throw refused(
      "NEGOTIATION_NEEDED",
      "无正当理由不得终止或者变更：须先与获授权部门协商并记录；因不当使用的，可先暂停（政务数据共享条例 第二十七条）。Talk with the grantee first, and give the record of it; a misuse is suspended at once",
      { argument: "negotiation" },
    );
  if (negotiation) checkText("negotiation", negotiation.record);
  for (const name of ["what", "how", "by"] as const)
    if (disposal) checkText(`disposal.${name}`, disposal[name]);
  for (const [argument, at] of [
    ["negotiation", negotiation?.at],
    ["disposal", disposal?.at],
  ])
    if (at && Date.parse(at) > now.getTime())
      throw refused("IN_THE_FUTURE", `${argument}.at 不能晚于现在。It has happened already`, { argument });
}

/** A territory that is a division no more would mean what nobody judged. */
async function refuseStrangers(registers: Place, grant: StoredGrant, terms: GrantTerms): Promise<void> {
  if (terms.territory === grant.territory) return;
  const [stranger] = await strangersAmong(registers, [terms]);
  if (!stranger) return;
  throw refused("NO_DIVISION", `${stranger} 不是本市属地。${stranger} is no territory of the city`, {
    argument: "territory",
  });
}

function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { ...facts, reason });
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的授权，或不在可见范围。No such grant within your reach");
}
