// The synthetic city is plausible: who its people are, how its days follow each other, and what rules will find in it.
import { readDivisions } from "../../seeds/data";
import { type City, cityOf, MAKERS, type Row } from "../../seeds/synthetic";
import { identityNumberProblem, sexOf } from "../../src/declare/code/identity-number";

const divisions = readDivisions();
const demo = cityOf("demo", divisions);
const rowsOf = (name: string, city: City = demo) => [...(MAKERS.get(name)?.(city) ?? [])];
const share = (rows: readonly Row[], holds: (row: Row) => boolean) => rows.filter(holds).length / rows.length;
const ageOf = ({ birthDate }: Row) => 2026 - Number(String(birthDate).slice(0, 4));

const volunteers = rowsOf("volunteer");
const workers = rowsOf("communityWorker");
const members = rowsOf("committeeMember");
const facilities = rowsOf("facility");
const committees = rowsOf("committee");

test("all 1,401 communities are there, with their real names and codes", () => {
  const real = divisions.filter(({ level }) => level === "community").map(({ code, name }) => [code, name]);
  const communities = rowsOf("community");
  expect(communities.map(({ code, name }) => [code, name])).toEqual(real);
  const population = communities.reduce((sum, row) => sum + Number(row.population), 0);
  expect(population).toBeGreaterThan(4_000_000);
  expect(population).toBeLessThan(7_000_000);
});

test("districts differ", () => {
  const mean = (district: string) => {
    const sizes = demo.places
      .filter(({ code }) => code.startsWith(district))
      .map(({ population }) => population);
    return sizes.reduce((sum, n) => sum + n, 0) / sizes.length;
  };
  expect(mean("140105")).toBeGreaterThan(mean("140123") * 2);
});

test("the city's sizes are exact, and nobody gets less than nothing", () => {
  const city = cityOf("city", divisions);
  const total = (name: Parameters<City["count"]>[0]) =>
    city.places.reduce((sum, place) => sum + city.count(name, place), 0);
  expect(total("facility")).toBe(16_000);
  expect(total("socialOrganization")).toBe(6_000);
  expect(total("volunteer")).toBe(500_000);
  expect(total("communityWorker")).toBe(15_000);
  expect(city.places.every((place) => city.count("volunteer", place) >= 20)).toBe(true);
});

test("identity numbers say the birth date and sex of their rows, and belong to no district", () => {
  const wrong = [...volunteers, ...workers, ...members].filter(({ idNumber, birthDate, sex }) => {
    const number = String(idNumber);
    const expected = `140100${String(birthDate).replaceAll("-", "")}`;
    return (
      identityNumberProblem(number, "2026-11-01") || !number.startsWith(expected) || sexOf(number) !== sex
    );
  });
  expect(wrong).toEqual([]);
});

test("names and telephone numbers show that nobody bears them", () => {
  const persons = [...volunteers, ...workers, ...members];
  const isInvented = (name: unknown) =>
    /^\p{Script=Han}{1,2}某[〇一二三四五六七八九]{4}$/u.test(String(name));
  expect(persons.filter(({ name }) => !isInvented(name))).toEqual([]);
  expect(persons.filter(({ phone }) => !/^1540\d{7}$/.test(String(phone)))).toEqual([]);
  const things = [...facilities, ...rowsOf("socialOrganization")];
  expect(things.filter(({ name }) => !String(name).includes("合成"))).toEqual([]);
});

test("volunteers are of all ages, their hours long-tailed, their consent mixed", () => {
  expect(share(volunteers, (row) => ageOf(row) >= 60)).toBeGreaterThan(0.15);
  expect(share(volunteers, (row) => ageOf(row) < 14)).toBeGreaterThan(0.01);
  expect(share(volunteers, ({ sex }) => sex === "FEMALE")).toBeCloseTo(0.57, 1);
  const hours = volunteers.map(({ totalHours }) => Number(totalHours)).sort((a, b) => a - b);
  const median = hours[Math.floor(hours.length / 2)] ?? 0;
  const mean = hours.reduce((sum, n) => sum + n, 0) / hours.length;
  expect(median).toBeGreaterThan(5);
  expect(mean).toBeGreaterThan(median * 1.4);
  expect(share(volunteers, ({ consent }) => consent === "GRANTED")).toBeCloseTo(0.76, 1);
  expect(share(volunteers, ({ consent }) => consent === "WITHDRAWN")).toBeGreaterThan(0.02);
  const children = volunteers.filter((row) => ageOf(row) < 13);
  expect(share(children, ({ guardianConsent }) => guardianConsent === "GRANTED")).toBeCloseTo(0.6, 0);
  expect(children.some(({ guardianConsent }) => guardianConsent === undefined)).toBe(true);
});

test("a volunteer's hours cover the records, which lie in the time of registration", () => {
  const byId = new Map(volunteers.map((row) => [row.id, row]));
  const sums = new Map<unknown, number>();
  const wrong = rowsOf("volunteerRecord").filter((record) => {
    const volunteer = byId.get(record.volunteerId) as Row;
    const day = String(record.startedAt).slice(0, 10);
    sums.set(volunteer.id, (sums.get(volunteer.id) ?? 0) + Number(record.hours));
    const within = day >= String(volunteer.registeredAt) && day <= String(volunteer.leftAt ?? "2026-11-01");
    const consented = volunteer.consent === "GRANTED" || record.consent === volunteer.consent;
    return !within || !consented || day > String(volunteer.lastServedAt);
  });
  expect(wrong).toEqual([]);
  expect(sums.size).toBeGreaterThan(3000);
  expect([...sums].filter(([id, sum]) => Number(byId.get(id)?.totalHours) < sum)).toEqual([]);
});

test("committees have five-year terms of which some have run out, and seats as the organic laws have them", () => {
  const years = ({ termFrom, termTo }: Row) =>
    (Date.parse(String(termTo)) - Date.parse(String(termFrom))) / 86_400_000 / 365.25;
  expect(committees.filter((row) => Math.abs(years(row) - 5) > 0.02)).toEqual([]);
  const overdue = share(committees, ({ termTo }) => String(termTo) < "2026-11-01");
  expect(overdue).toBeGreaterThan(0.01);
  expect(overdue).toBeLessThan(0.2);
  const sitting = new Map<unknown, Row[]>(committees.map(({ code }) => [code, []]));
  for (const member of members) if (!member.leftOn) sitting.get(member.territory)?.push(member);
  const wrong = committees.filter(({ code, kind, director, womenMembers }) => {
    const own = sitting.get(code) ?? [];
    const women = own.filter(({ sex }) => sex === "FEMALE").length;
    const head = own.find(({ position }) => position === "DIRECTOR")?.name;
    return head !== director || women !== womenMembers || own.length < (kind === "VILLAGERS" ? 3 : 5);
  });
  expect(wrong).toEqual([]);
});

test("rules will find something: small land, missing facilities, filed organizations, late payments", () => {
  const built = facilities.filter(({ provisionMode }) =>
    ["NEW_BUILD", "RECONSTRUCTION", "EXPANSION"].includes(String(provisionMode)),
  );
  const short = share(built, ({ landArea }) => Number(landArea) < 1000);
  expect(short).toBeGreaterThan(0.05);
  expect(short).toBeLessThan(0.35);
  const served = new Set(facilities.map(({ territory }) => territory));
  expect(demo.places.filter(({ code }) => !served.has(code)).length).toBeGreaterThan(10);
  expect(share(rowsOf("socialOrganization"), ({ tier }) => tier !== "REGISTERED")).toBeGreaterThan(0.4);
  const paid = rowsOf("allocation").filter(({ paidAt }) => paidAt);
  const late = share(
    paid,
    ({ plannedAt, paidAt }) => Date.parse(String(paidAt)) - Date.parse(String(plannedAt)) > 31 * 86_400_000,
  );
  expect(late).toBeGreaterThan(0.05);
  const donors = rowsOf("donation").filter(({ donorKind }) => donorKind === "PERSON");
  expect(share(donors, ({ anonymous }) => anonymous === true)).toBeCloseTo(0.35, 1);
});

/** What is planned, valid or kept may lie ahead. */
const AHEAD = /(To|Until|By)$|^(plannedAt|startedAt|endedAt)$/;

test("nothing has happened that lies ahead", () => {
  const small = cityOf("test", divisions);
  for (const name of MAKERS.keys())
    for (const row of rowsOf(name, small))
      for (const [field, value] of Object.entries(row))
        if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !AHEAD.test(field))
          if (value > "2026-11-01") throw new Error(`${name}.${field} is ${value}`);
});
