/** The generated papers of schema/: what is reviewed as a diff, so that nobody's rights widen unseen. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { lexicographicSortSchema, printSchema } from "graphql";
import { catalogue } from "../../datasets";
import { hubSchema } from "../../server";
import { cataloguePaper } from "./catalogue-paper";
import { queryPaper } from "./query-paper";

export interface Paper {
  /** Path below the papers' folder. */
  readonly name: string;
  readonly text: string;
}

export const SCHEMA = "schema.graphql";
const QUERIES = "queries";

/** All papers as the program makes them now; the reference questions in `folder` are their one input. */
export function papersOf(folder: string): Paper[] {
  return [
    { name: SCHEMA, text: `${printSchema(lexicographicSortSchema(hubSchema()))}\n` },
    { name: "catalogue.md", text: cataloguePaper(catalogue) },
    ...questionsIn(folder).map((name) => ({
      name: `${QUERIES}/${name}.sql`,
      text: queryPaper(readFileSync(path.join(folder, QUERIES, `${name}.graphql`), "utf8")),
    })),
  ];
}

function questionsIn(folder: string): string[] {
  return namesIn(folder, ".graphql").map((name) => name.slice(0, -".graphql".length));
}

/** SQL whose question is gone. */
export function leftOver(folder: string, papers: readonly Paper[]): string[] {
  return namesIn(folder, ".sql")
    .map((name) => `${QUERIES}/${name}`)
    .filter((name) => papers.every((paper) => paper.name !== name));
}

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(path.join(folder, QUERIES))
    .filter((name) => name.endsWith(ending))
    .sort();
}
