// Whoever tries whatever at whatever time: a request moves by the table's steps, taken by the party with the duty, and else not.
import fc from "fast-check";
import type { Duty } from "../../src/identity";
import { REQUEST_ACTS, type RequestState, STEPS } from "../../src/sharing/requests/steps";
import { openTestHub, type TestHub } from "../setup/hub";
import {
  BIG_DATA,
  FINANCE,
  flowOn,
  HOUSING,
  Time,
  VOLUNTEERS,
  XIAODIAN,
  XIAODIAN_CIVIL_AFFAIRS,
} from "./flow";

const PARTIES = {
  requester: HOUSING,
  provider: XIAODIAN_CIVIL_AFFAIRS,
  authority: `big-data@${XIAODIAN}`,
  superior: BIG_DATA,
} as const;

const PART = { items: [{ dataset: "volunteer", fields: ["name"] }] };

let hub: TestHub;
const time = new Time();

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
});
afterAll(() => hub.close());

interface Attempt {
  readonly act: (typeof REQUEST_ACTS)[number];
  readonly as: string;
  readonly duty: Duty;
}

const anything: fc.Arbitrary<Attempt> = fc.record({
  act: fc.constantFrom(...REQUEST_ACTS),
  as: fc.constantFrom(...Object.values(PARTIES), FINANCE),
  duty: fc.constantFrom<Duty>("read", "steward", "decide", "approve"),
});

/** Half of the attempts are made into steps that the table has from where the request stands. */
const chosen = fc.record({
  anything,
  fitting: fc.boolean(),
  which: fc.nat(),
  hours: fc.integer({ min: 1, max: 30 }),
});

function attemptOf(
  choice: { anything: Attempt; fitting: boolean; which: number },
  state: RequestState,
): Attempt {
  const steps = STEPS.filter((s) => s.from.includes(state) && s.party !== "hub");
  const step = steps[choice.which % steps.length];
  if (!choice.fitting || !step) return choice.anything;
  const as = PARTIES[step.party as keyof typeof PARTIES];
  return { act: step.act as Attempt["act"], as, duty: step.duty as Duty };
}

/** What the law lets happen, said once more without the program's own judgement. */
function mayHappen(
  { act, as, duty }: Attempt,
  state: RequestState,
  done: readonly string[],
  overdue: boolean,
): boolean {
  const step = STEPS.find((s) => s.act === act && s.from.includes(state));
  if (!step || step.duty !== duty || PARTIES[step.party as keyof typeof PARTIES] !== as) return false;
  if (["ASK_SUPPLEMENT", "ASK_EXTENSION"].includes(act) && (done.includes(act) || overdue)) return false;
  if (act === "URGE" && !overdue) return false;
  return true;
}

test("two hundred attempts on requests of either way", async () => {
  const flow = flowOn(hub);
  const seed = Date.now() % 1_000_000;
  let [id, way, state, done, hours]: [string, string, RequestState, string[], number] = [
    "",
    "API",
    "FILED",
    [],
    0,
  ];
  let taken = 0;
  for (const [i, choice] of fc.sample(chosen, { numRuns: 200, seed }).entries()) {
    const goesOn = STEPS.some((s) => s.from.includes(state) && (state !== "GRANTED" || way !== "API"));
    if (!id || !goesOn) {
      [state, done, hours, way] = ["FILED", [], 0, way === "API" ? "BATCH" : "API"];
      time.march("02T09:00");
      id = (await flow.filed({ items: VOLUNTEERS, way })).id;
    }
    const one = attemptOf(choice, state);
    const told = `seed ${seed}, attempt ${i}: ${JSON.stringify(one)} at ${state}`;
    hours += choice.hours;
    time.march(`${String(Math.min(31, 2 + Math.floor(hours / 24))).padStart(2, "0")}T09:00`);
    const before = await flow.seen(id, HOUSING);
    if (before.state === "LAPSED" && state !== "LAPSED") {
      expect([told, state, done.at(-1)]).toEqual([told, "SUPPLEMENT_ASKED", "ASK_SUPPLEMENT"]);
      state = "LAPSED";
      done.push("LAPSE");
    }
    const expected = mayHappen(one, state, done, before.overdue) && (one.act !== "DELIVER" || way !== "API");
    const { data } = await flow.step(id, one.act, one.as, [one.duty], {
      reason: "x",
      criterion: "SCOPE",
      part: one.act === "GRANT_PART" ? PART : undefined,
    });
    expect([told, data?.decideAccessRequest !== undefined]).toEqual([told, expected]);
    if (!expected) {
      const { acts: _, ...after } = await flow.seen(id, HOUSING);
      expect({ ...after, acts: before.acts }).toEqual(before);
      continue;
    }
    const step = STEPS.find((s) => s.act === one.act && s.from.includes(state));
    state = step?.to ?? state;
    done.push(one.act);
    taken++;
    const after = data.decideAccessRequest;
    expect([told, after.state]).toEqual([told, state]);
    expect(after.transitions.map((t: { act: string }) => t.act)).toEqual(["FILE", ...done]);
    expect([told, after.grants.length]).toEqual([told, done.some((act) => act.startsWith("GRANT")) ? 1 : 0]);
  }
  expect(taken).toBeGreaterThan(20);
}, 240_000);
