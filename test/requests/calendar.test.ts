// Working days: weekends, holidays, make-up workdays, pauses, and the day of receipt as day 0.
import { calendarOf, dayOf, dueAt, isWorkday, knowsTerm, readCalendarFile } from "../../src/sharing/clock";

/** Nothing entered. */
const WEEKENDS_ONLY = calendarOf([]);
/** Invented days: a Tuesday off, the Saturday before it worked. */
const INVENTED = calendarOf([
  ["2026-03-10", "HOLIDAY"],
  ["2026-03-07", "WORKDAY"],
]);

const at = (text: string) => new Date(`${text}+08:00`);
const end = (day: string) => at(`${day}T00:00:00`).toISOString();
const due = (
  received: string,
  workingDays: number,
  calendar = WEEKENDS_ONLY,
  pauses: [string, string?][] = [],
) =>
  dueAt(
    {
      receivedAt: at(received),
      workingDays,
      pauses: pauses.map(([from, until]) => ({ from: at(from), until: until ? at(until) : undefined })),
    },
    calendar,
  )?.toISOString();

test("without a notice weekends are off and other days are worked", () => {
  const week = ["02", "03", "04", "05", "06", "07", "08"].map((d) =>
    isWorkday(`2026-03-${d}`, WEEKENDS_ONLY),
  );
  expect(week).toEqual([true, true, true, true, true, false, false]);
});

test("a notice's holidays are off and its make-up days are worked", () => {
  expect(isWorkday("2026-03-10", INVENTED)).toBe(false);
  expect(isWorkday("2026-03-07", INVENTED)).toBe(true);
  expect(isWorkday("2026-03-08", INVENTED)).toBe(false);
});

test("days are those of Asia/Shanghai", () => {
  expect(dayOf(new Date("2026-03-01T15:59:59Z"))).toBe("2026-03-01");
  expect(dayOf(new Date("2026-03-01T16:00:00Z"))).toBe("2026-03-02");
});

test("working days are added from the day after", () => {
  expect(due("2026-03-02T09:00:00", 0)).toBe(end("2026-03-03"));
  expect(due("2026-03-02T09:00:00", 5)).toBe(end("2026-03-10"));
  expect(due("2026-03-02T09:00:00", 6, INVENTED)).toBe(end("2026-03-10"));
  expect(due("2026-03-09T09:00:00", 1, INVENTED)).toBe(end("2026-03-12"));
});

test("a term received on day 0 ends with its last working day, whatever the hour of receipt", () => {
  // Received on a Monday: ten working days end with the Monday two weeks on.
  for (const hour of ["00:00:00", "09:00:00", "23:59:59"])
    expect(due(`2026-03-02T${hour}`, 10)).toBe(end("2026-03-17"));
  // Received on a Friday and on a Saturday: the Monday is the one working day.
  expect(due("2026-03-06T17:00:00", 1)).toBe(end("2026-03-10"));
  expect(due("2026-03-07T17:00:00", 1)).toBe(end("2026-03-10"));
});

test("a clock that stands still has no end; days of a pause do not count", () => {
  expect(due("2026-03-02T09:00:00", 10, WEEKENDS_ONLY, [["2026-03-03T10:00:00"]])).toBeUndefined();
  // Asked on the Tuesday, which counts; given on the Thursday, which is day 0 again: two days later.
  const pauses: [string, string][] = [["2026-03-03T10:00:00", "2026-03-05T16:00:00"]];
  expect(due("2026-03-02T09:00:00", 10, WEEKENDS_ONLY, pauses)).toBe(end("2026-03-19"));
  expect(
    due("2026-03-02T09:00:00", 10, WEEKENDS_ONLY, [["2026-03-03T10:00:00", "2026-03-03T16:00:00"]]),
  ).toBe(end("2026-03-17"));
});

test("says whether the years of a term are known", () => {
  expect(knowsTerm(WEEKENDS_ONLY, at("2026-03-02T09:00:00"), at("2026-03-17T00:00:00"))).toBe(false);
  expect(knowsTerm(INVENTED, at("2026-12-28T09:00:00"), at("2027-01-01T00:00:00"))).toBe(true);
  expect(knowsTerm(INVENTED, at("2026-12-28T09:00:00"), at("2027-01-02T00:00:00"))).toBe(false);
});

describe("a file of days", () => {
  const HEADER = "day,kind,name,source";
  const read = (...lines: string[]) => readCalendarFile([HEADER, ...lines].join("\n"));

  test("is read in order", () => {
    expect(read("2026-03-10,HOLIDAY,an invented day,a notice", "2026-03-07,WORKDAY,调休,a notice")).toEqual([
      { day: "2026-03-07", kind: "WORKDAY", name: "调休", source: "a notice" },
      { day: "2026-03-10", kind: "HOLIDAY", name: "an invented day", source: "a notice" },
    ]);
  });

  test.each([
    ["a day that does not exist", "2026-02-30,HOLIDAY,x,a notice", /2: day/],
    ["another kind", "2026-03-10,OFF,x,a notice", /2: kind/],
    ["a day without the notice it comes from", "2026-03-10,HOLIDAY,x,", /2: source/],
    ["a day without a name", "2026-03-10,HOLIDAY,,a notice", /2: name/],
  ])("refuses %s", (_, line, told) => expect(() => read(line)).toThrow(told));

  test("refuses a day named twice, another header, and no days", () => {
    const line = "2026-03-10,HOLIDAY,x,a notice";
    expect(() => read(line, line)).toThrow(/3: day: named twice/);
    expect(() => readCalendarFile(`date,kind\n${line}`)).toThrow(/first line/);
    expect(() => read()).toThrow(/no day/);
  });
});
