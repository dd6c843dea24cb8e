// Whoever tries whatever in whatever state: what is said to be open is open, and everything else is refused and changes nothing.
import type { Duty } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";
import { type FacilityRow, flowOn, HOUSING, PLANNING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const [REQUESTER, PROVIDER, AUTHORITY] = [HOUSING, XIAODIAN_CIVIL_AFFAIRS, `big-data@${XIAODIAN}`];
const SIDES = [REQUESTER, PROVIDER, AUTHORITY, PLANNING];
const DUTIES: Duty[] = ["read", "steward", "decide"];
const ACTS = ["VERIFY", "ACCEPT", "REJECT", "WITHDRAW", "URGE"];

/** What the law and its duties let happen once the deadline has passed, said once more without the program's table. */
const OPEN: Record<string, string[]> = {
  RECEIVED: ["ACCEPT", "REJECT", "VERIFY"],
  VERIFYING: ["ACCEPT", "REJECT"],
  ACCEPTED: ["REJECT"],
  CORRECTED: [],
  REJECTED: [],
  RETIRED: [],
  WITHDRAWN: [],
};
const isOpen = (state: string) => (OPEN[state] as string[]).length > 0;

function expected(state: string, as: string, duty: Duty, overdue: boolean): string[] {
  if (as === PROVIDER && (duty === "steward" || duty === "decide")) return OPEN[state] as string[];
  if (as === REQUESTER && duty === "read" && isOpen(state)) return ["WITHDRAW"];
  return as === AUTHORITY && duty === "decide" && isOpen(state) && overdue ? ["URGE"] : [];
}

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;
const time = new Time();

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());

const WAYS: Record<string, (id: string, facility: FacilityRow) => Promise<unknown>> = {
  RECEIVED: async () => undefined,
  VERIFYING: (id) => flow.by(id, "VERIFY", PROVIDER, "decide"),
  ACCEPTED: (id) => flow.by(id, "ACCEPT", PROVIDER, "steward"),
  CORRECTED: (_, facility) => flow.rename(facility, "更正后的名称", PROVIDER),
  REJECTED: (id) => flow.by(id, "REJECT", PROVIDER, "decide", "无误"),
  RETIRED: (_, facility) =>
    hub.data(`mutation { retireFacility(id: "${facility.id}") { id } }`, PROVIDER, { duties: ["steward"] }),
  WITHDRAWN: (id) => flow.by(id, "WITHDRAW", REQUESTER, "read"),
};

test.each(
  Object.keys(OPEN).flatMap((state) => [
    ...(isOpen(state) ? [[state, "02T10:00"]] : []),
    [state, "30T10:00"],
  ]) as [string, string][],
)("a correction that is %s, tried by everybody on %s", async (state, day) => {
  time.march("02T09:00");
  const facility = await flow.facility();
  const draft = { id: facility.id, field: "name", found: facility.name, proposed: "更正后的名称" };
  const { id } = await flow.requested(draft, REQUESTER);
  await (WAYS[state] as (typeof WAYS)[string])(id, facility);
  time.march(day);
  const before = await flow.seen(id, REQUESTER);
  expect(before).toMatchObject({ state, overdue: isOpen(state) && day === "30T10:00" });
  for (const as of SIDES) {
    const open = DUTIES.flatMap((duty) => expected(state, as, duty, before.overdue));
    for (const duty of DUTIES) {
      const seen = await flow.seen(id, as, { duties: [duty] });
      const told = [...(seen?.acts ?? [])].sort();
      expect([as, duty, told]).toEqual([as, duty, [...expected(state, as, duty, before.overdue)].sort()]);
    }
    for (const act of ACTS.filter((one) => !open.includes(one))) {
      const { code } = await flow.refusal(flow.step(id, act, as, DUTIES, "理由"));
      expect([as, act, code]).toEqual([as, act, expect.stringMatching(codeFor(as))]);
    }
  }
  expect(await flow.seen(id, REQUESTER)).toEqual(before);
});

/** Who is no side of it does not even learn that it is there. */
const codeFor = (as: string) => (as === PLANNING ? /^NOT_FOUND$/ : /^(FORBIDDEN|BAD_USER_INPUT)$/);
