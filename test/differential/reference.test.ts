/** The reference model on small cases whose answers were worked out by hand from the semantics. */
import { ask, row } from "./small-world";
import { CITY, COMMUNITIES, DISTRICTS } from "./world";

const [HERE, , ELSEWHERE] = COMMUNITIES as [string, string, string];
const STEWARD = `civil-affairs@${CITY}`;
const numbers = (data: { people: { nodes: { personNo: string }[] } }) =>
  data.people.nodes.map((n) => n.personNo).join("");

describe("levels", () => {
  const rows = {
    person: [row(1, { personNo: "1", fullName: "张三", phone: "13812345678", gender: "MALE", hours: 2 })],
  };
  const all = "{ people { nodes { personNo fullName phone gender hours createdBy } } }";

  test("a reader without a right sees no row, and no error", async () => {
    expect(await ask("{ people { totalCount nodes { id } } }", { rows })).toEqual({
      people: { totalCount: 0, nodes: [] },
    });
  });

  test("a masked field shows its form, one without a form nothing, an unshared field nothing", async () => {
    expect((await ask(all, { rows, grants: [{ level: "MASKED" }] })).people.nodes).toEqual([
      { personNo: "1", fullName: "张*", phone: "masked", gender: null, hours: null, createdBy: null },
    ]);
  });

  test("a grant of another purpose, or not yet in force, opens nothing", async () => {
    for (const grant of [
      { purpose: "other" },
      { from: "2099-01-01T00:00:00Z" },
      { until: "2026-11-22T04:00:00Z" },
    ])
      expect((await ask(all, { rows, grants: [grant] })).people.nodes).toEqual([]);
  });

  test("AGGREGATE makes no row visible, MASKED in one field shows the key fields", async () => {
    expect((await ask(all, { rows, grants: [{ level: "AGGREGATE" }] })).people.nodes).toEqual([]);
    const seen = await ask(all, { rows, grants: [{ level: "MASKED", fields: ["hours"] }] });
    expect(seen.people.nodes).toEqual([
      { personNo: "1", fullName: null, phone: null, gender: null, hours: null, createdBy: null },
    ]);
  });

  test("the steward reads everything but a field that has another steward", async () => {
    const paid = { person: [row(1, { personNo: "1", pay: "5.00", createdBy: "me" })] };
    const query = "{ people { nodes { pay createdBy } } }";
    expect((await ask(query, { rows: paid, as: STEWARD })).people.nodes).toEqual([
      { pay: null, createdBy: "me" },
    ]);
    expect((await ask(query, { rows: paid, as: `finance@${CITY}` })).people.nodes).toEqual([
      { pay: "5.00", createdBy: null },
    ]);
  });

  test.each([
    ["without consent", { consented: false }, 0],
    ["where consent is missing", { consented: null }, 0],
    ["a day before the fourteenth birthday", { bornOn: "2012-11-23" }, 0],
    ["on the fourteenth birthday", { bornOn: "2012-11-22" }, 1],
    ["with consent", {}, 1],
  ])("a grant opens a person %s", async (_, values, seen) => {
    const closed = { person: [row(1, { personNo: "1", ...values })] };
    expect((await ask("{ people { totalCount } }", { rows: closed, grants: [{}] })).people.totalCount).toBe(
      seen,
    );
  });

  test("a row condition never opens what its field closes", async () => {
    const filed = { place: [row(1, { code: HERE, rank: "FILED", title: "t", remark: "r" })] };
    const grants = [{ dataset: "place" }];
    expect(
      (await ask("{ places { nodes { title remark } } }", { rows: filed, grants })).places.nodes,
    ).toEqual([{ title: "t", remark: null }]);
    expect((await ask("{ places { nodes { title } } }", { rows: filed })).places.nodes).toEqual([]);
  });
});

describe("versions read as of a time", () => {
  const THEN = "2024-06-01T00:00:00Z";
  const since = { changedAt: "2025-01-15T08:00:01Z" };
  const before = { changedAt: "2024-01-01T00:00:00Z" };
  /** A row of two versions. */
  const changed = (n: number, past: object, now: object) => ({
    ...row(n, { ...now, ...since } as never),
    past: [row(n, { ...past, ...before } as never)],
  });
  const seen = async (past: object, now: object) => {
    const rows = { person: [changed(1, { personNo: "1", ...past }, { personNo: "1", ...now })] };
    const query = `{ people(asOf: "${THEN}") { totalCount } present: people { totalCount } }`;
    const data = await ask(query, { rows, grants: [{}] });
    return [data.people.totalCount, data.present.totalCount];
  };

  test.each([
    ["consent withdrawn closes the time before it", {}, { consented: false }, [0, 0]],
    ["consent given does not open the time before it", { consented: false }, {}, [0, 1]],
    ["consent kept", {}, {}, [1, 1]],
    ["a retired row is the row now", {}, { consented: false, retiredAt: "2025-01-15T08:00:01Z" }, [0, 0]],
    ["retired with consent", {}, { retiredAt: "2025-01-15T08:00:01Z" }, [1, 0]],
  ])("%s", async (_, past, now, counts) => {
    expect(await seen(past, now)).toEqual(counts);
  });

  test.each([
    ["open", {}, "GUARD"],
    ["closed", { consented: false }, null],
  ])("a version that names another row than today is judged on that row, now %s", async (_, values, duty) => {
    const [first, second] = [row(1, { personNo: "1", ...values }), row(2, { personNo: "2" })];
    const shift = (person: typeof first) => ({
      personId: `person:${person.id}`,
      duty: "GUARD",
      agreed: true,
    });
    const rows = { person: [first, second], shift: [changed(3, shift(first), shift(second))] };
    const query = `{ shifts(asOf: "${THEN}") { nodes { duty } } present: shifts { nodes { duty } } }`;
    expect(await ask(query, { rows, grants: [{ dataset: "shift" }] })).toEqual({
      shifts: { nodes: [{ duty }] },
      present: { nodes: [{ duty: "GUARD" }] },
    });
  });
});

describe("conditions", () => {
  const rows = {
    person: [
      row(1, { personNo: "1", gender: "MALE", hours: 1 }),
      row(2, { personNo: "2", gender: "FEMALE", hours: null }),
      row(3, { personNo: "3", gender: "MALE", hours: 3, territory: ELSEWHERE }),
    ],
  };
  const grants = [{ fields: ["hours"], territory: HERE }, { fields: ["gender"] }];
  const where = async (condition: string) => {
    const data = await ask(`{ people(where: ${condition}) { nodes { personNo } } }`, { rows, grants });
    return Array.isArray(data) ? data.join() : numbers(data);
  };

  test.each([
    ["{}", "123"],
    ["{ not: {} }", ""],
    ["{ and: [] }", "123"],
    ["{ or: [] }", ""],
    ["{ hours: { eq: 1 } }", "1"],
    ["{ not: { hours: { eq: 1 } } }", ""],
    ["{ hours: { ne: 7 } }", "1"],
    ["{ hours: { isNull: true } }", "2"],
    ["{ not: { hours: { isNull: true } } }", "1"],
    ["{ hours: { in: [] } }", ""],
    ["{ not: { hours: { in: [] } } }", "12"],
    ["{ hours: { notIn: [] } }", "1"],
    ["{ or: [{ hours: { eq: 3 } }, { gender: { eq: MALE } }] }", "13"],
    ['{ territory: { within: "140105001" } }', "12"],
    ['{ territory: { within: "1401050" } }', "BAD_USER_INPUT"],
    ["{ hours: { eq: null } }", "BAD_USER_INPUT"],
    ["{ not: null }", "BAD_USER_INPUT"],
    ['{ personNo: { eq: "3" } }', "3"],
    ['{ fullName: { eq: "x" } }', "FIELD_WITHHELD person.fullName"],
    ["{ mentor: { gender: { eq: MALE } } }", "FIELD_WITHHELD person.mentorId"],
  ])("%s finds %s", async (condition, found) => {
    expect(await where(condition)).toBe(found);
  });

  test("rows sort as null where the order field is not FULL", async () => {
    const sorted = async (orderBy: string) =>
      numbers(await ask(`{ people(orderBy: ${orderBy}) { nodes { personNo } } }`, { rows, grants }));
    expect(await sorted("{ field: HOURS }")).toBe("123");
    expect(await sorted("{ field: HOURS, direction: DESC, nulls: FIRST }")).toBe("231");
    expect(await sorted("[{ field: GENDER, direction: DESC }, { field: ID, direction: DESC }]")).toBe("312");
  });
});

describe("links", () => {
  const at = (n: number, place: string | null, values = {}) =>
    row(n, { personNo: String(n), placeId: place && `place:${place}`, ...values });
  const place = row(9, { code: HERE, title: "家", rank: "FIRST" });
  const rows = {
    place: [place],
    person: [at(1, place.id, { gender: "MALE" }), at(2, place.id), at(3, null)],
  };
  const here = `place:${place.id}`;

  test("a link is a read of the field that holds it", async () => {
    const query = "{ people { nodes { place { title } } } places { nodes { people { totalCount } } } }";
    const open = await ask(query, { rows, grants: [{}] });
    expect(open.people.nodes).toEqual([
      { place: { title: "家" } },
      { place: { title: "家" } },
      { place: null },
    ]);
    expect(open.places.nodes).toEqual([{ people: { totalCount: 2 } }]);
    const closed = await ask(query, { rows, grants: [{ fields: ["gender"] }] });
    expect(closed.people.nodes).toEqual([{ place: null }, { place: null }, { place: null }]);
    expect(closed.places.nodes).toEqual([{ people: { totalCount: 0 } }]);
  });

  test.each([
    ["{ some: { gender: { eq: MALE } } }", 1],
    ["{ none: { gender: { eq: MALE } } }", 0],
    ["{ none: { gender: { eq: FEMALE } } }", 1],
    ["{ every: { gender: { eq: MALE } } }", 0],
    ["{ every: { mentorId: { isNull: true } } }", 1],
    ["{ some: {}, every: { gender: { isNull: false } } }", 0],
  ])("places with people: %s", async (range, found) => {
    const data = await ask(`{ places(where: { people: ${range} }) { totalCount } }`, { rows, grants: [{}] });
    expect(data.places.totalCount).toBe(found);
  });

  test("node finds a visible row by its id, and nothing else", async () => {
    const query = `{ node(id: "${here}") { __typename ... on Place { title } } }`;
    expect(await ask(query, { rows })).toEqual({ node: { __typename: "Place", title: "家" } });
    expect(await ask(query, { rows, standings: [] })).toEqual({ node: null });
  });
});

describe("pages", () => {
  const rows = { place: [1, 2, 3].map((n) => row(n, { code: String(n), area: n, rank: "FIRST" })) };
  const page = (args: string, variables = {}) =>
    ask(
      `query ${args.includes("$c") ? "($c: String)" : ""} { places(orderBy: { field: AREA }, ${args}) { nodes { code } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`,
      { rows, variables },
    );

  test("forward and backward", async () => {
    const first = (await page("first: 2")).places;
    expect(first.nodes).toEqual([{ code: "1" }, { code: "2" }]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const next = (await page("first: 2, after: $c", { c: first.pageInfo.endCursor })).places;
    expect(next.nodes).toEqual([{ code: "3" }]);
    expect(next.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = (await page("last: 1, before: $c", { c: next.pageInfo.startCursor })).places;
    expect(back.nodes).toEqual([{ code: "2" }]);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  test("a cursor of another condition, and contradicting arguments, are refused", async () => {
    const { endCursor } = (await page("first: 2")).places.pageInfo;
    expect(await page('where: { code: { eq: "1" } }, after: $c', { c: endCursor })).toEqual([
      "BAD_USER_INPUT CURSOR_STALE",
    ]);
    expect(await page("first: 1, last: 1")).toEqual(["BAD_USER_INPUT"]);
    expect(await page("first: 1001")).toEqual(["BAD_USER_INPUT"]);
  });
});

describe("figures", () => {
  const grants = [{ level: "AGGREGATE" as const }];
  const people = (n: number, values: (i: number) => object, cellKey = 0) => ({
    person: Array.from({ length: n }, (_, i) => row(i + 1, { personNo: String(i), ...values(i) }, cellKey)),
  });
  const figures = async (args: string, below: string, rows: object, more = grants) =>
    (await ask(`{ peopleAggregate${args} { groups { ${below} } } }`, { rows: rows as never, grants: more }))
      .peopleAggregate.groups;

  test("a protected count carries the noise of its keys, fewer than five persons are suppressed", async () => {
    expect(
      await figures(
        "",
        "count suppressed",
        people(5, () => ({})),
      ),
    ).toEqual([{ count: 3, suppressed: false }]);
    expect(
      await figures(
        "",
        "count suppressed",
        people(5, () => ({}), 858_993_459),
      ),
    ).toEqual([{ count: 7, suppressed: false }]);
    expect(
      await figures(
        "",
        "count suppressed",
        people(4, () => ({})),
      ),
    ).toEqual([{ count: null, suppressed: true }]);
    expect(
      await figures(
        "",
        "count suppressed",
        people(0, () => ({})),
      ),
    ).toEqual([{ count: 0, suppressed: false }]);
  });

  test("a sum's noise is scaled to the largest contribution, its average divides by the published number", async () => {
    const rows = people(6, (i) => ({ hours: i + 1 }), 100); // keys sum to 600: (600 - 1000) / 1000 of 6
    expect(await figures("", "sum { hours } avg { hours } min { hours }", rows)).toEqual([
      { sum: { hours: 18.6 }, avg: { hours: 4.65 }, min: { hours: null } },
    ]);
  });

  test("a sum that one person makes more than half of is suppressed alone", async () => {
    const rows = people(6, (i) => ({ hours: i === 0 ? 6 : 1 }), 2_147_483_648);
    expect(await figures("", "count sum { hours } suppressed", rows)).toEqual([
      { count: 4, sum: { hours: null }, suppressed: true },
    ]);
    expect(await figures("", "count suppressed", rows)).toEqual([{ count: 4, suppressed: false }]);
  });

  test("exact where FULL, and min and max only there", async () => {
    const rows = people(2, (i) => ({ hours: i + 1.5 }));
    expect(
      await figures("", "count sum { hours } avg { hours } max { hours }", rows, [
        { level: "FULL" as never },
      ]),
    ).toEqual([{ count: 2, sum: { hours: 4 }, avg: { hours: 2 }, max: { hours: 2.5 } }]);
  });

  test("cells count persons, not records", async () => {
    const shift = (persons: number) =>
      Array.from({ length: 6 }, (_, i) =>
        row(i, { shiftNo: String(i), personId: `person:${i % persons}` }, 2 ** 31),
      );
    const query = "{ shiftsAggregate { groups { count } } }";
    const asking = { grants: [{ dataset: "shift", level: "AGGREGATE" as const }] };
    expect((await ask(query, { ...asking, rows: { shift: shift(4) } })).shiftsAggregate.groups).toEqual([
      { count: null },
    ]);
    expect((await ask(query, { ...asking, rows: { shift: shift(5) } })).shiftsAggregate.groups).toEqual([
      { count: 4 },
    ]);
  });

  test("roll-ups, and groups in the order asked, suppressed ones last", async () => {
    const territories = [...Array(5).fill(HERE), ...Array(5).fill(ELSEWHERE), CITY];
    const rows = people(11, (i) => ({ territory: territories[i] }), 3_000_000_000);
    expect(
      await figures(
        "(groupBy: TERRITORY_STREET, orderBy: { field: COUNT, direction: DESC })",
        "key { territoryStreet } count",
        rows,
      ),
    ).toEqual([
      { key: { territoryStreet: "140105001000" }, count: 5 },
      { key: { territoryStreet: "140105002000" }, count: 5 },
      { key: { territoryStreet: null }, count: null },
    ]);
    expect(
      await figures("(groupBy: TERRITORY_STREET, having: { count: { gte: 0 } })", "count", rows),
    ).toHaveLength(2);
  });

  test("keys need FULL, coded dimensions AGGREGATE", async () => {
    const rows = people(5, () => ({ gender: "MALE", bornOn: "1980-05-06" }), 2 ** 31);
    expect(
      await figures("(groupBy: [GENDER, BORN_ON_YEAR])", "key { gender bornOnYear } count", rows),
    ).toEqual([{ key: { gender: "MALE", bornOnYear: 1980 }, count: expect.any(Number) }]);
    const refused = (key: string) =>
      ask(`{ peopleAggregate(groupBy: ${key}) { groups { count } } }`, { rows, grants });
    expect(await refused("BORN_ON_MONTH")).toEqual(["FIELD_WITHHELD person.bornOn"]);
    expect(await refused("PERSON_NO")).toEqual(["FIELD_WITHHELD person.personNo"]);
  });

  test("coverage names what is withheld where", async () => {
    const query = "{ peopleAggregate { groups { sum { hours } } coverage { territory counted withheld } } }";
    const only = [{ level: "AGGREGATE" as const, territory: DISTRICTS[0], fields: ["gender"] }];
    const { coverage } = (await ask(query, { rows: {}, grants: only })).peopleAggregate;
    const at = (t: string) => coverage.find((c: { territory: string }) => c.territory === t);
    expect(at(HERE)).toMatchObject({ counted: true, withheld: ["hours"] });
    expect(at(DISTRICTS[1])).toMatchObject({ counted: false, withheld: ["hours"] });
  });
});
