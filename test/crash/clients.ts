// Clients that never stop asking for persons' data, and note by its request id every answer that reached them.
import { setTimeout as wait } from "node:timers/promises";

export interface Received {
  readonly requestId: string;
  /** Rows that arrived; undefined where the answer broke off, or is a file. */
  readonly rows?: number;
}

export interface Acknowledged {
  readonly version: number;
  readonly name: string;
}

export interface Ledger {
  /** Answers with data, from their first byte on. */
  readonly received: Received[];
  /** By volunteer: the newest change that the hub said it has made. */
  readonly acknowledged: Map<string, Acknowledged>;
  refused: number;
  /** Without any answer: the hub was away or was killed. */
  unanswered: number;
  /** Codes of refusals that crashes do not explain. */
  readonly unexpected: string[];
}

export const emptyLedger = (): Ledger => ({
  received: [],
  acknowledged: new Map(),
  refused: 0,
  unanswered: 0,
  unexpected: [],
});

export interface Asker {
  readonly token: string;
  readonly purpose?: string;
}

export interface Client {
  /** Ends after the question that runs. */
  stop(): Promise<void>;
}

type Random = () => number;
interface Answer {
  readonly data?: Record<string, { nodes?: unknown[]; volunteer?: Volunteer }> | null;
  readonly errors?: { extensions?: { code?: string } }[];
}
interface Volunteer {
  readonly id: string;
  readonly version: number;
  readonly name: string;
}

/** VERSION_CONFLICT: a change was made whose answer was lost. */
const EXPLAINED = ["UNAVAILABLE", "TIMEOUT", "VERSION_CONFLICT"];
const PATIENCE = 20_000;

async function ask(
  ledger: Ledger,
  url: string,
  { token, purpose }: Asker,
  body: object,
  accept = "application/json",
) {
  let response: Response;
  try {
    response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept,
        authorization: `Bearer ${token}`,
        ...(purpose && { "hub-purpose": purpose }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    ledger.unanswered++;
    await wait(50);
    return undefined;
  }
  return take(ledger, response);
}

/** Of an answer that breaks off the client has what came before: it counts. */
async function take(ledger: Ledger, response: Response): Promise<Answer | undefined> {
  const requestId = response.headers.get("x-request-id") ?? "";
  const text = await response.text().catch(() => undefined);
  const isFile = !response.headers.get("content-type")?.includes("json");
  if (text === undefined || (isFile && response.ok)) {
    if (response.ok) ledger.received.push({ requestId });
    return undefined;
  }
  const answer = JSON.parse(text) as Answer;
  if (answer.data) ledger.received.push({ requestId, rows: Object.values(answer.data)[0]?.nodes?.length });
  for (const { extensions } of answer.errors ?? []) {
    ledger.refused++;
    if (!EXPLAINED.includes(extensions?.code ?? "")) ledger.unexpected.push(JSON.stringify(answer.errors));
  }
  return answer;
}

function looping(turn: () => Promise<unknown>): Client {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await turn();
      await wait(5);
    }
  })();
  return {
    stop() {
      stopped = true;
      return running;
    },
  };
}

const LISTS = (n: number) => [
  `{ volunteers(first: ${n}) { nodes { id name volunteerNo } } }`,
  `query Named { volunteers(first: ${n}, orderBy: [{ field: VOLUNTEER_NO }]) { nodes { id name starRating } } }`,
];

/** Reads lists, and now and then a file. */
export function reading(ledger: Ledger, urls: () => readonly string[], asker: Asker, random: Random): Client {
  return looping(async () => {
    const all = urls();
    const url = all[Math.floor(random() * all.length)] as string;
    const lists = LISTS(1 + Math.floor(random() * 50));
    const query = lists[Math.floor(random() * lists.length)];
    await ask(ledger, url, asker, { query }, random() < 0.03 ? "text/csv" : undefined);
  });
}

const CHANGE = `mutation ($id: ID!, $name: String!, $version: Int!) {
  updateVolunteer(id: $id, input: { name: $name }, expectedVersion: $version) { volunteer { id version name } } }`;

/** Changes rows through the hub, and notes what the hub said it has done. */
export function writing(ledger: Ledger, urls: () => readonly string[], asker: Asker, random: Random): Client {
  let serial = 0;
  const rows = new Map<string, number>();
  return looping(async () => {
    const all = urls();
    const url = all[Math.floor(random() * all.length)] as string;
    if (rows.size === 0) {
      const first = await ask(ledger, url, asker, {
        query: "{ volunteers(first: 20) { nodes { id version name } } }",
      });
      for (const node of (first?.data?.volunteers?.nodes ?? []) as Volunteer[])
        rows.set(node.id, node.version);
      return;
    }
    const [id, version] = [...rows][Math.floor(random() * rows.size)] as [string, number];
    const name = `合成${++serial}`;
    const answer = await ask(ledger, url, asker, { query: CHANGE, variables: { id, name, version } });
    const made = answer?.data?.updateVolunteer?.volunteer;
    if (!made) return rows.clear(); // whether it was made is not known: look again
    rows.set(id, made.version);
    ledger.acknowledged.set(id, { version: made.version, name });
  });
}
