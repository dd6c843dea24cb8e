/** Which approved operation an app means, looked up at most once a second for each app; what was loaded never changes. */
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { type Bounding, createBounded, type Decisions } from "../../access";
import { HubError } from "../../errors";
import type { Identity, RightsStore } from "../../identity";
import type { Quotas } from "./quota";
import { readOperation, type StoredOperation } from "./store";
import type { OperationState } from "./words";

/** An operation that an app runs now. */
export interface RunningOperation {
  readonly id: string;
  /** Name and version, for the access record. */
  readonly mark?: string;
  readonly document: string;
  readonly purpose?: string;
  bounded(decisions: Decisions): Decisions;
  /** Counts one request; throws RATE_LIMITED. */
  take(): Promise<void>;
  spend(rows: number): void;
}

/** What tells approved operations of an app apart. */
interface Line {
  readonly id: string;
  readonly hash: string;
  readonly sourceHash: string;
  readonly purpose: string | null;
}

const FRESH_MILLISECONDS = 1_000;
const MOST_APPS = 2_000;
/** Characters of documents and bounds kept. */
const MOST = 16 * 1024 * 1024;

const APPROVED = `SELECT id, hash, source_hash AS "sourceHash", purpose FROM app_operation
  WHERE department = $1 AND app = $2 AND state = 'APPROVED' ORDER BY registered_at DESC, id DESC`;

export interface Running {
  /** The approved operation of this app with the hash; throws FORBIDDEN with what to do where there is none. */
  find(identity: Identity, hash: string): Promise<RunningOperation>;
  /** After a step was taken in this process. */
  forget(): void;
}

/** An operation with the look at whether it still stands. */
interface Loaded extends RunningOperation {
  /** Throws where it is not approved any more; looks once for each state of the rights, which a retirement moves. */
  stands(epoch: number): Promise<void>;
}

export function createRunning(pool: Pool, quotas: Quotas, rights: Pick<RightsStore, "current">): Running {
  const apps = new LRUCache<string, readonly Line[]>({ max: MOST_APPS, ttl: FRESH_MILLISECONDS });
  const loaded = new LRUCache<string, Loaded>({
    maxSize: MOST,
    sizeCalculation: (operation) => 2_000 + 4 * operation.document.length,
  });

  async function linesOf({ department, app = "" }: Identity, anew = false): Promise<readonly Line[]> {
    const key = `${department.code} ${app}`;
    const known = anew ? undefined : apps.get(key);
    if (known) return known;
    const query = { name: "approved-operations", text: APPROVED, values: [department.code, app] };
    const { rows } = await pool.query<Line>(query);
    apps.set(key, rows);
    return rows;
  }

  async function load(id: string): Promise<Loaded> {
    const known = loaded.get(id);
    if (known) return known;
    const stored = await readOperation(pool, id);
    if (!stored) throw new Error("an approved operation is gone");
    const operation = runningOf(stored);
    loaded.set(id, operation);
    return operation;
  }

  function runningOf(stored: StoredOperation): Loaded {
    const { id, name, version, document, purpose, bounds } = stored;
    const still = async () => {
      const { rows } = await pool.query("SELECT FROM app_operation WHERE id = $1 AND state = 'APPROVED'", [
        id,
      ]);
      if (rows.length === 0) throw notApproved("RETIRED");
    };
    const bounding: Bounding = { name: `operation ${id}`, bounds, beyond: beyond(stored), still };
    const bounded = createBounded(bounding);
    let looked = -1;
    return {
      ...{ id, mark: `${name}@${version}`, document, purpose },
      bounded(decisions) {
        const under = bounded(decisions);
        // Rights moved since the look: no statement answers under this, and what asks anew looks again.
        return decisions.epoch === looked ? under : { ...under, epoch: -1, alike: undefined };
      },
      async stands(epoch) {
        if (epoch === looked) return;
        await still();
        looked = epoch;
      },
      take: () => quotas.take(stored),
      spend: (rows) => quotas.spend(id, rows),
    };
  }

  return {
    async find(identity, hash) {
      const isNamed = (line: Line) => line.hash === hash || line.sourceHash === hash;
      const known = (await linesOf(identity)).filter(isNamed);
      // Approved a moment ago, perhaps through another process.
      const named = known.length > 0 ? known : (await linesOf(identity, true)).filter(isNamed);
      const { purpose } = identity;
      const fitting = purpose === undefined ? named : named.filter((l) => l.purpose === purpose);
      const [first] = fitting;
      if (first && fitting.every((l) => l.purpose === first.purpose)) {
        const operation = await load(first.id);
        await operation.stands((await rights.current()).epoch);
        return operation;
      }
      if (named.length > 0) throw otherPurpose(named, purpose);
      throw notApproved(await stateOf(pool, identity, hash));
    },
    forget: () => apps.clear(),
  };
}

/** Where the newest registration of the hash stands; for the words of a refusal alone. */
async function stateOf(
  pool: Pool,
  { department, app }: Identity,
  hash: string,
): Promise<OperationState | undefined> {
  const { rows } = await pool.query<{ state: OperationState }>(
    `SELECT state FROM app_operation WHERE department = $1 AND app = $2 AND (hash = $3 OR source_hash = $3)
      ORDER BY registered_at DESC, id DESC LIMIT 1`,
    [department.code, app, hash],
  );
  return rows[0]?.state;
}

const NEXT: Record<Exclude<OperationState, "APPROVED"> | "NONE", string> = {
  NONE: "没有登记这个操作：先用 registerOperation 登记，由本部门负责人批准。It is not registered for this app: register it with registerOperation, and have your department's head approve it",
  REGISTERED:
    "此操作已登记，待本部门负责人用 approveOperation 批准。It is registered and waits for approveOperation by your department's head",
  REFUSED:
    "此操作未获批准，理由见 operations；修改后重新登记。It was not approved: operations tells why; register another version",
  RETIRED: "此操作已停用，需要时重新登记。It was retired: register it anew if it is needed",
};

export function notApproved(state: OperationState | undefined): HubError {
  // Approved since the look that found nothing: the next one finds it.
  const told = state === undefined ? "NONE" : state === "APPROVED" ? "REGISTERED" : state;
  return new HubError("FORBIDDEN", `应用只运行已批准的登记操作。${NEXT[told]}`, {
    reason: told === "NONE" ? "NOT_REGISTERED" : told === "REGISTERED" ? "NOT_APPROVED" : told,
  });
}

function otherPurpose(lines: readonly Line[], purpose: string | undefined): HubError {
  const purposes = [...new Set(lines.map((line) => line.purpose ?? null))];
  return new HubError(
    "FORBIDDEN",
    "此操作是为另一目的批准的，请用绑定该目的的密钥，或为本目的另行登记。The operation was approved for another purpose: use a key bound to that one, or register it for this one",
    { reason: "OTHER_PURPOSE", purpose: purpose ?? null, approved: purposes },
  );
}

/** Variables may lead an operation to what its approver did not see. */
function beyond({ app, name, version }: StoredOperation): Bounding["beyond"] {
  return (dataset, field) =>
    new HubError(
      "FORBIDDEN",
      `${app}/${name}@${version} 获批时不涉及 ${dataset}${field ? `.${field}` : ""}：请附上这样使用的 examples 重新登记、重新批准。It was approved without ${dataset}${field ? `.${field}` : ""}: register it anew with examples that use it, and have it approved`,
      { reason: "NOT_APPROVED_FOR", dataset, ...(field && { field }) },
    );
}
