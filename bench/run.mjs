// The bench's command: starts everybody on one database, proves that they answer alike, measures, writes the tables.
import { writeFileSync } from "node:fs";
import { readFacts } from "./facts.mjs";
import { openGenerator } from "./measure/generator.mjs";
import { readOptions } from "./measure/options.mjs";
import { measure } from "./measure/rounds.mjs";
import { costTable, speedTable } from "./measure/table.mjs";
import { verify } from "./measure/verify.mjs";
import { participants } from "./participants/index.mjs";
import { openPlace } from "./place.mjs";
import { questions } from "./questions/index.mjs";

const options = readOptions(process.argv.slice(2));
const chosen = (all, names) => (names ? all.filter(({ name }) => names.includes(name)) : all);
const asked = chosen(questions, options.questions);

const place = await openPlace();
const running = [];
const generator = openGenerator();
let failed = false;
try {
  const facts = await readFacts(place.client);
  for (const participant of chosen(participants, options.participants))
    running.push({ name: participant.name, ...(await participant.start(place)) });
  await verify(running, asked, options.scopes, facts);
  console.error("all participants answer alike");
  if (!options.verify) show(await measureAll({ running, generator, facts, postmaster: place.postmaster }));
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  generator.close();
  for (const { stop } of running) await stop();
  await place.leave();
}
process.exit(failed ? 1 : 0);

async function measureAll(bench) {
  const cells = [];
  for (const question of asked)
    for (const scope of options.scopes)
      for (const connections of options.connections) {
        const figures = await measure(bench, question, scope, connections, options);
        const cell = { question: question.name, scope, connections, figures };
        cells.push(cell);
        console.error(
          costTable([cell], [...figures.keys()])
            .split("\n")
            .at(-1),
        );
      }
  return cells;
}

function show(cells) {
  const names = running.map(({ name }) => name);
  console.log(`${costTable(cells, names)}\n\n${speedTable(cells, names)}`);
  const all = cells.map((cell) => ({ ...cell, figures: Object.fromEntries(cell.figures) }));
  if (options.json) writeFileSync(options.json, JSON.stringify(all, null, 1));
}
