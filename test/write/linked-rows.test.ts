// Fields that follow another row, and rules across rows, hold also when several write at once.
import { facility, volunteer, volunteerRecord } from "./sample-rows";
import {
  CITY_STEWARD,
  DISTRICT_STEWARD,
  ELSEWHERE,
  FIRST,
  openSmallCity,
  problems,
  SECOND,
  type SmallCity,
  stored,
} from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

const create = (dataset: string, input: Record<string, unknown>) =>
  city.writer.create(CITY_STEWARD, dataset, input);

describe("a field that follows another row", () => {
  const consentOf = async (uuid: string) => (await stored(city, "volunteerRecord", uuid)).consent;

  test("is set when its row is written, whatever the client said", async () => {
    const child = { birthDate: "2020-01-01", guardianConsent: "WITHDRAWN", guardianConsentAt: "2024-01-01" };
    for (const [given, expected] of [
      [{}, "GRANTED"],
      [{ consent: "NONE", consentAt: null }, "NONE"],
      [child, "WITHDRAWN"],
    ] as const) {
      const { id } = await create("volunteer", volunteer(given));
      expect(await consentOf((await create("volunteerRecord", volunteerRecord(id))).uuid)).toBe(expected);
    }
  });

  test("changes with that row, with a version of its own, also where the asker could not write it", async () => {
    const { id } = await create("volunteer", volunteer());
    const { uuid } = await create("volunteerRecord", volunteerRecord(id));
    const withdrawn = { consent: "WITHDRAWN", withdrawnAt: "2025-06-01" };
    await city.writer.update(DISTRICT_STEWARD, "volunteer", id, withdrawn, 1);
    expect(await stored(city, "volunteerRecord", uuid)).toMatchObject({ consent: "WITHDRAWN", version: 2 });
    await city.writer.update(DISTRICT_STEWARD, "volunteer", id, { skills: [] }, 2);
    expect(await stored(city, "volunteerRecord", uuid)).toMatchObject({ version: 2 });
  });

  test("does not miss a change that comes while its row is written", async () => {
    for (let i = 0; i < 5; i++) {
      const { id } = await create("volunteer", volunteer());
      const withdrawn = { consent: "WITHDRAWN", withdrawnAt: "2025-06-01" };
      const [{ uuid }] = await Promise.all([
        create("volunteerRecord", volunteerRecord(id)),
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
    const { id } = await create("volunteer", volunteer());
    const at = (time: string) => `2025-05-01T${time}:00+08:00`;
    const serve = (from: string, to: string, state?: string) =>
      create(
        "volunteerRecord",
        volunteerRecord(id, { startedAt: at(from), endedAt: at(to), territory: FIRST, state }),
      );
    await serve("09:00", "11:00");
    await serve("11:00", "12:00");
    expect(await problems(serve("10:30", "11:30"))).toEqual(["startedAt RECORDS_OVERLAP"]);
    await serve("10:30", "11:30", "REJECTED");
  });
});
