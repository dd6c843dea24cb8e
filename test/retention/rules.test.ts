// Terms and rules as pure functions: the day a row is due, whose rule bears, which rules nobody may make.
import { catalogue } from "../../src/datasets";
import { Catalogue, CITY, type Code } from "../../src/declare";
import type { HubError } from "../../src/errors";
import { dueOn } from "../../src/sharing/retention/due";
import { readRuleFile } from "../../src/sharing/retention/rule-file";
import { bearingOn, declaredRules, faultOf, type RetentionRule } from "../../src/sharing/retention/rules";
import { firstKeptMonth, lastStart, monthsAfter } from "../../src/sharing/retention/terms";

test.each([
  ["2026-01-31", 1, "2026-02-28"],
  ["2028-01-31", 1, "2028-02-29"],
  ["2026-03-31", -1, "2026-02-28"],
  ["2026-11-22", 36, "2029-11-22"],
  ["2026-11-22", 0, "2026-11-22"],
])("%s and %i months: %s", (day, months, end) => {
  expect(monthsAfter(day, months)).toBe(end);
});

test("a row is due on the day after its last one, whatever the months", () => {
  for (const months of [0, 1, 2, 11, 12, 36, 121])
    for (let i = 0; i < 800; i++) {
      const today = new Date(Date.UTC(2027, 11, 1 + i)).toISOString().slice(0, 10);
      const start = lastStart(today, months);
      const next = new Date(Date.parse(start) + 86_400_000).toISOString().slice(0, 10);
      expect([monthsAfter(start, months) < today, monthsAfter(next, months) < today]).toEqual([true, false]);
    }
});

test("access records go by whole months", () => {
  expect(firstKeptMonth("2026-11-22", 36)).toBe("2023-11-01");
  expect(firstKeptMonth("2026-12-01", 36)).toBe("2023-12-01");
});

const DISTRICT = "140105000000" as Code;
const rule = (more: Partial<RetentionRule> = {}): RetentionRule => ({
  ...{ id: "r", dataset: "volunteer", starts: "leftAt", months: 24, act: "DELETE", territory: CITY },
  ...{ basis: "某决定", from: "2026-01-01" },
  ...more,
});

test("datasets declare what their fields say, and nothing more", () => {
  const declared = declaredRules(catalogue);
  expect(declared.map(({ dataset, starts, months, act }) => [dataset, starts, months, act])).toEqual([
    ["volunteer", "retentionUntil", 0, "DELETE"],
    ["volunteerRecord", "retentionUntil", 0, "DELETE"],
    ["communityWorker", "retentionUntil", 0, "DELETE"],
    ["donation", "retentionUntil", 0, "DELETE"],
    ["accessRecord", "at", 36, "DELETE"],
  ]);
  for (const { basis } of declared) expect(basis).toMatch(/B-40|B-32/);
});

test("a decided rule takes the place of what is declared, in its territory and while it is in force", () => {
  const declared = declaredRules(catalogue).filter(({ dataset }) => dataset === "volunteer");
  const ids = (decided: RetentionRule[], day = "2026-11-22") =>
    bearingOn(day, decided, declared).map(({ rule: { id }, except }) => [id, ...except]);
  expect(ids([])).toEqual([["declared:volunteer"]]);
  expect(ids([rule()])).toEqual([["r"]]);
  expect(ids([rule({ territory: DISTRICT })])).toEqual([["r"], ["declared:volunteer", DISTRICT]]);
  expect(ids([rule({ from: "2026-11-23" })])).toEqual([["declared:volunteer"]]);
  expect(ids([rule({ until: "2026-11-22" })])).toEqual([["declared:volunteer"]]);
  expect(ids([rule({ until: "2026-11-23" })])).toEqual([["r"]]);
  const freezing = rule({ id: "f", act: "FREEZE" });
  expect(ids([freezing, rule()])).toEqual([["r"], ["f"]]);
});

test.each<[string, Partial<RetentionRule>]>([
  ["dataset", { dataset: "nothing" }],
  ["dataset", { dataset: "communityOverview" }],
  ["dataset", { dataset: "facility" }],
  ["starts", { starts: "name" }],
  ["starts", { starts: "idNumber" }],
  ["months", { months: -1 }],
  ["months", { months: 1.5 }],
  ["act", { act: "BURN" as never }],
  ["basis", { basis: "  " }],
  ["until", { until: "2025-01-01" }],
  ["months", { dataset: "accessRecord", starts: "at", months: 35 }],
  ["act", { dataset: "accessRecord", starts: "at", months: 40, act: "FREEZE" }],
  ["territory", { dataset: "accessRecord", starts: "at", months: 40, territory: DISTRICT }],
])("a rule with a wrong %s is none: %j", (argument, more) => {
  expect(faultOf(catalogue, rule(more))).toMatch(new RegExp(`^${argument}: `));
  expect(faultOf(catalogue, rule())).toBeUndefined();
});

test("a linked dataset has no rules, and rows of it are never due", () => {
  const volunteer = catalogue.dataset("volunteer");
  const linked = new Catalogue([{ ...volunteer, linked: "bureau", keptUntil: undefined }]);
  expect(faultOf(linked, rule())).toMatch(/^dataset: .*kept by a bureau/);
  expect(dueOn(linked, { rule: rule(), except: [] }, "2099-01-01")).toBeUndefined();
  expect(declaredRules(linked).map(({ dataset }) => dataset)).toEqual(["accessRecord"]);
});

const HEADER = "dataset,starts,months,act,territory,basis,from,until";

test("a file of rules is read whole, or its faults are told with their lines", () => {
  const text = `${HEADER}\nvolunteer,leftAt,24,DELETE,140105,某决定,2026-12-01,\n`;
  expect(readRuleFile(catalogue, `\uFEFF${text}`)).toEqual([
    {
      ...{ dataset: "volunteer", starts: "leftAt", months: 24, act: "DELETE", territory: DISTRICT },
      ...{ basis: "某决定", from: "2026-12-01" },
    },
  ]);
  const faults = (body: string) => {
    try {
      readRuleFile(catalogue, body);
    } catch (error) {
      return (error as HubError).extensions.faults;
    }
    return [];
  };
  expect(faults("a,b\n")).toEqual([`1: ${HEADER}`]);
  expect(
    faults(
      `${HEADER}\nvolunteer,leftAt,x,DELETE,,某,2026-01-01,\nvolunteer,leftAt,1,DELETE,,,2026-01-01,\nvolunteer,leftAt,1,DELETE,110000,某,2026-01-01,\nvolunteer,leftAt,1,DELETE,,某,2026-02-30,\naccessRecord,at,12,DELETE,,某,2026-01-01,`,
    ),
  ).toEqual([
    expect.stringMatching(/^2: months/),
    expect.stringMatching(/^3: basis/),
    expect.stringMatching(/^4: territory/),
    expect.stringMatching(/^5: from/),
    expect.stringMatching(/^6: months.*36/),
  ]);
  expect(() => readRuleFile(catalogue, `${HEADER}\n`)).toThrow(/holds no rule/);
});
