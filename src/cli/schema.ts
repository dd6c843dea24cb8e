/** `hub schema`: writes the generated papers, or tells where those in schema/ differ from what the program makes. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { catalogue } from "../datasets";
import { subgraphSdl } from "../exchange/federation";
import { hubSchema } from "../server";
import { leftOver, type Paper, papersOf, SCHEMA } from "./papers/paper";

export interface SchemaOptions {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly subgraph?: boolean;
}

/** Schema changes told one by one; more are only counted. */
const TOLD = 40;

export async function schema(options: SchemaOptions, folder = path.resolve("schema")): Promise<void> {
  if (options.subgraph) return void process.stdout.write(subgraphSdl(hubSchema(), catalogue));
  const papers = papersOf(folder);
  if (options.write) write(folder, papers);
  if (options.check) await check(folder, papers);
  if (!options.write && !options.check)
    for (const { name, text } of papers) process.stdout.write(`# schema/${name}\n${text}\n`);
}

function write(folder: string, papers: readonly Paper[]): void {
  const changed = papers.filter((paper) => committed(folder, paper.name) !== paper.text);
  for (const { name, text } of changed) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const gone = leftOver(folder, papers);
  for (const name of gone) rmSync(path.join(folder, name));
  const lines = [
    ...changed.map((p) => `wrote schema/${p.name}`),
    ...gone.map((name) => `removed schema/${name}`),
  ];
  process.stdout.write(`${lines.length > 0 ? lines.join("\n") : "the papers are up to date"}\n`);
}

async function check(folder: string, papers: readonly Paper[]): Promise<void> {
  const lines = await differences(folder, papers);
  if (lines.length === 0) process.stdout.write(`${papers.length} papers are as the program makes them\n`);
  else {
    process.stdout.write(`${lines.join("\n")}\nLook at the difference, then run npm run papers.\n`);
    process.exitCode = 1;
  }
}

/** One line per paper that differs, and beneath the schema's one line per change. */
export async function differences(folder: string, papers: readonly Paper[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, text } of papers) {
    const before = committed(folder, name);
    if (before === text) continue;
    lines.push(
      before === undefined ? `schema/${name} is missing` : `schema/${name} differs${placeOf(before, text)}`,
    );
    if (before !== undefined && name === SCHEMA) lines.push(...(await changesBetween(before, text)));
  }
  return [...lines, ...leftOver(folder, papers).map((name) => `schema/${name} has no question`)];
}

/** Loaded when it is needed: the comparison is a development dependency. */
async function changesBetween(before: string, after: string): Promise<string[]> {
  const { schemaChanges } = require("./papers/schema-change") as typeof import("./papers/schema-change");
  const changes = await schemaChanges(before, after).catch((error: Error) => [
    { kind: "BREAKING", message: `the committed schema cannot be read: ${error.message}` },
  ]);
  if (changes.length === 0) return ["  safe: descriptions alone"];
  const more = changes.length > TOLD ? [`  and ${changes.length - TOLD} changes more`] : [];
  return [...changes.slice(0, TOLD).map(({ kind, message }) => `  ${kind}: ${message}`), ...more];
}

function placeOf(before: string, after: string): string {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const at = fresh.findIndex((line, i) => line !== old[i]);
  return ` from line ${at < 0 ? fresh.length + 1 : at + 1}`;
}

function committed(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
