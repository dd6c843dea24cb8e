/** `hub operations register`: puts forward the documents of a folder over the hub's own door, as an app's CI does it. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { HubError } from "../errors";
import { missingFile } from "./failed";

export interface RegisterOptions {
  readonly app: string;
  readonly purpose?: string;
  /** Where the hub answers. */
  readonly url: string;
  /** What operations are for whose file does not begin with a comment. */
  readonly description?: string;
  readonly requestsPerDay: number;
  readonly rowsPerDay: number;
  /** Fails where one of them is not approved. */
  readonly approved?: boolean;
}

interface Registered {
  readonly name: string;
  readonly version: number;
  readonly state: string;
  readonly documentId: string;
}

const REGISTER = `mutation ($app: String!, $name: String!, $document: String!, $purpose: String, $description: String!,
    $examples: [String!], $requestsPerDay: Int!, $rowsPerDay: Int!) {
  registerOperation(app: $app, name: $name, document: $document, purpose: $purpose, description: $description,
    examples: $examples, requestsPerDay: $requestsPerDay, rowsPerDay: $rowsPerDay) {
    name version state documentId } }`;

const ENDING = ".graphql";

/** One line for each on standard output: name, version, state, document id. */
export async function registerOperations(folder: string, options: RegisterOptions): Promise<void> {
  const token = process.env.TOKEN?.trim();
  if (!token)
    throw new HubError(
      "UNAUTHENTICATED",
      "TOKEN is empty: put a token of the department or the app's key into it",
    );
  const files = (await readdir(folder).catch(missingFile)).filter((file) => file.endsWith(ENDING)).sort();
  if (files.length === 0) throw new HubError("NOT_FOUND", `${folder} holds no ${ENDING} files`);
  const waiting: string[] = [];
  for (const file of files) {
    const { name, version, state, documentId } = await registerOne(path.join(folder, file), token, options);
    process.stdout.write(`${[name, version, state, documentId].join("\t")}\n`);
    if (state !== "APPROVED") waiting.push(name);
  }
  if (options.approved && waiting.length > 0)
    throw new HubError(
      "FORBIDDEN",
      `not approved: ${waiting.join(", ")}; the department's head approves them`,
    );
}

async function registerOne(
  file: string,
  token: string,
  { app, purpose, url, description, requestsPerDay, rowsPerDay }: RegisterOptions,
): Promise<Registered> {
  const document = await readFile(file, "utf8");
  const name = path.basename(file, ENDING);
  const variables = {
    ...{ app, name, document, purpose, requestsPerDay, rowsPerDay },
    description: commentOf(document) ?? description ?? "",
    examples: await examplesOf(`${file.slice(0, -ENDING.length)}.variables.json`),
  };
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: REGISTER, variables }),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw new HubError("UNAVAILABLE", `no hub answers at ${url}`);
  });
  const { data, errors } = (await response.json()) as Answer;
  const [error] = errors ?? [];
  if (error) {
    const words = [`${name}: ${error.message}`, ...(error.extensions?.problems ?? [])];
    throw new HubError("BAD_USER_INPUT", words.join("\n  "));
  }
  if (!data) throw new HubError("UNAVAILABLE", `${name}: the hub answered ${response.status}`);
  return data.registerOperation;
}

interface Answer {
  readonly data?: { readonly registerOperation: Registered } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly problems?: readonly string[] };
  }[];
}

/** The comment that a document begins with says what it is for. */
function commentOf(document: string): string | undefined {
  const lines = document.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const text = lines.slice(0, end < 0 ? undefined : end).map((line) => line.replace(/^#+ ?/, ""));
  return text.join("\n").trim() || undefined;
}

/** One set of variables, or a list of them, beside the document. */
async function examplesOf(file: string): Promise<string[] | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const given = parsed(text, file);
  return (Array.isArray(given) ? given : [given]).map((variables) => JSON.stringify(variables));
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HubError("BAD_USER_INPUT", `${file} is no JSON`);
  }
}
