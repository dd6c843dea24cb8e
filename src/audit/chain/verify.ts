// Recomputes the chain from the records and names every place where the two differ. Memory stays flat: it goes through
// seals and records side by side.

import { compared, type Finding, unsound } from "./findings";
import { type Head, readHeads } from "./heads";
import { type Leaf, Leaves, type Queryable } from "./leaves";
import { type GoneMonth, goneMonths, readRetired } from "./retired";
import { BEGINNING, type Before, type LastSeal, lastSeal, type Seal, sealsAfter } from "./seal";
import { within } from "./sealer";
import { holds, parseSpans, type Spans } from "./spans";

export interface Verifying {
  readonly client: Queryable;
  readonly now: Date;
  /** The first seal that is recomputed; the one before is taken as it stands. */
  readonly from?: number;
  /** The last one, the newest if left out. */
  readonly upto?: number;
  /** File of published heads. */
  readonly heads?: string;
  readonly onFinding: (finding: Finding) => void;
  /** Told of each seal after it was looked at, with the records that it covers. */
  readonly onSeal?: (seal: Seal, members: readonly Leaf[]) => void | Promise<void>;
}

export interface Verified {
  readonly seals: number;
  /** Recomputed. */
  readonly records: number;
  /** Of seals whose months are retired. */
  readonly retired: number;
  /** Months that went after their years, oldest first, whatever part of the chain was recomputed. */
  readonly gone: readonly GoneMonth[];
  readonly last?: LastSeal;
  /** Records that no seal covers yet. */
  readonly waiting: number;
  /** The newest published head that the database holds; undefined: none was compared. */
  readonly published?: Head;
  /** Lines of the file that are no heads. */
  readonly unreadable: number;
}

export async function verify(asked: Verifying): Promise<Verified> {
  const { client, from = 1, onFinding } = asked;
  const newest = await lastSeal(client);
  const before = from > 1 ? (await sealsAfter(client, from - 2, 1))[0] : BEGINNING;
  if (!before || before.number !== from - 1) throw new Error(`There is no seal ${from - 1} to begin after.`);
  const end = Math.min(asked.upto ?? Number.MAX_SAFE_INTEGER, newest?.number ?? 0);
  const walked = await walk(asked, before, end);
  if (await hasRecordWithoutSeq(client))
    onFinding({ what: "INSERTED", note: "a record without seq, which no seal can cover" });
  const compared = await compareHeads(asked, newest);
  return { ...walked, ...compared, last: newest, gone: await goneMonths(client) };
}

async function walk(asked: Verifying, before: Before, end: number) {
  const { client, now, onFinding, onSeal } = asked;
  const retired = await readRetired(client, now);
  const bound = end > 0 ? ((await sealsAfter(client, end - 1, 1))[0]?.upto ?? 0) : 0;
  const members = new Members(client, before, bound);
  await members.begin();
  const sum = { seals: 0, records: 0, retired: 0 };
  let former = before;
  for (let page = await upTo(client, former.number, end); page.length > 0; ) {
    for (const seal of page) {
      for (const what of unsound(seal, former)) onFinding(what);
      const gap = seal.number !== former.number + 1;
      const found = await members.of(seal);
      const kept = await retired.leavesOf(seal.number);
      const isGone = retired.emptied(seal.number);
      for (const one of compared(seal, { found, kept, isGone, gap, mayBeGone: retired.mayBeGone(seal) }))
        onFinding(one);
      await onSeal?.(seal, found);
      sum.seals++;
      sum[isGone ? "retired" : "records"] += seal.records;
      former = seal;
    }
    page = await upTo(client, former.number, end);
  }
  return { ...sum, waiting: members.aside + (await countAfter(client, bound)) };
}

const PAGE = 200;

async function upTo(client: Queryable, number: number, end: number): Promise<Seal[]> {
  return (await sealsAfter(client, number, PAGE)).filter((seal) => seal.number <= end);
}

const RECORDS = 2_000;
/** Records that somebody inserted are counted up to so many beyond those of the seal. */
const BEYOND = 1_000;

/** Goes through the records once, handing each to the seal that settles its seq. */
class Members {
  readonly #records: Leaves;
  #page: readonly Leaf[] = [];
  #at = 0;
  #after: number | undefined;
  #ended = false;
  /** Of seq that a seal left open, until a later one settles them. */
  #aside: Leaf[] = [];

  constructor(
    client: Queryable,
    private readonly before: Before,
    private readonly bound: number,
  ) {
    this.#records = new Leaves(client);
    this.#after = before.number === 0 ? undefined : before.upto;
  }

  async begin(): Promise<void> {
    this.#aside = await within(this.#records, spansIn(this.before.open));
  }

  get aside(): number {
    return this.#aside.length;
  }

  async of(seal: Seal): Promise<Leaf[]> {
    const open = spansIn(seal.open);
    const settled = (leaf: Leaf) => !holds(open, leaf.seq);
    const found = this.#aside.filter(settled);
    this.#aside = this.#aside.filter((leaf) => !settled(leaf));
    for (let leaf = await this.#next(seal.upto); leaf; leaf = await this.#next(seal.upto)) {
      if (!settled(leaf)) this.#aside.push(leaf);
      else if (found.length < seal.records + BEYOND) found.push(leaf);
    }
    return found;
  }

  async #next(upto: number): Promise<Leaf | undefined> {
    if (this.#at >= this.#page.length && !this.#ended) await this.#read();
    const leaf = this.#page[this.#at];
    if (!leaf || leaf.seq > upto) return undefined;
    this.#at++;
    return leaf;
  }

  /** Pages end where a seq ends: two records of one seq, which somebody made, stay together. */
  async #read(): Promise<void> {
    const rows = await this.#records.between(this.#after, this.bound, RECORDS);
    this.#ended = rows.length < RECORDS;
    const last = rows.at(-1)?.seq;
    const isCut = !this.#ended && rows[0]?.seq !== last;
    this.#page = isCut ? rows.filter(({ seq }) => seq !== last) : rows;
    this.#after = this.#page.at(-1)?.seq;
    this.#at = 0;
  }
}

/** What is no spans at all is told by the head, which covers the text. */
function spansIn(text: string): Spans {
  try {
    return parseSpans(text);
  } catch {
    return [];
  }
}

async function countAfter(client: Queryable, upto: number): Promise<number> {
  const { rows } = await client.query("SELECT count(*) AS n FROM access_record WHERE seq > $1", [upto]);
  return Number(rows[0].n);
}

async function hasRecordWithoutSeq(client: Queryable): Promise<boolean> {
  const { rows } = await client.query("SELECT EXISTS (SELECT FROM access_record WHERE seq IS NULL) AS found");
  return rows[0].found;
}

async function compareHeads({ client, heads, onFinding }: Verifying, newest: LastSeal | undefined) {
  let published: Head | undefined;
  let unreadable = 0;
  let batch: Head[] = [];
  const look = async () => {
    for (const finding of await differences(client, batch, newest)) onFinding(finding);
    for (const head of batch)
      if (head.seal <= (newest?.number ?? 0) && head.seal >= (published?.seal ?? 0)) published = head;
    batch = [];
  };
  for await (const head of heads === undefined ? [] : readHeads(heads)) {
    if (head) batch.push(head);
    else unreadable++;
    if (batch.length >= 1_000) await look();
  }
  await look();
  return { published, unreadable };
}

async function differences(client: Queryable, batch: readonly Head[], newest?: LastSeal): Promise<Finding[]> {
  if (batch.length === 0) return [];
  const { rows } = await client.query<{ number: string; head: string; total: string }>(
    "SELECT number::text, encode(head, 'hex') AS head, total::text FROM access_seal WHERE number = ANY ($1::bigint[])",
    [batch.map(({ seal }) => seal)],
  );
  const stored = new Map(rows.map((row) => [Number(row.number), row]));
  return batch.flatMap(({ seal, head, records }): Finding[] => {
    const own = stored.get(seal);
    if (!own) {
      const note =
        seal > (newest?.number ?? 0) ? "published, and newer than all that are left" : "published, and gone";
      return [{ what: "SEAL_MISSING", seal, note }];
    }
    if (own.head === head && Number(own.total) === records) return [];
    return [{ what: "HEAD_DIFFERS", seal, note: "records or seals were changed after it was published" }];
  });
}
