// What the declarations of volunteers, workers, organizations and money promise: closed by condition, impossible rows refused.
import { catalogue } from "../../src/datasets";
import type { FieldEntry } from "../../src/declare";

const field = (dataset: string, name: string): FieldEntry =>
  catalogue.field(catalogue.dataset(dataset), name);

const broken = (dataset: string, row: Record<string, unknown>) =>
  catalogue
    .dataset(dataset)
    .rules.filter((rule) => !rule.holds(row))
    .map((rule) => rule.code);

const ABOUT_PERSONS = ["volunteer", "volunteerRecord", "communityWorker", "donation", "serviceProject"];
const ABOUT_MONEY = ["budgetLine", "allocation", "fundTransaction", "purchaseContract", "fundAudit"];

describe("sharing", () => {
  test.each([...ABOUT_PERSONS, ...ABOUT_MONEY])("%s shares no field without condition", (dataset) => {
    const open = catalogue.dataset(dataset).fields.filter((f) => !f.key && f.sharing === "UNCONDITIONAL");
    expect(open.map((f) => f.name)).toEqual([]);
  });

  test.each(["volunteer", "volunteerRecord", "communityWorker"])(
    "all that a row of %s says is personal",
    (dataset) => {
      const impersonal = catalogue.dataset(dataset).fields.filter((f) => !f.key && f.personal === "NONE");
      expect(impersonal.map((f) => f.name)).toEqual([]);
    },
  );

  test("a volunteer without consent, or under 14 without the guardian's, is shared with nobody", () => {
    const when = {
      any: [
        { field: "consent", isNot: "GRANTED" },
        {
          all: [
            { field: "birthDate", ageBelow: 14 },
            { field: "guardianConsent", isNot: "GRANTED" },
          ],
        },
      ],
    };
    const open = catalogue
      .dataset("volunteer")
      .fields.filter((f) => !f.key && f.sharing !== "NOT_SHARED" && f.stricter?.sharing !== "NOT_SHARED");
    expect(open.map((f) => f.name)).toEqual([]);
    expect(field("volunteer", "name").stricter?.when).toEqual(when);
    expect(field("volunteerRecord", "hours").stricter).toMatchObject({
      when: { field: "consent", isNot: "GRANTED" },
      sharing: "NOT_SHARED",
    });
  });

  test("an organization that is not registered is open under condition only, and no closed field opens by it", () => {
    for (const dataset of ["socialOrganization", "organizationSupport"])
      for (const f of catalogue.dataset(dataset).fields.filter((one) => !one.key))
        expect([dataset, f.name, f.stricter?.sharing]).toEqual([
          dataset,
          f.name,
          f.sharing === "UNCONDITIONAL" ? "CONDITIONAL" : undefined,
        ]);
    expect(field("socialOrganization", "createdBy").sharing).toBe("NOT_SHARED");
  });

  test("persons paid and donors unnamed are closed; totals of money are open to every department", () => {
    expect(field("fundTransaction", "payeeName").stricter).toMatchObject({
      when: { field: "payeeKind", is: "PERSON" },
      sharing: "NOT_SHARED",
    });
    expect(field("donation", "donorName").stricter?.sharing).toBe("NOT_SHARED");
    for (const [dataset, amount] of [
      ["budgetLine", "approvedAmount"],
      ["allocation", "amount"],
      ["fundTransaction", "amount"],
      ["purchaseContract", "amount"],
      ["fundAudit", "amountInQuestion"],
    ] as const)
      expect([dataset, field(dataset, amount).aggregateOpen]).toEqual([dataset, true]);
    const openTexts = ABOUT_MONEY.flatMap((d) => catalogue.dataset(d).fields).filter(
      (f) => f.aggregateOpen && !f.coded && f.kind !== "decimal" && f.kind !== "int",
    );
    expect(openTexts).toEqual([]);
  });
});

describe("rows that cannot be", () => {
  const service = {
    startedAt: "2026-03-05T09:00:00+08:00",
    endedAt: "2026-03-05T03:30:00Z",
    hours: 2.5,
  };

  test("a service's hours are above 0, at most 24 and at most its length, across time zones", () => {
    expect(broken("volunteerRecord", service)).toEqual([]);
    expect(broken("volunteerRecord", { ...service, hours: "2.5001" })).toEqual([]);
    expect(broken("volunteerRecord", { ...service, hours: 2.6 })).toEqual(["HOURS_ABOVE_LENGTH"]);
    expect(broken("volunteerRecord", { ...service, hours: 0 })).toEqual(["HOURS_OUT_OF_DAY"]);
    expect(
      broken("volunteerRecord", { ...service, endedAt: "2026-03-08T09:00:00+08:00", hours: 25 }),
    ).toEqual(["HOURS_OUT_OF_DAY"]);
    expect(
      broken("volunteerRecord", { ...service, endedAt: "2026-03-05T00:30:00Z", hours: undefined }),
    ).toEqual(["ENDED_BEFORE_STARTED"]);
  });

  test("consent has its day, is withdrawn after it was given, and data is not kept until before it was had", () => {
    const volunteer = { consent: "GRANTED", consentAt: "2025-01-02", registeredAt: "2025-01-01" };
    expect(broken("volunteer", volunteer)).toEqual([]);
    expect(broken("volunteer", { ...volunteer, consentAt: null })).toEqual(["CONSENT_UNDATED"]);
    expect(broken("volunteer", { ...volunteer, consent: "NONE", consentAt: null })).toEqual([]);
    expect(broken("volunteer", { ...volunteer, consent: "WITHDRAWN", withdrawnAt: "2025-01-01" })).toEqual([
      "WITHDRAWN_AT_BEFORE_CONSENT_AT",
    ]);
    expect(broken("volunteer", { ...volunteer, guardianConsent: "GRANTED" })).toEqual([
      "GUARDIAN_CONSENT_UNDATED",
    ]);
    expect(broken("volunteer", { ...volunteer, retentionUntil: "2024-12-31" })).toEqual([
      "RETENTION_UNTIL_BEFORE_REGISTERED_AT",
    ]);
  });

  test("an organization's code is that of its form and tier", () => {
    const registered = { creditCode: "51140100MJ000000XH", kind: "ASSOCIATION", tier: "REGISTERED" };
    expect(broken("socialOrganization", registered)).toEqual([]);
    expect(broken("socialOrganization", { ...registered, kind: "FOUNDATION" })).toEqual([
      "CREDIT_CODE_OF_OTHER_FORM",
    ]);
    const filed = {
      creditCode: "备案-140105001001-0001",
      kind: "COMMUNITY_ORGANIZATION",
      tier: "STREET_MANAGED",
    };
    expect(broken("socialOrganization", filed)).toEqual([]);
    expect(broken("socialOrganization", { ...filed, tier: "REGISTERED" })).toEqual([
      "CREDIT_CODE_OF_OTHER_FORM",
    ]);
    expect(broken("socialOrganization", { ...filed, kind: "ASSOCIATION" })).toEqual(["FORM_NOT_REGISTERED"]);
  });

  test("free use has the price 0, and no more persons are hired than there are posts", () => {
    expect(broken("organizationSupport", { kind: "FREE_FACILITY", price: "0.00" })).toEqual([]);
    expect(broken("organizationSupport", { kind: "FREE_FACILITY", price: "0.01" })).toEqual([
      "FREE_WITH_PRICE",
    ]);
    expect(broken("organizationSupport", { kind: "FREE_FACILITY", price: null })).toEqual([
      "FREE_WITH_PRICE",
    ]);
    expect(broken("organizationSupport", { kind: "VENUE", price: "800.00" })).toEqual([]);
    expect(broken("recruitmentPost", { posts: 2, filled: 2 })).toEqual([]);
    expect(broken("recruitmentPost", { posts: 2, filled: 3 })).toEqual(["FILLED_ABOVE_POSTS"]);
  });

  test("an overspent budget or a late payment is a finding of a report, not an impossible row", () => {
    expect(broken("allocation", { plannedAt: "2025-06-01", paidAt: "2025-12-31", amount: "9" })).toEqual([]);
    expect(broken("budgetLine", { approvedAmount: "1.00", adjustedAmount: "2.00" })).toEqual([]);
  });
});

test("one can walk from a volunteer to the record, project, contract, budget line, its money and back", () => {
  const walk = [
    ["volunteer", "records", "volunteerRecord"],
    ["volunteerRecord", "project", "serviceProject"],
    ["serviceProject", "contract", "purchaseContract"],
    ["purchaseContract", "budgetLine", "budgetLine"],
    ["budgetLine", "allocations", "allocation"],
    ["allocation", "transactions", "fundTransaction"],
    ["fundTransaction", "budgetLine", "budgetLine"],
    ["budgetLine", "contracts", "purchaseContract"],
    ["purchaseContract", "organization", "socialOrganization"],
    ["socialOrganization", "projects", "serviceProject"],
    ["serviceProject", "station", "volunteerStation"],
    ["volunteerStation", "volunteers", "volunteer"],
  ] as const;
  for (const [from, link, to] of walk)
    expect([from, link, catalogue.dataset(from).links.find((l) => l.name === link)?.target]).toEqual([
      from,
      link,
      to,
    ]);
});
