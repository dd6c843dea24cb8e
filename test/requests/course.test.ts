// The course of a request without a database: its table of steps, and the clock that its transitions wind.
import fc from "fast-check";
import { calendarOf } from "../../src/sharing/clock";
import { clockAfter, dueOf, obstacleTo, type Past, type Standing } from "../../src/sharing/requests/course";
import {
  REQUEST_ACTS,
  REQUEST_STATES,
  type RequestAct,
  type RequestState,
  STEPS,
  stepFor,
} from "../../src/sharing/requests/steps";

const WEEKENDS_ONLY = calendarOf([]);
const TEN = { workingDays: 10, extensionDays: 10 };
const day = (text: string) => new Date(`2026-03-${text}:00+08:00`);

/** Acts with their instants, walked through the table from FILED on. */
function walk(...acts: [RequestAct, string][]): Past[] {
  let state: RequestState = "FILED";
  const log: Past[] = [{ act: "FILE", at: day("02T09:00") }];
  for (const [act, at] of acts) {
    const step = stepFor(state, act);
    if (!step) throw new Error(`${act} is no step from ${state}`);
    log.push({ act, from: state, at: day(at) });
    state = step.to ?? state;
  }
  return log;
}

const dueAfter = (log: Past[], delivers = false, calendar = WEEKENDS_ONLY) => {
  const clock = clockAfter(log, delivers);
  return clock && dueOf(clock, TEN, calendar).due?.toISOString();
};
const end = (text: string) => new Date(`2026-${text}T00:00:00+08:00`).toISOString();

test("no state has two steps of one act, every act is somebody's, every state is reached", () => {
  const pairs = STEPS.flatMap((s) => s.from.map((from) => `${from} ${s.act}`));
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(new Set(STEPS.map((s) => s.act))).toEqual(
    new Set([...REQUEST_ACTS, "FILE", "SPLIT", "RECKON", "LAPSE"]),
  );
  expect(new Set(STEPS.flatMap((s) => s.to ?? []))).toEqual(new Set(REQUEST_STATES));
});

test("states that nothing leads out of are ends", () => {
  const ends = REQUEST_STATES.filter((state) => !STEPS.some((s) => s.from.includes(state)));
  expect(ends).toEqual(["DISAPPROVED", "DELIVERED", "UPHELD", "WITHDRAWN", "LAPSED"]);
});

test("only a provider grants, refuses and delivers; only an authority extends", () => {
  const partiesOf = (act: RequestAct) => [...new Set(STEPS.filter((s) => s.act === act).map((s) => s.party))];
  for (const act of ["GRANT", "REFUSE", "DELIVER", "ASK_SUPPLEMENT", "ASK_EXTENSION"] as const)
    expect(partiesOf(act)).toEqual(["provider"]);
  expect(partiesOf("EXTEND")).toEqual(["authority"]);
  expect(partiesOf("APPROVE")).toEqual(["requester"]);
});

test("the provider's clock starts with the head's approval, not with the filing", () => {
  expect(dueAfter(walk())).toBeUndefined();
  expect(dueAfter(walk(["APPROVE", "04T10:00"]))).toBe(end("03-19"));
});

test("a supplement pauses it, and gives the days back", () => {
  const asked = walk(["APPROVE", "02T10:00"], ["ASK_SUPPLEMENT", "03T10:00"]);
  expect(clockAfter(asked, false)?.pauses).toHaveLength(1);
  expect(dueAfter(asked)).toBeUndefined();
  const given = walk(["APPROVE", "02T10:00"], ["ASK_SUPPLEMENT", "03T10:00"], ["SUPPLEMENT", "05T16:00"]);
  expect(dueAfter(given)).toBe(end("03-19"));
});

test("an extension doubles it from the same day of receipt; asking alone changes nothing", () => {
  const asked = walk(["APPROVE", "02T10:00"], ["ASK_EXTENSION", "10T10:00"]);
  expect(dueAfter(asked)).toBe(end("03-17"));
  expect(dueAfter([...asked, { act: "EXTEND", from: "EXTENSION_ASKED", at: day("11T10:00") }])).toBe(
    end("03-31"),
  );
  const declined = [
    ...asked,
    { act: "DECLINE_EXTENSION" as const, from: "EXTENSION_ASKED" as const, at: day("11T10:00") },
  ];
  expect(dueAfter(declined)).toBe(end("03-17"));
});

test("an answer stops it; beside the service, delivery has a clock of its own", () => {
  const granted = walk(["APPROVE", "02T10:00"], ["GRANT", "03T10:00"]);
  expect(clockAfter(granted, false)).toBeUndefined();
  expect(clockAfter(granted, true)).toMatchObject({ term: "DELIVER", receivedAt: day("03T10:00") });
  expect(
    clockAfter([...granted, { act: "DELIVER", from: "GRANTED", at: day("04T10:00") }], true),
  ).toBeUndefined();
  expect(clockAfter(walk(["APPROVE", "02T10:00"], ["REFUSE", "03T10:00"]), true)).toBeUndefined();
});

test("a dispute that goes back to the provider starts it anew", () => {
  const ladder = walk(
    ["APPROVE", "02T10:00"],
    ["REFUSE", "03T10:00"],
    ["DISPUTE", "04T10:00"],
    ["ESCALATE", "05T10:00"],
    ["REMIT", "09T10:00"],
  );
  expect(dueAfter(ladder)).toBe(end("03-24"));
});

test("says whether the calendar of the term is known", () => {
  const clock = clockAfter(walk(["APPROVE", "02T10:00"]), false)!;
  expect(dueOf(clock, TEN, WEEKENDS_ONLY).calendarKnown).toBe(false);
  expect(dueOf(clock, TEN, calendarOf([["2026-10-01", "HOLIDAY"]])).calendarKnown).toBe(true);
});

describe("what keeps an act from coming now", () => {
  const standing: Standing = {
    state: "RECEIVED",
    log: [],
    due: day("17T00:00"),
    extensionDays: 10,
    delivers: false,
    until: new Date("2099-01-01T00:00:00+08:00"),
  };
  const obstacle = (act: RequestAct, given: Partial<Standing> = {}, now = day("10T10:00")) =>
    obstacleTo(stepFor(given.state ?? "RECEIVED", act), { ...standing, ...given }, now);

  test.each([
    ["a supplement asked twice", "ASK_SUPPLEMENT", { log: [{ act: "ASK_SUPPLEMENT" as const }] }, "ONCE"],
    ["an extension asked twice", "ASK_EXTENSION", { log: [{ act: "ASK_EXTENSION" as const }] }, "ONCE"],
    ["an extension that the rule does not know", "ASK_EXTENSION", { extensionDays: 0 }, "NO_EXTENSION"],
    ["an act of another state", "EXTEND", {}, "NOT_NOW"],
    [
      "a dispute about a time that has passed",
      "DISPUTE",
      { state: "REFUSED" as const, until: day("10T10:00") },
      "UNTIL_PASSED",
    ],
    ["urging before the deadline", "URGE", {}, "NOT_OVERDUE"],
    ["delivery where the service itself delivers", "DELIVER", { state: "GRANTED" as const }, "NOT_NOW"],
  ] as const)("%s", (_, act, given, told) => expect(obstacle(act, given)).toBe(told));

  test("the deadline's last instant is still in time; a late answer is better than none", () => {
    const [last, after] = [new Date(day("17T00:00").getTime() - 1), day("17T00:00")];
    expect(obstacle("ASK_EXTENSION", {}, last)).toBeUndefined();
    expect(obstacle("ASK_EXTENSION", {}, after)).toBe("TOO_LATE");
    expect(obstacle("ASK_SUPPLEMENT", {}, after)).toBe("TOO_LATE");
    expect(obstacle("URGE", {}, after)).toBeUndefined();
    for (const act of ["GRANT", "REFUSE"] as const) expect(obstacle(act, {}, after)).toBeUndefined();
  });
});

/** Whatever course a request takes, in whatever order its parties act. */
const courses = fc
  .array(fc.record({ step: fc.nat(), hours: fc.integer({ min: 1, max: 200 }) }), { maxLength: 30 })
  .map((choices) => {
    let [state, at] = ["FILED" as RequestState, day("02T09:00").getTime()];
    const log: Past[] = [{ act: "FILE", at: new Date(at) }];
    for (const { step: choice, hours } of choices) {
      const open = STEPS.filter(
        (s) => s.from.includes(state) && !(s.once && log.some((p) => p.act === s.act)),
      );
      const step = open[choice % open.length];
      if (!step) break;
      at += hours * 3_600_000;
      log.push({ act: step.act, from: state, at: new Date(at) });
      state = step.to ?? state;
    }
    return { log, state };
  });

test("a clock runs in just those states in which somebody has to answer or deliver", () => {
  const answering = ["RECEIVED", "SUPPLEMENT_ASKED", "EXTENSION_ASKED"];
  fc.assert(
    fc.property(courses, fc.boolean(), ({ log, state }, delivers) => {
      const running = clockAfter(log, delivers);
      const expected = answering.includes(state)
        ? "ANSWER"
        : state === "GRANTED" && delivers
          ? "DELIVER"
          : undefined;
      expect(running?.term).toBe(expected);
      const paused = running?.pauses.some((p) => !p.until) ?? false;
      expect(paused).toBe(state === "SUPPLEMENT_ASKED");
    }),
    { numRuns: 500 },
  );
});

test("nothing is granted before the requester's own head approved", () => {
  fc.assert(
    fc.property(courses, ({ log }) => {
      const acts = log.map(({ act }) => act);
      for (const act of ["GRANT", "REFUSE", "DELIVER", "ASK_SUPPLEMENT"] as const)
        if (acts.includes(act)) expect(acts.indexOf("APPROVE")).toBeLessThan(acts.indexOf(act));
      expect(acts.filter((a) => a === "GRANT").length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});
