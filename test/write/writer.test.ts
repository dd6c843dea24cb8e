// Who may write what, what is stored of it, and what happens when two write at once.
import { catalogue } from "../../src/datasets";
import { createWriter } from "../../src/write";
import {
  as,
  CITY_STEWARD,
  DISTRICT_STEWARD,
  ELSEWHERE,
  FIRST,
  openSmallCity,
  problems,
  refusal,
  SECOND,
  type SmallCity,
  stored,
} from "./small-city";

let city: SmallCity;
let serial = 0;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

/** A facility that nothing is wrong with. */
function facility(given: Record<string, unknown> = {}, community: string = FIRST) {
  serial += 1;
  const code = `${community}${String(serial).padStart(4, "0")}`;
  return { code, name: "合成设施", kind: "OFFICE", status: "IN_USE", territory: community, ...given };
}

function member(given: Record<string, unknown> = {}) {
  serial += 1;
  return {
    memberNo: `M${serial}`,
    name: "合成甲",
    position: "MEMBER",
    termFrom: "2025-01-01",
    territory: FIRST,
    ...given,
  };
}

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

describe("what is wrong is told at once, by field and rule", () => {
  test("values", async () => {
    const wrong = {
      code: "12",
      name: " ",
      kind: "PALACE",
      landArea: -1,
      capacity: 1.5,
      openedAt: "2024-02-30",
      services: ["SPORT", "x"],
      ownerCreditCode: "91330100799655058A",
      territory: FIRST,
      inSpatialPlan: undefined,
      version: 3,
    };
    expect(await problems(create("facility", wrong))).toEqual([
      "capacity NUMBER",
      "code FORM_FACILITY_CODE",
      "kind ENUM",
      "landArea TOO_SMALL",
      "name REQUIRED",
      "openedAt DATE",
      "ownerCreditCode FORM_CREDIT_CODE",
      "services ENUM",
      "status REQUIRED",
      "version NO_SUCH_FIELD",
    ]);
  });

  test("no text holds a value", async () => {
    const { extensions } = await refusal(
      create("committeeMember", member({ phone: "1390000123", idNumber: "140105199003074516" })),
    );
    expect((extensions.problems as unknown[]).length).toBe(2);
    expect(JSON.stringify(extensions)).not.toMatch(/1390000123|140105199003074516/);
  });

  test("rules between fields", async () => {
    const input = facility({
      openedAt: "2024-01-02",
      closedAt: "2024-01-01",
      activityArea: 20,
      buildingArea: 10,
    });
    expect(await problems(create("facility", input))).toEqual([
      "activityArea ACTIVITY_AREA_ABOVE_BUILDING_AREA",
      "openedAt CLOSED_AT_BEFORE_OPENED_AT",
    ]);
  });

  test("an update is judged with the values that stay", async () => {
    const { id } = await create("facility", facility({ openedAt: "2024-01-02" }));
    const change = (input: Record<string, unknown>) =>
      city.writer.update(CITY_STEWARD, "facility", id, input, 1);
    expect(await problems(change({ closedAt: "2024-01-01" }))).toEqual([
      "openedAt CLOSED_AT_BEFORE_OPENED_AT",
    ]);
    expect(await problems(change({ name: null }))).toEqual(["name REQUIRED"]);
    await change({ closedAt: "2024-01-03" });
  });

  test("divisions and rows that do not exist", async () => {
    const input = facility({ code: "1401050019990001", territory: "140105001999" });
    expect(await problems(create("facility", input))).toEqual(["territory NO_SUCH_DIVISION"]);
    const share = {
      facilityId: "facility:01930000-0000-7000-8000-00000000dead",
      communityCode: FIRST,
      territory: FIRST,
      share: 0.5,
    };
    expect(await problems(create("facilityShare", share))).toEqual(["facilityId NO_SUCH_ROW"]);
    expect(await problems(create("facilityShare", { ...share, facilityId: "x" }))).toEqual([
      "facilityId REFERENCE_FORM",
    ]);
  });

  test("a new division need not exist before its own row", async () => {
    const code = "140105001003";
    const node = `STATISTICS/2023/${code}`;
    const row = {
      scheme: "STATISTICS",
      edition: "2023",
      code,
      node,
      parentNode: "STATISTICS/2023/140105001000",
      name: "合成",
      level: "COMMUNITY",
      territory: code,
    };
    await create("division", row);
    await create("facility", facility({}, code));
  });

  test("a control character or half a character is damage, not text", async () => {
    expect(await problems(create("facility", facility({ name: "a\0b" })))).toEqual([
      "name CONTROL_CHARACTER",
    ]);
    expect(await problems(create("facility", facility({ name: "a\ud800" })))).toEqual([
      "name CONTROL_CHARACTER",
    ]);
  });
});

describe("a field that follows another row", () => {
  const person = (given: object) => ({
    volunteerNo: `V${++serial}`,
    name: "合成丙",
    birthDate: "1990-01-01",
    registeredAt: "2024-01-01",
    consent: "GRANTED",
    consentAt: "2024-01-01",
    lawfulBasis: "CONSENT",
    retentionUntil: "2030-01-01",
    territory: FIRST,
    ...given,
  });
  const record = (volunteerId: string, territory: string = ELSEWHERE) => ({
    recordNo: `R${++serial}`,
    volunteerId,
    serviceKind: "LEGAL",
    startedAt: "2025-05-01T09:00:00+08:00",
    endedAt: "2025-05-01T10:00:00+08:00",
    hours: 1,
    consent: "GRANTED",
    territory,
  });
  const consentOf = async (uuid: string) => (await stored(city, "volunteerRecord", uuid)).consent;

  test("is set when its row is written, whatever the client said", async () => {
    const child = { birthDate: "2020-01-01", guardianConsent: "WITHDRAWN", guardianConsentAt: "2024-01-01" };
    for (const [given, expected] of [
      [{}, "GRANTED"],
      [{ consent: "NONE", consentAt: null }, "NONE"],
      [child, "WITHDRAWN"],
    ] as const) {
      const { id } = await create("volunteer", person(given));
      expect(await consentOf((await create("volunteerRecord", record(id))).uuid)).toBe(expected);
    }
  });

  test("changes with that row, with a version of its own, also where the asker could not write it", async () => {
    const { id } = await create("volunteer", person({}));
    const { uuid } = await create("volunteerRecord", record(id));
    const withdrawn = { consent: "WITHDRAWN", withdrawnAt: "2025-06-01" };
    await city.writer.update(DISTRICT_STEWARD, "volunteer", id, withdrawn, 1);
    expect(await stored(city, "volunteerRecord", uuid)).toMatchObject({ consent: "WITHDRAWN", version: 2 });
    await city.writer.update(DISTRICT_STEWARD, "volunteer", id, { skills: [] }, 2);
    expect(await stored(city, "volunteerRecord", uuid)).toMatchObject({ version: 2 });
  });

  test("does not miss a change that comes while its row is written", async () => {
    for (let i = 0; i < 5; i++) {
      const { id } = await create("volunteer", person({}));
      const withdrawn = { consent: "WITHDRAWN", withdrawnAt: "2025-06-01" };
      const [{ uuid }] = await Promise.all([
        create("volunteerRecord", record(id)),
        city.writer.update(CITY_STEWARD, "volunteer", id, withdrawn, 1),
      ]);
      expect(await consentOf(uuid)).toBe("WITHDRAWN");
    }
  });
});

describe("rules across rows", () => {
  test("shares of one facility are together at most one, also when given at once", async () => {
    const { id } = await create("facility", facility());
    const share = (communityCode: string, part: number) =>
      create("facilityShare", { facilityId: id, communityCode, territory: communityCode, share: part });
    const both = await Promise.allSettled([share(FIRST, 0.6), share(SECOND, 0.6)]);
    expect(both.map((e) => e.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await problems(share(ELSEWHERE, 0.4001))).toEqual(["share SHARES_ABOVE_ONE"]);
    const { id: shareId } = await share(ELSEWHERE, 0.4);
    const change = (part: number) =>
      city.writer.update(CITY_STEWARD, "facilityShare", shareId, { share: part }, 1);
    expect(await problems(change(0.5))).toEqual(["share SHARES_ABOVE_ONE"]);
    await change(0.3);
  });

  test("services of one volunteer do not overlap", async () => {
    const volunteer = await create("volunteer", {
      volunteerNo: "V1",
      name: "合成乙",
      birthDate: "1990-01-01",
      registeredAt: "2024-01-01",
      consent: "GRANTED",
      consentAt: "2024-01-01",
      lawfulBasis: "CONSENT",
      retentionUntil: "2030-01-01",
      territory: FIRST,
    });
    const serve = (from: string, to: string, state?: string) => {
      serial += 1;
      return create("volunteerRecord", {
        recordNo: `R${serial}`,
        volunteerId: volunteer.id,
        serviceKind: "LEGAL",
        startedAt: `2025-05-01T${from}:00+08:00`,
        endedAt: `2025-05-01T${to}:00+08:00`,
        hours: 1,
        consent: "GRANTED",
        territory: FIRST,
        state,
      });
    };
    await serve("09:00", "11:00");
    await serve("11:00", "12:00");
    expect(await problems(serve("10:30", "11:30"))).toEqual(["startedAt RECORDS_OVERLAP"]);
    await serve("10:30", "11:30", "REJECTED");
  });
});
