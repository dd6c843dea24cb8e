/** Linked sources: how many statements may wait on one, whether it answers now, and how one that is away is told. */
import type { Pool } from "pg";
import type { DatasetEntry } from "../declare";
import { HubError } from "../errors";

/** Told for those who run the hub; what the server said is not. */
export type OnAway = (source: string, code: string | undefined) => void;

/** Statements that wait on one source: the others of the pool stay for those who ask for something else. */
const AT_ONCE = 4;
/** Milliseconds that one more waits for its turn. */
const PATIENCE = 3_000;
/** Milliseconds for which a source that did not answer is not asked again. */
const LEFT_ALONE = 5_000;
/** Milliseconds for which a look holds, and that its asker waits for it. */
const FRESH = 5_000;
const WAITING = 1_500;

type State = "READY" | "UNAVAILABLE";

export class Sources {
  readonly #gates = new Map<string, Gate>();
  #look?: { readonly at: number; readonly states: Map<string, State>; readonly done: Promise<unknown> };

  constructor(
    readonly pool: Pick<Pool, "query">,
    readonly onAway: OnAway = () => {},
  ) {}

  /** Runs a statement that reads these datasets at their sources; UNAVAILABLE where one of those is away. */
  async through<T>(datasets: readonly DatasetEntry[], work: () => Promise<T>): Promise<T> {
    if (datasets.length === 0) return work();
    const left: (() => void)[] = [];
    try {
      // One after the other and always in this order: two statements never wait for each other.
      for (const dataset of onePerSource(datasets)) left.push(await this.#gate(dataset).enter(dataset));
      return await work();
    } catch (error) {
      throw this.refusal(datasets, error);
    } finally {
      for (const leave of left) leave();
    }
  }

  /** Refuses at once what a source that did not answer a moment ago would have to answer. */
  hold(datasets: readonly DatasetEntry[]): void {
    for (const dataset of onePerSource(datasets)) this.#gate(dataset).hold(dataset);
  }

  /** What to tell of an error of a statement that reads these datasets. */
  refusal(datasets: readonly DatasetEntry[], error: unknown): unknown {
    if (datasets.length === 0 || !isAway(error)) return error;
    const { code, message } = error as { code?: string; message: string };
    const all = onePerSource(datasets);
    const [dataset = all[0] as DatasetEntry, ...others] =
      all.length === 1 ? all : all.filter(({ linked = "" }) => message.includes(linked.replaceAll("-", "_")));
    // Of several nobody knows which it is.
    if (others.length === 0) this.#gate(dataset).close();
    this.onAway(String(dataset.linked), code);
    return away(dataset);
  }

  /** Which of these datasets answer now; what does not tell in time is away. */
  async states(datasets: readonly DatasetEntry[]): Promise<Readonly<Record<string, State>>> {
    if (!this.#look || Date.now() - this.#look.at > FRESH) this.#look = this.#lookAt(datasets);
    const { states, done } = this.#look;
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, WAITING).unref())]);
    return Object.fromEntries(datasets.map(({ name }) => [name, states.get(name) ?? "UNAVAILABLE"]));
  }

  #lookAt(datasets: readonly DatasetEntry[]) {
    const states = new Map<string, State>();
    const looks = datasets.map((dataset) =>
      this.through([dataset], () => this.pool.query(`SELECT FROM "${dataset.table}" LIMIT 1`)).then(
        () => states.set(dataset.name, "READY"),
        () => states.set(dataset.name, "UNAVAILABLE"),
      ),
    );
    return { at: Date.now(), states, done: Promise.all(looks) };
  }

  #gate({ linked = "" }: DatasetEntry): Gate {
    const gate = this.#gates.get(linked) ?? new Gate();
    this.#gates.set(linked, gate);
    return gate;
  }
}

interface Waiting {
  readonly dataset: DatasetEntry;
  readonly resolve: (leave: () => void) => void;
  readonly reject: (error: HubError) => void;
}

/** The way to one source. */
class Gate {
  #running = 0;
  #closedUntil = 0;
  #waiting: Waiting[] = [];

  hold(dataset: DatasetEntry): void {
    if (Date.now() < this.#closedUntil) throw away(dataset);
  }

  /** Whoever comes in has to leave. */
  async enter(dataset: DatasetEntry): Promise<() => void> {
    this.hold(dataset);
    if (this.#running < AT_ONCE) return this.#begin();
    return new Promise((resolve, reject) => {
      const one: Waiting = {
        dataset,
        resolve: (leave) => {
          clearTimeout(timer);
          resolve(leave);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== one);
        reject(away(dataset));
      }, PATIENCE);
      this.#waiting.push(one);
    });
  }

  close(): void {
    this.#closedUntil = Date.now() + LEFT_ALONE;
    for (const one of this.#waiting.splice(0)) one.reject(away(one.dataset));
  }

  #begin(): () => void {
    this.#running++;
    return () => {
      this.#running--;
      this.#waiting.shift()?.resolve(this.#begin());
    };
  }
}

function onePerSource(datasets: readonly DatasetEntry[]): DatasetEntry[] {
  const by = new Map(datasets.map((dataset) => [dataset.linked ?? "", dataset]));
  return [...by].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, dataset]) => dataset);
}

/** Classes of SQLSTATEs that say the other side is not there, or not as it was linked. */
const AWAY = /^(08|HV|28|42|53|57P)/;

/**
 * Whether PostgreSQL told that a source was not there for it. What the source itself ended for lack of time comes with
 * words on where it stood; what the hub's own server ended had nothing to say: the source was silent.
 */
export function isAway(error: unknown): boolean {
  const { severity, code = "", where } = error as { severity?: string; code?: string; where?: string };
  return severity === "ERROR" && (AWAY.test(code) || (code === "57014" && where === undefined));
}

/** The dataset cannot be read now, whatever is asked of it. */
export function away({ name, zh, linked }: DatasetEntry): HubError {
  return new HubError(
    "UNAVAILABLE",
    `${zh}所在的链接源暂时无法访问。The linked source that holds ${name} does not answer now`,
    { dataset: name, source: linked },
  );
}
