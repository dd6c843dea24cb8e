/** Ranges of codes as prefixes, and as fewer ranges around them. */
import {
  areaOf,
  coarser,
  EVERYWHERE,
  nodesAbove,
  placeAmong,
  prefixesIn,
  type Range,
  rangeOf,
} from "../../src/declare";

const ranges = (...pairs: [string, string][]): Range[] => pairs.map(([from, to]) => ({ from, to }));

test("a range is named by the fewest prefixes of nodes", () => {
  const found = prefixesIn(ranges(["140105998000", "140107002000"], ["140107003001", "140107003003"]));
  expect([...found]).toEqual([
    [9, ["140105998", "140105999", "140107000", "140107001"]],
    [6, ["140106"]],
    [12, ["140107003001", "140107003002"]],
  ]);
});

test("prefixes hold exactly the codes of their ranges, up to the last", () => {
  const around = ranges([EVERYWHERE.from, "140105001000"], ["140105003000", EVERYWHERE.to]);
  const prefixes = [...prefixesIn(around).values()].flat();
  const holds = (code: string) => prefixes.some((prefix) => code.startsWith(prefix));
  expect(["140105001000", "140105002999"].map(holds)).toEqual([false, false]);
  expect(["140105000999", "140105003000", "650000000000", "999999999998"].map(holds)).toEqual(
    Array(4).fill(true),
  );
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test("a node lies in those above it; at the city and above it is everything", () => {
  expect(nodesAbove("140105001002")).toEqual([
    "140105001002",
    "140105001000",
    "140105000000",
    "140100000000",
    "140000000000",
  ]);
  expect(nodesAbove("140105000000")).toEqual(["140105000000", "140100000000", "140000000000"]);
  expect(["140000000000", "140100000000"].map(areaOf)).toEqual([EVERYWHERE, EVERYWHERE]);
  expect(areaOf("140105000000")).toEqual(rangeOf("140105000000"));
});

test("the nearest neighbours become one", () => {
  const streets = ["140105001000", "140105003000", "140106001000", "140107001000", "140107002000"].map(
    rangeOf,
  );
  expect(coarser(streets, 3)).toEqual(
    ranges(
      ["140105001000", "140105004000"],
      ["140106001000", "140106002000"],
      ["140107001000", "140107003000"],
    ),
  );
  expect(coarser(streets, 9)).toEqual(streets);
});

test("a range lies at, between or behind codes in order", () => {
  const edges = ["140105000000", "140106000000", "140107000000"];
  expect(placeAmong(edges, rangeOf("140105000000"))).toBe("at 0, at 1");
  expect(placeAmong(edges, rangeOf("140105001000"))).toBe("before 1, before 1");
  expect(placeAmong(edges, rangeOf("140110000000"))).toBe("end, end");
  expect(placeAmong([], rangeOf("140110000000"))).toBe("end, end");
});
