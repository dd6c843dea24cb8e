// Grants of the demo, invented so that each demo department sees something different; no real bureau granted them.
import type { Level } from "../src/declare";
import { PURPOSES } from "./purposes";

export interface GrantSeed {
  readonly department: string;
  readonly dataset: string;
  /** Empty: every field that is not NOT_SHARED. */
  readonly fields: readonly string[];
  readonly level: Level;
  readonly territory: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly grantedBy: string;
  readonly from: string;
  readonly until: string;
}

const CITY = "140100000000";
const XIAODIAN = "140105000000";
const YINGZE = "140106000000";
const WUCHENG = "140105001000";
const SHIFANJIE = "140105001001";

const STAFFING = ["post", "grade", "employmentKind", "committeeMember", "fullTime", "hiredAt", "leftAt"];
const PAY = ["monthlyPay", "socialInsurance", "housingFund"];
const QUALIFICATION = [
  "education",
  "certificate",
  "certificateValidUntil",
  "trainingHours",
  "appraisal",
  "appraisalYear",
];
const REACH = ["name", "phone"];
const SKILLS = ["skills", "qualification", "serviceWishes", "serviceTime"];
const SERVICE = ["state", "registeredAt", "totalHours", "serviceCount", "lastServedAt", "starRating"];
const INSURANCE = ["insured", "insuredUntil", "emergencyTeam"];
const TERM = ["position", "termFrom", "termTo", "terms", "electedOn", "leftOn"];

type What = Pick<GrantSeed, "dataset" | "fields" | "level"> & { at?: string; from?: string; until?: string };

/** All that one department may see for one purpose; the department that grants is the steward at the city. */
function given(department: string, purpose: string, all: readonly What[]): GrantSeed[] {
  const legalBasis = PURPOSES.find((p) => p.code === purpose)?.legalBasis ?? "";
  return all.map(({ at = CITY, from = "2026-01-01", until = "2029-01-01", ...what }) => ({
    ...what,
    department,
    purpose,
    legalBasis,
    territory: at,
    grantedBy: `${STEWARDS[what.dataset] ?? "civil-affairs"}@${CITY}`,
    from: `${from}T00:00:00+08:00`,
    until: `${until}T00:00:00+08:00`,
  }));
}

/** Stewards other than civil affairs, as the declarations name them. */
const STEWARDS: Readonly<Record<string, string>> = {
  communityWorker: "human-resources",
  budgetLine: "finance",
  allocation: "finance",
  purchaseContract: "finance",
  fundTransaction: "finance",
  fundAudit: "audit",
};

const full = (dataset: string, fields: readonly string[] = [], at?: string): What => ({
  dataset,
  fields,
  level: "FULL",
  at,
});
const maskedOnly = (dataset: string, fields: readonly string[] = [], at?: string): What => ({
  dataset,
  fields,
  level: "MASKED",
  at,
});
const figures = (dataset: string, fields: readonly string[] = [], at?: string): What => ({
  dataset,
  fields,
  level: "AGGREGATE",
  at,
});

export const DEMO_GRANTS: readonly GrantSeed[] = [
  ...given(`finance@${CITY}`, "budget-review", [
    full("communityWorker", [...STAFFING, ...PAY]),
    full("serviceProject", [
      "name",
      "serviceKind",
      "supplyMode",
      "state",
      "startedAt",
      "endedAt",
      "contractId",
      "recipientCount",
    ]),
    full("donation", ["donorKind", "kind", "fundSource", "amount", "purpose", "receivedAt", "recipientKind"]),
    maskedOnly("volunteer", ["name", ...SERVICE, ...INSURANCE]),
    figures("committeeMember"),
  ]),
  ...given(`finance@${CITY}`, "elderly-care", [
    full("volunteerRecord", ["serviceKind", "startedAt", "hours", "recipientKind", "recipientCount"]),
  ]),
  // Ended: the demo shows that a grant stops by itself.
  ...given(`finance@${CITY}`, "staffing-plan", [
    { ...full("volunteer", SERVICE), from: "2025-09-01", until: "2026-03-01" },
  ]),

  ...given(`civil-affairs@${CITY}`, "budget-review", [
    full("budgetLine"),
    full("allocation"),
    full("fundTransaction"),
    full("fundAudit"),
  ]),
  ...given(`civil-affairs@${CITY}`, "elderly-care", [full("purchaseContract")]),
  ...given(`civil-affairs@${CITY}`, "staffing-plan", [
    full("communityWorker", [...STAFFING, ...QUALIFICATION]),
    maskedOnly("communityWorker", REACH),
  ]),
  ...given(`civil-affairs@${XIAODIAN}`, "staffing-plan", [
    full("communityWorker", [...REACH, ...STAFFING, ...QUALIFICATION], XIAODIAN),
  ]),
  ...given(`civil-affairs@${XIAODIAN}`, "budget-review", [
    full("allocation", [], XIAODIAN),
    full("fundTransaction", [], XIAODIAN),
    figures("fundTransaction"),
  ]),

  ...given(`human-resources@${CITY}`, "post-recruitment", [
    full("committeeMember", ["name", "sex", ...TERM]),
  ]),
  ...given(`human-resources@${CITY}`, "staffing-plan", [
    full("committeeMember", TERM),
    full("budgetLine", ["name", "level", "purpose", "approvedAmount", "adjustedAmount"]),
    figures("volunteer"),
  ]),

  ...given(`housing@${CITY}`, "facility-planning", [
    full("allocation", ["year", "kind", "fundSource", "amount", "plannedAt", "paidAt", "purpose"], YINGZE),
    maskedOnly("committeeMember", ["name", "phone", "position"], YINGZE),
    figures("allocation"),
  ]),
  ...given(`planning@${CITY}`, "facility-planning", [
    full("budgetLine", ["name", "level", "purpose", "approvedAmount"], XIAODIAN),
    figures("volunteer"),
    figures("communityWorker", STAFFING),
  ]),
  ...given(`real-estate@${CITY}`, "facility-planning", [
    full("purchaseContract", ["name", "year", "supplyMode", "state", "amount"]),
  ]),

  ...given(`justice@${CITY}`, "dispute-mediation", [
    full("committeeMember", ["name", "phone", ...TERM]),
    full("socialOrganization"),
    full("communityWorker", [...REACH, "post", "certificate"], XIAODIAN),
    maskedOnly("communityWorker", [...REACH, "post", "certificate"]),
  ]),
  ...given(`justice@${CITY}`, "legal-aid", [
    full("volunteer", [...REACH, ...SKILLS], WUCHENG),
    maskedOnly("volunteer", [...REACH, ...SKILLS], XIAODIAN),
    figures("volunteer", SKILLS),
  ]),

  ...given(`youth-league@${CITY}`, "volunteer-service", [
    full("volunteer", [], XIAODIAN),
    maskedOnly("volunteer"),
    full("volunteerRecord", [], XIAODIAN),
    full("serviceProject"),
    full("volunteerStation"),
  ]),
  ...given(`youth-league@${CITY}`, "volunteer-insurance", [
    full("volunteer", ["name", "birthDate", ...INSURANCE]),
  ]),

  ...given(`audit@${CITY}`, "fund-audit", [
    full("budgetLine"),
    full("allocation"),
    full("purchaseContract"),
    full("fundTransaction"),
    full("donation", [
      "donorKind",
      "anonymous",
      "kind",
      "fundSource",
      "amount",
      "purpose",
      "receivedAt",
      "receiptNo",
    ]),
  ]),
  ...given(`big-data@${CITY}`, "emergency-response", [
    maskedOnly("volunteer", ["name", "phone", "emergencyTeam"], WUCHENG),
  ]),

  ...given(`street-office@${WUCHENG}`, "emergency-response", [
    maskedOnly("volunteer", [...REACH, "skills", "emergencyTeam"], XIAODIAN),
  ]),
  ...given(`committee@${SHIFANJIE}`, "elderly-care", [full("volunteer", [...REACH, ...SKILLS], SHIFANJIE)]),
];
