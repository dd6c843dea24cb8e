// Says of one seal whether it holds, and if not what was done to its records.
import type { Leaf } from "./leaves";
import { FORM } from "./leaves";
import { type Before, contentOf, headOf, MARK, markOf, type Seal } from "./seal";
import { numbersIn, parseSpans, type Spans, sizeOf } from "./spans";

export type Fault =
  | "EDITED"
  | "DELETED"
  | "INSERTED"
  | "REORDERED"
  | "SEAL_EDITED"
  | "SEAL_MISSING"
  | "HEAD_DIFFERS";

export interface Finding {
  readonly what: Fault;
  readonly seal?: number;
  /** Of the record. */
  readonly seq?: number;
  readonly note: string;
}

/** What is wrong with a seal by itself and as the one after `former`. */
export function* unsound(seal: Seal, former: Before): Generator<Finding> {
  const of = (what: Fault, note: string, number = seal.number): Finding => ({ what, seal: number, note });
  if (seal.number !== former.number + 1)
    yield of(
      "SEAL_MISSING",
      `seals ${former.number + 1} to ${seal.number - 1} are missing`,
      former.number + 1,
    );
  else if (!seal.previous.equals(former.head))
    yield of("SEAL_EDITED", "it does not follow the seal before it");
  else if (seal.upto < former.upto || seal.total !== former.total + seal.records)
    yield of("SEAL_EDITED", "it does not count on from the seal before it");
  if (seal.form !== FORM) yield of("SEAL_EDITED", `form ${seal.form} is not known to this program`);
  if (!headOf(seal).equals(seal.head)) yield of("SEAL_EDITED", "its head is not that of what it says");
}

export interface Evidence {
  /** Records that fall to the seal, ascending. */
  readonly found: readonly Leaf[];
  /** Digests of records that went with their month. */
  readonly kept: readonly Pick<Leaf, "seq" | "digest">[];
  /** Whether the log says that all of its records went. */
  readonly isGone: boolean;
  /** Whether they have been kept for as long as they must. */
  readonly mayBeGone: boolean;
  /** The seal before is missing: what is not this one's own may be that one's. */
  readonly gap: boolean;
}

type Content = Pick<Leaf, "seq" | "digest">;

export function compared(seal: Seal, evidence: Evidence): Finding[] {
  const { found, kept, isGone, mayBeGone, gap } = evidence;
  const of = (what: Fault, seq: number, note: string): Finding => ({ what, seal: seal.number, seq, note });
  if ((isGone || kept.length > 0) && !mayBeGone)
    return [{ what: "DELETED", seal: seal.number, note: "said to be retired before its years were over" }];
  if (isGone) return found.map(({ seq }) => of("INSERTED", seq, "a record of a month that is retired"));
  const there: Content[] = [...found, ...kept].sort((a, b) => a.seq - b.seq);
  if (there.length === seal.records && contentOf(there).equals(seal.content)) return [];
  const differing = matched(seal, there);
  if (!differing)
    return [{ what: "SEAL_EDITED", seal: seal.number, note: "it does not tell which records it covers" }];
  const { missing, changed } = differing;
  const extra = gap ? [] : differing.extra;
  if (isPermutation(differing)) {
    const places = [...missing, ...changed, ...extra].map(({ seq }) => seq).sort((a, b) => a - b);
    return places.map((seq) => of("REORDERED", seq, "records of the seal have changed places"));
  }
  const findings = [
    ...changed.map(({ seq }) => of("EDITED", seq, "the record or its footprint was changed")),
    ...missing.map(({ seq }) => of("DELETED", seq, "the record is gone")),
    ...extra.map(({ seq }) => of("INSERTED", seq, "the record was not there when the seal was made")),
  ];
  if (findings.length > 0) return findings;
  return gap
    ? []
    : [{ what: "EDITED", seal: seal.number, note: "a record, its footprint, or the seal's digest" }];
}

interface Place {
  readonly seq: number;
  /** As the seal has it, and as the record is. */
  readonly was?: string;
  readonly is?: string;
}

interface Differing {
  readonly missing: Place[];
  readonly extra: Place[];
  readonly changed: Place[];
}

/** Undefined where the seal does not say which seq it covers. */
function matched(seal: Seal, there: readonly Content[]): Differing | undefined {
  const present = presentIn(seal);
  if (!present) return undefined;
  const [missing, extra, changed]: Place[][] = [[], [], []];
  let at = 0;
  let n = 0;
  for (const seq of numbersIn(present)) {
    const was = seal.marks.toString("hex", n * MARK, (n + 1) * MARK);
    n++;
    while (at < there.length && (there[at] as Content).seq < seq)
      extra?.push(placeOf(there[at++] as Content));
    const own = there[at]?.seq === seq ? there[at++] : undefined;
    if (!own) missing?.push({ seq, was });
    else if (markOf(own.digest) !== was) changed?.push({ seq, was, is: markOf(own.digest) });
  }
  while (at < there.length) extra?.push(placeOf(there[at++] as Content));
  return { missing, extra, changed } as Differing;
}

const placeOf = ({ seq, digest }: Content): Place => ({ seq, is: markOf(digest) });

function presentIn(seal: Seal): Spans | undefined {
  try {
    const present = parseSpans(seal.present);
    return sizeOf(present) === seal.records ? present : undefined;
  } catch {
    return undefined;
  }
}

/** The same records, each whole, in other places. */
function isPermutation({ missing, extra, changed }: Differing): boolean {
  const was = [...missing, ...changed].map((place) => place.was).sort();
  const is = [...extra, ...changed].map((place) => place.is).sort();
  return was.length > 1 && was.length === is.length && was.every((mark, i) => mark === is[i]);
}
