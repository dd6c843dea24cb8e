// The command's options: a quick look, or the whole; parts of either can be chosen.
import { parseArgs } from "node:util";
import { parts } from "../parts/index.mjs";

const HELP = `npm run bench [-- options]
  --quick                some two minutes: 16 connections, whole city, printed only
  --check                fails where a ratio that was reached is lost
  --verify               compares answers and measures nothing
  --parts a,b | none     what is measured beside the core: ${parts.map(({ name }) => name).join(", ")}
  --no-core              the parts alone
  --questions point,page --participants limit,hub --scopes city,district --connections 1,16,64
  --rounds 3  --seconds 2  --warm 1   of each cell
  --paper | --no-paper   writes docs/performance.md, which a choice of questions does not by itself; or does not`;

const WHOLE = {
  scopes: ["city", "district"],
  connections: [1, 16, 64],
  rounds: 3,
  seconds: 2,
  warm: 1,
  samples: 3,
  warmth: 1,
};
const QUICK = {
  scopes: ["city"],
  connections: [16],
  rounds: 1,
  seconds: 1,
  warm: 0.5,
  samples: 1,
  warmth: 0.5,
};

const text = { type: "string" };
const flag = { type: "boolean" };

const OPTIONS = {
  help: flag,
  quick: flag,
  check: flag,
  verify: flag,
  core: flag,
  paper: flag,
  parts: text,
  questions: text,
  participants: text,
  scopes: text,
  connections: text,
  rounds: text,
  seconds: text,
  warm: text,
};

const list = (given) => given?.split(",").filter(Boolean);

export function readOptions(args) {
  const { values } = parseArgs({ args, options: OPTIONS, allowNegative: true });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const preset = values.quick ? QUICK : WHOLE;
  const { questions, participants, quick = false } = values;
  // Of cells that are kept no participant may be missing: their ratios are of one round.
  if (values.paper && participants) throw new Error("--paper wants all participants");
  const whole = !quick && !questions && !participants && !values.verify;
  return {
    quick,
    core: values.core ?? true,
    check: values.check ?? false,
    verify: values.verify ?? false,
    paper: values.paper ?? whole,
    parts: list(values.parts) ?? (whole ? parts.map(({ name }) => name) : []),
    questions: list(questions),
    participants: list(participants),
    scopes: list(values.scopes) ?? preset.scopes,
    connections: list(values.connections)?.map(Number) ?? preset.connections,
    rounds: Number(values.rounds ?? preset.rounds),
    milliseconds: Number(values.seconds ?? preset.seconds) * 1000,
    warm: Number(values.warm ?? preset.warm) * 1000,
    samples: preset.samples,
    warmth: preset.warmth,
  };
}
