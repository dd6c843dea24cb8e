// The command's options: a quick look, or the whole table; parts of either can be chosen.
import { parseArgs } from "node:util";

const HELP = `npm run bench [-- options]
  --quick                two minutes: 16 connections, whole city, printed only
  --questions point,page all if left out
  --participants limit,hub
  --scopes city,district
  --connections 1,16,64
  --rounds 3  --seconds 4  --warm 2   of each cell
  --verify               compares answers and measures nothing
  --json file            also writes every figure of every round`;

const list = (text) => text?.split(",").filter(Boolean);

export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean" },
      quick: { type: "boolean" },
      questions: { type: "string" },
      participants: { type: "string" },
      scopes: { type: "string" },
      connections: { type: "string" },
      rounds: { type: "string" },
      seconds: { type: "string" },
      warm: { type: "string" },
      json: { type: "string" },
      verify: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const preset = values.quick ? QUICK : WHOLE;
  return {
    quick: values.quick ?? false,
    whole:
      !values.quick && !values.questions && !values.participants && !values.scopes && !values.connections,
    questions: list(values.questions),
    participants: list(values.participants),
    scopes: list(values.scopes) ?? preset.scopes,
    connections: list(values.connections)?.map(Number) ?? preset.connections,
    rounds: Number(values.rounds ?? preset.rounds),
    milliseconds: Number(values.seconds ?? preset.seconds) * 1000,
    warm: Number(values.warm ?? preset.warm) * 1000,
    json: values.json,
    verify: values.verify ?? false, // alone: nothing is measured
  };
}

const WHOLE = { scopes: ["city", "district"], connections: [1, 16, 64], rounds: 3, seconds: 3, warm: 2 };
const QUICK = { scopes: ["city"], connections: [16], rounds: 1, seconds: 1.5, warm: 0.7 };
