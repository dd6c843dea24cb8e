// What datasets and reports are called: the same for every department, so asked once while the page is open.
import { useEffect, useState } from "react";
import { say } from "../../session/language";
import { ask } from "./ask";

export interface Title {
  name: string;
  title: string;
  en: string;
  provider: { kind: string; zh: string };
}

const TITLES = /* GraphQL */ `
  query Titles {
    catalogue { name title en provider { kind zh } }
  }
`;

let asked: Promise<ReadonlyMap<string, Title>> | undefined;

async function titles(): Promise<ReadonlyMap<string, Title>> {
  const { data } = await ask<{ catalogue: Title[] }>(TITLES);
  return new Map(data.catalogue.map((entry) => [entry.name, entry]));
}

/** All titles by dataset; empty until they are known. */
export function useTitles(): ReadonlyMap<string, Title> {
  const [known, setKnown] = useState<ReadonlyMap<string, Title>>(new Map());
  useEffect(() => {
    asked ??= titles();
    asked.then(setKnown).catch(() => {
      // A page without titles shows names; the next page asks again.
      asked = undefined;
    });
  }, []);
  return known;
}

/** The first words of a title: what follows the colon explains it. */
export function shortTitle(titles: ReadonlyMap<string, Title>, dataset: string): string {
  const known = titles.get(dataset);
  return known
    ? say(known.title.split("：")[0] ?? known.title, known.en.split(/[;:]/)[0] ?? known.en)
    : dataset;
}
