// What is wrong with a row is told at once, by field and rule, and never by value.
import { facility, member } from "./sample-rows";
import { CITY_STEWARD, FIRST, openSmallCity, problems, refusal, type SmallCity } from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

const create = (dataset: string, input: Record<string, unknown>, asker = CITY_STEWARD) =>
  city.writer.create(asker, dataset, input);

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
