// The core: every question of every scope at every number of connections, all participants in turn.
import { measure } from "../measure/rounds.mjs";
import { costTable } from "../measure/table.mjs";

export async function measureAll(running, asked, options) {
  const bench = { ...running, warmed: new Set() };
  const cells = [];
  for (const question of asked)
    for (const scope of options.scopes)
      for (const connections of question.widths ?? options.connections) {
        const figures = await measure(bench, question, scope, connections, options);
        const cell = { question: question.name, scope, connections, figures };
        cells.push(cell);
        const [, , row] = costTable([cell], Object.keys(figures)).split("\n");
        console.error(row);
      }
  return cells;
}
