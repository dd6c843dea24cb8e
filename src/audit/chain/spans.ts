// Sets of whole numbers as sorted spans, read and written as PostgreSQL writes an int8multirange: {[5,9),[11,21)}.

/** From this number until before that one. */
export type Span = readonly [from: number, until: number];
/** Sorted, apart from one another. */
export type Spans = readonly Span[];

export function printSpans(spans: Spans): string {
  return `{${spans.map(([from, until]) => `[${from},${until})`).join(",")}}`;
}

const ONE = /\[(-?\d+),(-?\d+)\)/g;

export function parseSpans(text: string): Spans {
  const spans = [...text.matchAll(ONE)].map((match): Span => [Number(match[1]), Number(match[2])]);
  if (printSpans(spans) !== text) throw new Error(`no spans of whole numbers: ${text.slice(0, 100)}`);
  return spans;
}

/** Of numbers that ascend; those that stand twice count once. */
export function spansOf(numbers: Iterable<number>): Spans {
  const spans: [number, number][] = [];
  for (const n of numbers) {
    const last = spans.at(-1);
    if (last && n < last[1]) continue;
    if (last && n === last[1]) last[1] = n + 1;
    else spans.push([n, n + 1]);
  }
  return spans;
}

/** What of `spans` is in none of `others`. */
export function without(spans: Spans, others: Spans): Spans {
  const left: Span[] = [];
  let at = 0;
  for (const [from, until] of spans) {
    let begin = from;
    while (at < others.length && (others[at] as Span)[1] <= begin) at++;
    for (let i = at; i < others.length && (others[i] as Span)[0] < until; i++) {
      const [start, end] = others[i] as Span;
      if (start > begin) left.push([begin, start]);
      begin = Math.max(begin, end);
    }
    if (begin < until) left.push([begin, until]);
  }
  return left;
}

export function holds(spans: Spans, n: number): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span)[1] <= n) low = middle + 1;
    else high = middle;
  }
  return low < spans.length && (spans[low] as Span)[0] <= n;
}

export function sizeOf(spans: Spans): number {
  return spans.reduce((sum, [from, until]) => sum + until - from, 0);
}

export function* numbersIn(spans: Spans): Generator<number> {
  for (const [from, until] of spans) for (let n = from; n < until; n++) yield n;
}
