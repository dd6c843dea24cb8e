// The bench's command: starts everybody on one database, proves that they answer alike, measures, writes the paper.
import { readFacts } from "./facts.mjs";
import { compare, goalTable } from "./measure/compare.mjs";
import { openGenerator } from "./measure/generator.mjs";
import { readOptions } from "./measure/options.mjs";
import { costTable, speedTable } from "./measure/table.mjs";
import { verify } from "./measure/verify.mjs";
import { writePaper } from "./paper.mjs";
import { endAll } from "./participants/child.mjs";
import { participants } from "./participants/index.mjs";
import { newerNode } from "./participants/postgraphile/index.mjs";
import { measureAll } from "./parts/core.mjs";
import { parts } from "./parts/index.mjs";
import { openPlace } from "./place.mjs";
import { questions } from "./questions/index.mjs";
import { keep, keepCells, keepMachine } from "./results.mjs";

const options = readOptions(process.argv.slice(2));
const chosen = (all, names) => (names ? all.filter(({ name }) => names.includes(name)) : all);

const place = await openPlace();
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, async () => {
    endAll();
    await place.leave();
    process.exit(130);
  });
const generator = openGenerator();
let status = 0;
try {
  const bench = { place, generator, postmaster: place.postmaster, facts: await readFacts(place.client) };
  if (options.core) await runCore(bench);
  for (const part of parts.filter(({ name }) => options.parts.includes(name))) await runPart(bench, part);
  if (options.paper) {
    await keepMachine(place.client, newerNode());
    console.error(`wrote ${writePaper()}`);
  }
} catch (error) {
  status = 1;
  console.error(error);
} finally {
  generator.close();
  await place.leave();
}
process.exit(status);

async function runCore(bench) {
  const asked = chosen(questions, options.questions);
  const running = [];
  try {
    for (const participant of chosen(participants, options.participants))
      running.push({ name: participant.name, ...(await participant.start(place)) });
    await verify(running, asked, options, bench.facts);
    console.error("all participants answer alike");
    if (options.verify) return;
    show(
      await measureAll({ ...bench, running }, asked, options),
      running.map(({ name }) => name),
    );
  } finally {
    for (const { stop } of running) await stop();
  }
}

function show(cells, names) {
  const judgements = compare(cells);
  console.log(`${costTable(cells, names)}\n\n${speedTable(cells, names)}\n\n${goalTable(judgements)}`);
  if (options.paper) keepCells(cells);
  if (!options.check) return;
  const lost = judgements.filter((judgement) => judgement.lost);
  for (const { question, of, by, found } of lost)
    console.error(`lost: ${question}, ${of} ÷ ${by} is ${found.toFixed(2)}`);
  if (lost.length > 0) status = 1;
}

async function runPart(bench, part) {
  console.error(`part ${part.name}`);
  const figures = await part.measure(bench, options);
  if (options.paper) keep(part.name, figures);
  console.log(`\n${part.paper(figures)}`);
}
