/** Ends what nobody will end: requests whose time of use has passed, and those whose supplement never came. */
import type { Pool } from "pg";
import { inTransaction } from "../../database/transaction";
import { type DeadlineRule, dueAt, ruleFor } from "../clock";
import { type Clocks, moved, readClocks, territoryOf } from "./deciding";
import type { RequestParts } from "./parts";
import { STEPS, stepFor } from "./steps";
import { insertTransition, lockRequest, type StoredRequest } from "./store";

export interface Lapse {
  readonly at: Date;
  /** Where a supplement is waited for, the rule that says how long. */
  readonly rule?: DeadlineRule;
}

/** When the request lapses if nobody takes a step; undefined where it has come to its end. */
export function lapseOf(request: StoredRequest, clocks: Clocks): Lapse | undefined {
  if (!stepFor(request.state, "LAPSE") || (request.state === "GRANTED" && !request.due)) return undefined;
  const until = { at: new Date(request.until) };
  const asked = supplementAsked(request, clocks);
  return asked && asked.at < until.at ? asked : until;
}

function supplementAsked(request: StoredRequest, { rules, calendar }: Clocks): Lapse | undefined {
  const asked = request.transitions.at(-1);
  if (request.state !== "SUPPLEMENT_ASKED" || asked?.act !== "ASK_SUPPLEMENT") return undefined;
  const receivedAt = new Date(asked.at);
  const { sharing } = request;
  const rule = ruleFor(rules, {
    act: "SUPPLEMENT",
    sharing,
    territory: territoryOf(request),
    at: receivedAt,
  });
  const at = rule && dueAt({ receivedAt, workingDays: rule.workingDays }, calendar);
  return at && { at, rule };
}

const LAPSABLE = STEPS.filter(({ act }) => act === "LAPSE").flatMap(({ from }) => from);

/** Those that may have lapsed: a supplement that was asked for less than these calendar days ago has not. */
async function candidates(pool: Pool, now: Date): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: "lapsing",
    text: CANDIDATES,
    values: [LAPSABLE, now],
  });
  return rows.map(({ id }) => id);
}

const CANDIDATES = `
SELECT id FROM access_request WHERE state = ANY ($1) AND until <= $2 AND (state <> 'GRANTED' OR due IS NOT NULL)
UNION SELECT r.id FROM access_request r JOIN access_request_transition t ON t.request = r.id AND t.seq = r.seq
 WHERE r.state = 'SUPPLEMENT_ASKED' AND t.at <= $2::timestamptz
   - make_interval(days => (SELECT min(working_days) FROM deadline_rule WHERE act = 'SUPPLEMENT'))`;

/** Lets what is due lapse, in a transaction each; tells how many. */
export async function lapseDue(parts: Pick<RequestParts, "pool" | "now">): Promise<number> {
  const now = parts.now();
  const found = await candidates(parts.pool, now);
  if (found.length === 0) return 0;
  const clocks = await readClocks(parts.pool);
  let count = 0;
  for (const id of found)
    await inTransaction(parts.pool, async (client) => {
      const request = await lockRequest(client, id);
      const lapse = request && lapseOf(request, clocks);
      const step = request && stepFor(request.state, "LAPSE");
      if (!lapse || !step || lapse.at > now) return;
      await insertTransition(client, id, {
        ...moved(request, step, clocks, now),
        actor: "hub",
        department: "system",
        reason: lapse.rule
          ? "逾期未补充。The supplement never came"
          : "使用时限已过。The time of use has passed",
        deadlineRule: lapse.rule?.id,
      });
      count++;
    });
  return count;
}
