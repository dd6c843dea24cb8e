// The same command makes the same rows; a larger city keeps the rows of the smaller one.
import { createHash } from "node:crypto";
import { readDivisions } from "../../seeds/data";
import { cityOf, MAKERS, type Row, type Scale } from "../../seeds/synthetic";
import { rowId, spotOf } from "../../seeds/synthetic/row";
import { Stream } from "../../seeds/synthetic/stream";

const divisions = readDivisions();

function hashOf(scale: Scale): string {
  const city = cityOf(scale, divisions);
  const hash = createHash("sha256");
  for (const [name, make] of MAKERS)
    for (const row of make(city)) hash.update(`${name}${JSON.stringify(row)}`);
  return hash.digest("hex");
}

test("the same scale twice gives the same bytes", () => {
  expect(hashOf("test")).toBe(hashOf("test"));
});

test.each(["facility", "socialOrganization", "communityWorker"])(
  "%s: the small city's rows stand in the large one",
  (name) => {
    const rows = (scale: Scale) => {
      const city = cityOf(scale, divisions);
      const wucheng = { ...city, places: city.places.filter(({ code }) => code.startsWith("140105001")) };
      return [...(MAKERS.get(name)?.(wucheng) ?? [])];
    };
    const large = new Map(rows("city").map((row) => [row.id, row]));
    const small = rows("demo");
    expect(small.length).toBeGreaterThan(10);
    const facts = ({ name: called, territory, birthDate }: Row = {}) => ({ called, territory, birthDate });
    for (const row of small) expect(facts(large.get(row.id))).toEqual(facts(row));
  },
);

test("a stream does not depend on others, and its numbers spread evenly", () => {
  const draw = (row: number) => new Stream("volunteer", 7, row).bits();
  const before = draw(5);
  for (let row = 0; row < 100; row++) draw(row);
  expect(draw(5)).toBe(before);
  const counts = new Array(16).fill(0);
  for (let row = 0; row < 16_000; row++) counts[draw(row) >>> 28]++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(160);
});

test("ids grow with place and number, and differ between datasets", () => {
  const [first, second] = [spotOf("140105001001", 4), spotOf("140105001002", 5)];
  const ids = [rowId("volunteer", first, 0), rowId("volunteer", first, 1), rowId("volunteer", second, 0)];
  expect([...ids].sort()).toEqual(ids);
  expect(rowId("facility", first, 0)).not.toBe(ids[0]);
});
