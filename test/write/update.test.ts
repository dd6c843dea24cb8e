// Who may change or retire a row, what becomes of it, and what happens when two write at once.
import { catalogue } from "../../src/datasets";
import { createWriter } from "../../src/write";
import { facility, member } from "./sample-rows";
import {
  as,
  CITY_STEWARD,
  DISTRICT_STEWARD,
  ELSEWHERE,
  openSmallCity,
  problems,
  refusal,
  type SmallCity,
  stored,
} from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

const create = (dataset: string, input: Record<string, unknown>, asker = CITY_STEWARD) =>
  city.writer.create(asker, dataset, input);

describe("update", () => {
  const made = () => create("facility", facility({ capacity: 10, openingHours: "8:00" }));
  const update = (id: string, input: Record<string, unknown>, version = 1, asker = CITY_STEWARD) =>
    city.writer.update(asker, "facility", id, input, version);

  test("changes what is given, clears what is null, leaves the rest, keeps the former version", async () => {
    const { id, uuid } = await made();
    await update(id, { capacity: 20, openingHours: null, address: undefined }, 1, DISTRICT_STEWARD);
    expect(await stored(city, "facility", uuid)).toMatchObject({
      version: 2,
      capacity: 20,
      openingHours: null,
      name: "合成设施",
      createdBy: "civil-affairs@140100000000/lin",
      changedBy: "civil-affairs@140105000000/lin",
    });
    const { rows } = await city.database.pool.query(
      "SELECT version, capacity, changed_by FROM facility_history WHERE id = $1",
      [uuid],
    );
    expect(rows).toEqual([{ version: 1, capacity: 10, changed_by: "civil-affairs@140100000000/lin" }]);
  });

  test("to the same values is no new version", async () => {
    const { id, uuid } = await made();
    await update(id, { capacity: 10 });
    expect(await stored(city, "facility", uuid)).toMatchObject({ version: 1 });
  });

  test("an encrypted field that is not given stays", async () => {
    const written = await create("committeeMember", member({ phone: "13900001234" }));
    await city.writer.update(CITY_STEWARD, "committeeMember", written.id, { terms: 2 }, 1);
    expect(await stored(city, "committeeMember", written.uuid)).toMatchObject({
      terms: 2,
      phoneMasked: "139****1234",
    });
    await city.writer.update(CITY_STEWARD, "committeeMember", written.id, { phone: null }, 2);
    expect(await stored(city, "committeeMember", written.uuid)).toMatchObject({
      phone: null,
      phoneMasked: null,
      phoneHash: null,
    });
  });

  test("of an older version tells the present one", async () => {
    const { id } = await made();
    await update(id, { capacity: 20 });
    expect(await refusal(update(id, { capacity: 30 }))).toMatchObject({
      code: "VERSION_CONFLICT",
      extensions: { currentVersion: 2 },
    });
  });

  test("of ten at once one wins, and the others learn it", async () => {
    const { id, uuid } = await made();
    const ends = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => update(id, { capacity: 100 + i })),
    );
    const lost = ends.filter((e) => e.status === "rejected").map((e) => e.reason.extensions);
    expect(lost).toHaveLength(9);
    for (const extensions of lost)
      expect(extensions).toMatchObject({ code: "VERSION_CONFLICT", currentVersion: 2 });
    expect(await stored(city, "facility", uuid)).toMatchObject({ version: 2 });
  });

  test("a field's own steward writes it, and nothing else", async () => {
    const { id, uuid } = await made();
    const realEstate = as("real-estate@140100000000");
    await update(id, { titleNo: "晋（2024）1号" }, 1, realEstate);
    expect(await stored(city, "facility", uuid)).toMatchObject({ titleNo: "晋（2024）1号", version: 2 });
    expect(await refusal(update(id, { titleNo: "x", capacity: 1 }, 2, realEstate))).toMatchObject({
      code: "FORBIDDEN",
      extensions: { fields: ["capacity"] },
    });
    expect((await refusal(update(id, { titleNo: "x" }, 2))).code).toBe("FORBIDDEN");
  });

  test("moving a row needs the right at both ends", async () => {
    const move = { territory: ELSEWHERE, code: `${ELSEWHERE}9001` };
    const { id, uuid } = await made();
    expect((await refusal(update(id, move, 1, DISTRICT_STEWARD))).code).toBe("FORBIDDEN");
    expect((await refusal(update(id, move, 1, as("civil-affairs@140106000000")))).code).toBe("FORBIDDEN");
    await update(id, move);
    expect(await stored(city, "facility", uuid)).toMatchObject({ territory: ELSEWHERE });
  });

  test("a row out of sight is not there, one in sight may be another's", async () => {
    const { id } = await create("committeeMember", member());
    const change = (asker: ReturnType<typeof as>, which = id) =>
      refusal(city.writer.update(asker, "committeeMember", which, { terms: 3 }, 7));
    const unseen = await change(as("finance@140100000000"));
    const missing = await change(CITY_STEWARD, "committeeMember:01930000-0000-7000-8000-00000000dead");
    expect(unseen.code).toBe("NOT_FOUND");
    expect(unseen).toEqual(missing);
    const seen = await made();
    expect((await refusal(update(seen.id, { capacity: 1 }, 7, as("finance@140100000000")))).code).toBe(
      "FORBIDDEN",
    );
  });

  test("an id of another dataset is no id of this one", async () => {
    expect(
      (await refusal(update("community:01930000-0000-7000-8000-00000000dead", { capacity: 1 }))).code,
    ).toBe("BAD_USER_INPUT");
  });
});

describe("retire", () => {
  test("takes the row out of use once, and frees its key", async () => {
    const input = facility();
    const { id, uuid } = await create("facility", input);
    expect((await refusal(city.writer.retire(CITY_STEWARD, "facility", id, 2))).code).toBe(
      "VERSION_CONFLICT",
    );
    await city.writer.retire(CITY_STEWARD, "facility", id, 1);
    await city.writer.retire(CITY_STEWARD, "facility", id);
    const row = await stored(city, "facility", uuid);
    expect(row).toMatchObject({ version: 2, retiredAt: expect.any(Date) });
    await create("facility", input);
    expect(await problems(city.writer.update(CITY_STEWARD, "facility", id, { capacity: 1 }, 2))).toEqual([
      "retiredAt RETIRED",
    ]);
  });

  test("is the dataset's steward's alone", async () => {
    const { id } = await create("facility", facility());
    expect((await refusal(city.writer.retire(as("real-estate@140100000000"), "facility", id))).code).toBe(
      "FORBIDDEN",
    );
  });
});

test("a right that ended between the decision and the statement writes nothing", async () => {
  const kind = "planning";
  const held = await city.rights.current();
  const { id, uuid } = await create("facility", facility());
  await city.database.pool.query("UPDATE stewardship SET ends_at = now() WHERE field = 'inSpatialPlan'");
  const rights = { ...city.rights, current: async () => held };
  const late = createWriter({ ...city, catalogue, rights });
  const refused = await refusal(
    late.update(as(`${kind}@140100000000`), "facility", id, { inSpatialPlan: true }, 1),
  );
  expect(refused.code).toBe("FORBIDDEN");
  expect(await stored(city, "facility", uuid)).toMatchObject({ version: 1, inSpatialPlan: null });
});
