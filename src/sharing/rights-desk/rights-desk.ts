/** The rights desk as one thing to its doors: open a case, take a step, look. */
import type { Identity } from "../../identity";
import { type Connection, type ForwardPage, toId, UUID } from "../../read";
import { departmentsAmong } from "../requests/parts";
import { type CaseDecision, takeCaseStep } from "./deciding";
import { type CaseFilter, listCases } from "./list";
import { type CaseDraft, openCase } from "./opening";
import { type DeskParts, notFound, openText } from "./parts";
import { handles, mayKnow, openActs } from "./reach";
import { type Receiver, receiversOf } from "./receivers";
import type { CaseAct } from "./steps";
import { readCase, type StoredCase } from "./store";

/** A case as one who knows of it sees it now. */
export interface SeenCase {
  readonly stored: StoredCase;
  readonly rowId: string;
  readonly departmentName: string;
  /** Acts that this reader could take now. */
  readonly acts: readonly CaseAct[];
  /** What was said, for those who handle the case alone. */
  readonly said?: { readonly verifiedHow: string; readonly reason: string };
  /** Reasons of its transitions, by their number. */
  readonly reasons: ReadonlyMap<number, string>;
}

export interface RightsDesk {
  open(asker: Identity, draft: CaseDraft): Promise<SeenCase>;
  decide(asker: Identity, decision: CaseDecision): Promise<SeenCase>;
  one(asker: Identity, id: string): Promise<SeenCase | undefined>;
  list(asker: Identity, filter: CaseFilter, page: ForwardPage): Promise<Connection<SeenCase>>;
  /** Departments that may receive what the row says of a person now. */
  receivers(stored: StoredCase): Promise<Receiver[]>;
  /** Names of departments among these codes. */
  names(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createRightsDesk(parts: DeskParts): RightsDesk {
  const { cipher, pool } = parts;

  async function seen(asker: Identity, cases: readonly StoredCase[]): Promise<SeenCase[]> {
    const names = await departmentsAmong(
      parts,
      cases.map(({ department }) => department),
    );
    return cases.map((stored) => ({
      stored,
      rowId: toId(stored.dataset, stored.row),
      departmentName: names.get(stored.department) ?? stored.department,
      acts: openActs(asker, stored),
      ...(handles(asker, stored) ? opened(stored) : { reasons: new Map() }),
    }));
  }

  function opened({ id, verifiedHow, reason, transitions }: StoredCase): Pick<SeenCase, "said" | "reasons"> {
    const open = (what: string, sealed: string) => openText(cipher, id, what, sealed);
    return {
      // Empty once the row was erased, and the texts about its person with it (B-40).
      said: verifiedHow
        ? { verifiedHow: open("verifiedHow", verifiedHow), reason: open("reason", reason) }
        : undefined,
      reasons: new Map(
        transitions.flatMap(({ seq, reason: sealed }): [number, string][] =>
          sealed ? [[seq, open(`reason ${seq}`, sealed)]] : [],
        ),
      ),
    };
  }

  async function one(asker: Identity, id: string): Promise<SeenCase | undefined> {
    const stored = UUID.test(id) ? await readCase(pool, id) : undefined;
    return stored && mayKnow(asker, stored) ? (await seen(asker, [stored]))[0] : undefined;
  }

  async function decide(asker: Identity, decision: CaseDecision): Promise<SeenCase> {
    if (!UUID.test(decision.id)) throw notFound();
    await takeCaseStep(parts, asker, decision);
    const found = await one(asker, decision.id);
    if (!found) throw notFound();
    return found;
  }

  return {
    one,
    decide,
    async open(asker, draft) {
      const id = await openCase(parts, asker, draft);
      // As easily as given: nobody decides on a withdrawal, it is carried out by who hears it (B-35).
      if (draft.kind === "WITHDRAW_CONSENT") return decide(asker, { id, act: "FULFIL" });
      const found = await one(asker, id);
      if (!found) throw notFound();
      return found;
    },
    async list(asker, filter, page) {
      const found = await listCases(pool, asker, filter, page);
      const nodes = await seen(asker, found.nodes);
      const edges = found.edges.map(({ cursor }, i) => ({ cursor, node: nodes[i] as SeenCase }));
      return { ...found, nodes, edges };
    },
    receivers: (stored) => receiversOf(parts, stored),
    names: (codes) => departmentsAmong(parts, codes),
  };
}
