// Writes docs/performance.md from what was measured last.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { compare, goalTable } from "./measure/compare.mjs";
import { costTable, speedTable } from "./measure/table.mjs";
import { participants } from "./participants/index.mjs";
import { parts } from "./parts/index.mjs";
import { root } from "./place.mjs";
import { questions } from "./questions/index.mjs";
import { kept } from "./results.mjs";

export function writePaper() {
  const file = path.join(root, "docs", "performance.md");
  const sections = [opening(), core(), ...parts.map(section)].filter(Boolean);
  writeFileSync(file, `${sections.join("\n\n")}\n`);
  return file;
}

const dayOf = ({ at }) => at.slice(0, 10);

function opening() {
  const { figures: machine } = kept("machine");
  return `# Performance

Written by \`npm run bench\`; do not edit. What is measured, how each participant is set up and how to read the tables:
[bench/README.md](../bench/README.md).

| | |
|---|---|
| machine | ${machine.processor}, ${machine.memory}, ${machine.kernel} |
| Node | ${machine.node}; PostGraphile on ${machine.peerNode} |
| database | ${machine.database} |
| rows | \`hub seed --scale city\`: 1,401 communities, 16 thousand facilities, 500 thousand volunteers, 1 million transactions |
| packages | ${machine.packages.join(", ")} |`;
}

function core() {
  const result = kept("core");
  if (!result) return undefined;
  const { cells } = result.figures;
  const names = participants.map(({ name }) => name);
  const asked = questions.map(({ name, asks }) => `- **${name}**: ${asks}`).join("\n");
  return `## Cost of a request

${asked}

CPU milliseconds per request, node and PostgreSQL together, medians of the rounds; the ratios are medians of the ratios of
each round; spread is half the distance between the extreme rounds of the least steady participant.
Measured on ${dayOf(result)}.

${costTable(cells, names)}

### Against the goals

City, 16 connections (4 for group and report). "At the limit" is what would be found if the hub cost no more than the
hand-written statement passed through, without permissions, GraphQL or records: where that is below the goal, most of
the peer's cost is PostgreSQL's own, and only cheaper SQL could reach it.

${goalTable(compare(cells))}

### Speed and memory

Requests per second and latencies depend on what else the machine did; peak is that of the participant's node process.

${speedTable(cells, names)}`;
}

function section(part) {
  const result = kept(part.name);
  if (!result) return undefined;
  return `${part.paper(result.figures)}\n\nMeasured on ${dayOf(result)} at commit ${result.commit}, load average ${result.load.toFixed(1)}.`;
}
