// Which duties one identity may hold together: all but two of administration, security and audit (semantics 27).
import { conflictOf, DUTIES, type Duty } from "../../src/identity/identity";

const pairs = DUTIES.flatMap((one, n) => DUTIES.slice(n + 1).map((other): [Duty, Duty] => [one, other]));

test("of all pairs of duties exactly these three are kept apart", () => {
  expect(pairs).toHaveLength(21);
  expect(pairs.filter((pair) => conflictOf(pair))).toEqual([
    ["admin", "security"],
    ["admin", "audit"],
    ["security", "audit"],
  ]);
});

test.each(["admin", "security", "audit"] as const)("%s goes with every duty of daily work", (duty) => {
  const daily: Duty[] = ["read", "steward", "decide", "approve"];
  expect(conflictOf([...daily, duty])).toBeUndefined();
});

test("all three are told by name, and a duty named twice is one", () => {
  expect(conflictOf(["audit", "security", "admin", "read"])).toContain("admin, security, audit");
  expect(conflictOf(["audit", "audit"])).toBeUndefined();
});
