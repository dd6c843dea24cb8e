// Who may create what, what is stored of it, and what a creation sent again does.
import { facility, member } from "./sample-rows";
import {
  as,
  CITY_STEWARD,
  DISTRICT_STEWARD,
  ELSEWHERE,
  FIRST,
  openSmallCity,
  refusal,
  type SmallCity,
  stored,
} from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

const create = (dataset: string, input: Record<string, unknown>, asker = CITY_STEWARD, key?: string) =>
  city.writer.create(asker, dataset, input, key);

describe("create", () => {
  test("stores the row with who, when and where from", async () => {
    const { id, uuid } = await create(
      "facility",
      facility({ landArea: 1200.5, services: ["LEGAL", "LEGAL", "SPORT"] }),
    );
    expect(id).toBe(`facility:${uuid}`);
    expect(uuid[14]).toBe("7");
    expect(await stored(city, "facility", uuid)).toMatchObject({
      name: "合成设施",
      territory: FIRST,
      version: 1,
      retiredAt: null,
      landArea: "1200.5000",
      services: ["LEGAL", "SPORT"],
      source: "civil-affairs@140100000000",
      createdBy: "civil-affairs@140100000000/lin",
      changedBy: "civil-affairs@140100000000/lin",
    });
  });

  test("seals what is encrypted and keeps masked forms", async () => {
    const phone = "13900001234";
    const { uuid } = await create("committeeMember", member({ phone, address: "太原市小店区合成社区1号楼" }));
    const row = await stored(city, "committeeMember", uuid);
    expect(city.cipher.open("committeeMember", "phone", row.phone as Buffer)).toBe(phone);
    expect(row.phoneHash).toEqual(city.cipher.hash("committeeMember", "phone", phone));
    expect(row).toMatchObject({
      phoneMasked: "139****1234",
      addressMasked: "太原市小店区合成社区***",
      idNumber: null,
    });
  });

  test.each([
    ["another kind of department", as("finance@140100000000")],
    ["the steward without the duty", as("civil-affairs@140100000000", ["read"])],
    ["the steward of another district", as("civil-affairs@140106000000")],
  ])("is refused for %s", async (_, asker) => {
    expect((await refusal(create("facility", facility(), asker))).code).toBe("FORBIDDEN");
  });

  test("a district's steward writes in its district, not beside it", async () => {
    await create("facility", facility(), DISTRICT_STEWARD);
    expect((await refusal(create("facility", facility({}, ELSEWHERE), DISTRICT_STEWARD))).code).toBe(
      "FORBIDDEN",
    );
  });

  test("a field that another department keeps is refused by name", async () => {
    const refused = await refusal(create("facility", facility({ titleNo: "晋（2024）1号" })));
    expect(refused).toMatchObject({ code: "FORBIDDEN", extensions: { fields: ["titleNo"] } });
  });

  test("a taken key is told alike for a holder within and out of reach", async () => {
    const [near, far] = [member(), member({ territory: ELSEWHERE })];
    await create("committeeMember", near);
    await create("committeeMember", far);
    const again = (memberNo: string) =>
      refusal(create("committeeMember", member({ memberNo }), DISTRICT_STEWARD));
    const [seen, unseen] = [await again(near.memberNo), await again(far.memberNo)];
    expect(seen.code).toBe("DUPLICATE_KEY");
    expect(unseen).toEqual(seen);
    expect(JSON.stringify(seen)).not.toMatch(/committee_member|INSERT|M\d/);
  });
});

describe("a creation sent again", () => {
  const count = async () =>
    Number((await city.database.pool.query("SELECT count(*) FROM facility")).rows[0].count);

  test("is stored once, also when both arrive together", async () => {
    const input = facility();
    const before = await count();
    const both = await Promise.all([1, 2].map(() => create("facility", input, CITY_STEWARD, "key-1")));
    const later = await create("facility", input, CITY_STEWARD, "key-1");
    expect(new Set([...both, later].map((w) => w.uuid)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  test("with another content is refused", async () => {
    const refused = await refusal(create("facility", facility(), CITY_STEWARD, "key-1"));
    expect(refused).toMatchObject({
      code: "BAD_USER_INPUT",
      extensions: { reason: "IDEMPOTENCY_KEY_REUSED" },
    });
  });

  test("after a refusal may be corrected under the same key", async () => {
    await refusal(create("facility", facility({ name: null }), CITY_STEWARD, "key-2"));
    await create("facility", facility(), CITY_STEWARD, "key-2");
  });

  test("keys of one asker say nothing to another", async () => {
    const { uuid } = await create("facility", facility(), DISTRICT_STEWARD, "key-1");
    expect(await stored(city, "facility", uuid)).toMatchObject({ version: 1 });
  });
});
