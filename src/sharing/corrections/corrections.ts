/** Corrections as one thing to the doors: ask for one, take a step, look. */
import type { FieldEntry } from "../../declare";
import type { Identity } from "../../identity";
import { type Connection, type ForwardPage, toId, UUID, withNodes } from "../../read";
import { departmentsAmong } from "../requests/parts";
import { type Clocks, type Deadline, deadlineOf, isOverdue, readClocks } from "./course";
import { takeCorrectionStep } from "./deciding";
import { type CorrectionDraft, fileCorrection } from "./filing";
import { type CorrectionFilter, countCorrections, listCorrections } from "./list";
import { type CorrectionParts, notFound } from "./parts";
import { mayKnow, openActs } from "./reach";
import type { Ask } from "./seeing";
import { type CorrectionAct, isOpen } from "./steps";
import { readCorrection, type StoredCorrection } from "./store";
import { openText } from "./values";

/** A correction as one who knows of it sees it now; what it says of values stays sealed. */
export interface SeenCorrection {
  readonly stored: StoredCorrection;
  /** Undefined where the program no longer declares it. */
  readonly declared?: FieldEntry;
  readonly rowId: string;
  readonly requesterName: string;
  readonly providerName: string;
  readonly deadline?: Deadline;
  readonly overdue: boolean;
  /** Acts that this reader could take now. */
  readonly acts: readonly CorrectionAct[];
  /** Reasons of its transitions, by their number. */
  readonly reasons: ReadonlyMap<number, string>;
}

export interface Corrections {
  request(asker: Identity, ask: Ask, draft: CorrectionDraft): Promise<SeenCorrection>;
  decide(asker: Identity, id: string, act: CorrectionAct, reason?: string | null): Promise<SeenCorrection>;
  one(asker: Identity, id: string): Promise<SeenCorrection | undefined>;
  list(asker: Identity, filter: CorrectionFilter, page: ForwardPage): Promise<Connection<SeenCorrection>>;
  /** How many wait for this identity. */
  waiting(asker: Identity): Promise<number>;
  /** A sealed text of a correction; for those alone who may read the field in full now. */
  open(
    correction: StoredCorrection,
    what: "found" | "proposed" | "evidence" | "reason" | "usage",
  ): string | null;
}

export function createCorrections(parts: CorrectionParts): Corrections {
  const { catalogue, cipher, pool, now } = parts;

  async function seen(asker: Identity, corrections: readonly StoredCorrection[]): Promise<SeenCorrection[]> {
    if (corrections.length === 0) return [];
    const clocks = await readClocks(pool);
    const codes = corrections.flatMap((c) => [c.requester, c.provider]);
    const names = await departmentsAmong(parts, codes);
    return corrections.map((stored) => {
      const declared = catalogue.find(stored.dataset)?.fields.find((f) => f.name === stored.field);
      return {
        stored,
        declared,
        rowId: toId(stored.dataset, stored.row),
        requesterName: names.get(stored.requester) ?? stored.requester,
        providerName: names.get(stored.provider) ?? stored.provider,
        deadline: isOpen(stored.state) ? running(clocks, stored, declared) : undefined,
        overdue: isOverdue(stored, now()),
        acts: openActs(asker, stored, now()),
        reasons: reasonsOf(stored),
      };
    });
  }

  function reasonsOf({ id, transitions }: StoredCorrection): Map<number, string> {
    const open = ({ seq, reason }: StoredCorrection["transitions"][number]): [number, string][] =>
      reason ? [[seq, openText(cipher, id, `reason ${seq}`, Buffer.from(reason, "base64")) ?? ""]] : [];
    return new Map(transitions.flatMap(open));
  }

  async function one(asker: Identity, id: string): Promise<SeenCorrection | undefined> {
    const stored = UUID.test(id) ? await readCorrection(pool, id) : undefined;
    if (!stored || !mayKnow(asker, stored)) return undefined;
    return (await seen(asker, [stored]))[0];
  }

  async function known(asker: Identity, id: string): Promise<SeenCorrection> {
    const found = await one(asker, id);
    if (!found) throw notFound();
    return found;
  }

  return {
    one,
    async request(asker, ask, draft) {
      return known(asker, await fileCorrection(parts, asker, ask, draft));
    },
    async decide(asker, id, act, reason) {
      if (!UUID.test(id)) throw notFound();
      await takeCorrectionStep(parts, asker, { id, act, reason });
      return known(asker, id);
    },
    async list(asker, filter, page) {
      const found = await listCorrections(pool, asker, { filter, page, now: now() });
      return withNodes(found, await seen(asker, found.nodes));
    },
    waiting: (asker) => countCorrections(pool, asker, { waitingForMe: true }, now()),
    open(correction, what) {
      const sealed = correction[what];
      return sealed ? openText(cipher, correction.id, what, Buffer.from(sealed, "base64")) : null;
    },
  };
}

function running(clocks: Clocks, stored: StoredCorrection, declared?: FieldEntry): Deadline | undefined {
  return deadlineOf(clocks, { ...stored, sharing: declared?.sharing }, new Date(stored.filedAt));
}
