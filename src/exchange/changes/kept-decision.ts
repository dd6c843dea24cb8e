/** Decisions as feeds remember them: in canonical form, each once, by its hash. */
import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { Decision, FieldRight, Ground, Span } from "../../access";
import type { DatasetEntry, Level, Stricter } from "../../declare";
import { conditionsOf } from "../../declare/change-trigger";
import { tooOld } from "./journal";

type KeptSpan = readonly [from: string, to: string, level: Level, grounds: readonly string[]];

/** Fields in the order of the declaration; the spans of a stricter condition beside its code. */
type Kept = readonly (readonly [
  field: string,
  spans: readonly KeptSpan[],
  code?: string,
  strict?: readonly KeptSpan[],
])[];

/** A decision by the name that a cursor knows it by. */
export interface Named {
  readonly hash: string;
  readonly decision: Decision;
}

const names = new WeakMap<Decision, string>();
/** By database, what this process has seen committed. */
const stored = new WeakMap<object, Set<string>>();

/** The name of a decision, which is in the database when this returns. */
export async function keep(pool: Pick<Pool, "query">, decision: Decision): Promise<Named> {
  const there = stored.get(pool) ?? new Set();
  stored.set(pool, there);
  const known = names.get(decision);
  if (known !== undefined && there.has(known)) return { hash: known, decision };
  const text = JSON.stringify(keptOf(decision));
  const hash = createHash("sha256").update(`${decision.dataset} ${text}`).digest("base64url").slice(0, 22);
  names.set(decision, hash);
  await pool.query(
    "INSERT INTO change_decision (hash, dataset, decision) VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING",
    [hash, decision.dataset, text],
  );
  there.add(hash);
  return { hash, decision };
}

/** The decisions of these names. */
export async function kept(
  pool: Pick<Pool, "query">,
  dataset: DatasetEntry,
  hashes: readonly string[],
): Promise<Named[]> {
  const nothing = hashes.includes(NOTHING) ? [{ hash: NOTHING, decision: decisionOf(dataset, []) }] : [];
  const sought = hashes.filter((hash) => hash !== NOTHING);
  if (sought.length === 0) return nothing;
  const { rows } = await pool.query<{ hash: string; decision: Kept }>(
    "SELECT hash, decision FROM change_decision WHERE hash = ANY($1) AND dataset = $2",
    [sought, dataset.name],
  );
  // The database came back from a backup that lacks one: what was delivered cannot be told any more.
  if (rows.length < new Set(sought).size) throw tooOld();
  return [
    ...nothing,
    ...rows.map(({ hash, decision }) => ({ hash, decision: decisionOf(dataset, decision) })),
  ];
}

/** The name of the decision under which nothing is seen: what a feed that begins has been delivered under. */
export const NOTHING = "-".repeat(22);

function keptOf({ fields }: Decision): Kept {
  return [...fields].map(([name, { spans, strict }]) =>
    strict
      ? [name, spans.map(spanOut), strict.condition.code, strict.spans.map(spanOut)]
      : [name, spans.map(spanOut)],
  );
}

function spanOut({ from, to, level, grounds }: Span): KeptSpan {
  return [from, to, level, [...new Set(grounds.map(({ kind, id }) => `${kind} ${id}`))].sort()];
}

function decisionOf(dataset: DatasetEntry, text: Kept): Decision {
  const conditions = new Map(conditionsOf(dataset).map((c): [string, Stricter] => [c.code, c]));
  const fields = text.map(([name, spans, code, strict]): [string, FieldRight] => {
    const condition = code === undefined ? undefined : conditions.get(code);
    const right = { spans: spans.map(spanIn) };
    return [
      name,
      condition && strict ? { ...right, strict: { condition, spans: strict.map(spanIn) } } : right,
    ];
  });
  return {
    dataset: dataset.name,
    epoch: 0,
    until: Number.POSITIVE_INFINITY,
    fields: new Map(fields),
    territories: [],
    fingerprint: "",
  };
}

function spanIn([from, to, level, grounds]: KeptSpan): Span {
  return {
    from,
    to,
    level,
    grounds: grounds.map((text): Ground => {
      const [kind = "", id = ""] = text.split(" ");
      return { kind: kind as Ground["kind"], id };
    }),
  };
}
