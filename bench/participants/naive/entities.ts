// Entities of TypeORM that are object types of TypeGraphQL too, with every plain column of their tables, as a team maps them.
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Column, type ColumnOptions, Entity, PrimaryColumn } from "typeorm";

type Class = new () => Row;

export abstract class Row {
  [column: string]: unknown;
  id: string;
  territory: string;
}

const KINDS = {
  text: [String, { type: "text" }],
  uuid: [ID, { type: "uuid" }],
  int: [Int, { type: "int" }],
  flag: [Boolean, { type: "boolean" }],
  day: [String, { type: "date" }],
  instant: [Date, { type: "timestamptz" }],
  money: [String, { type: "numeric" }],
  measure: [Float, { type: "numeric", transformer: { from: toNumber, to: (value) => value } }],
  list: [[String], { type: "text", array: true }],
} as const satisfies Record<string, readonly [unknown, ColumnOptions]>;

type Columns = Partial<Record<`${keyof typeof KINDS}${"" | "!"}`, string>>;

function toNumber(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** The decorators' plain calls; columns by kind, with "!" where they are never null. */
function mapped(type: Class, table: string, columns: Columns): void {
  ObjectType()(type);
  Entity(table)(type);
  Field(() => ID)(type.prototype, "id");
  PrimaryColumn("uuid")(type.prototype, "id");
  for (const [words, names] of Object.entries(columns)) {
    const [field, options] = KINDS[words.replace("!", "") as keyof typeof KINDS];
    const nullable = !words.endsWith("!");
    for (const property of names.split(" ")) {
      const name = property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      Field(() => field as never, { nullable })(type.prototype, property);
      Column({ ...options, name, nullable } as ColumnOptions)(type.prototype, property);
    }
  }
}

export class Division extends Row {}
mapped(Division, "division", {
  "text!": "scheme edition code node name level territory createdBy changedBy",
  text: "parentNode kind changeKind changeDecision successorNode source",
  day: "establishedOn changedOn validFrom validTo",
  "int!": "version",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class Community extends Row {}
mapped(Community, "community", {
  "text!": "code name kind territory createdBy changedBy",
  text: "urbanRuralClass streetNode areaContext householdsKind officeNeed boundaryDecision changeKind successorCode source",
  int: "population elderlyPopulation households residentUnits grids",
  day: "householdsAsOf establishedOn changedOn validFrom validTo",
  measure: "area serviceRadius longitude latitude officeArea plannedLand",
  list: "lifeCircle publicServices communityServices ruralInfrastructure",
  flag: "serviceWindow",
  "int!": "version",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class Committee extends Row {}
mapped(Committee, "committee", {
  "text!": "code name kind territory createdBy changedBy",
  text: "creditCode establishedBy director partyBranch oversightCommittee charterKind officeAddress officePhone source",
  day: "establishedOn termFrom termTo voterListOn electedOn handedOverOn representativesMetOn assemblyMetOn reviewedOn directorAuditedOn disclosedOn financesDisclosedOn charterFiledOn validFrom validTo",
  int: "seats womenMembers households representatives womenRepresentatives oversightMembers legalAdvisers mediators",
  flag: "hasOversight liaisonStation legislativeContact emergencyTeam",
  list: "deliberationForms duties cultureFacilities",
  measure: "officeArea",
  "int!": "version",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class Facility extends Row {}
mapped(Facility, "facility", {
  "text!": "code name kind status territory createdBy changedBy",
  text: "provisionMode areaContext ownership ownerName ownerCreditCode titleNo investor investorName projectCode supplyMode operatorName operatorCreditCode openingHours address source",
  list: "services lifeCircle",
  measure: "landArea buildingArea activityArea longitude latitude",
  flag: "inSpatialPlan freeForOrganizations",
  day: "approvedOn openedAt closedAt occupiedFrom occupiedTo validFrom validTo",
  int: "capacity",
  "int!": "version",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class FundTransaction extends Row {}
mapped(FundTransaction, "fund_transaction", {
  "text!": "transactionNo direction fundSource category territory createdBy changedBy",
  uuid: "allocationId budgetLineId contractId donationId",
  "int!": "year version",
  "day!": "occurredAt",
  "money!": "amount",
  text: "paymentMethod summary payeeKind payeeName payeeCreditCode voucherNo source",
  flag: "disclosed",
  day: "disclosedAt validFrom validTo",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class CommunityWorker extends Row {}
mapped(CommunityWorker, "community_worker", {
  "text!": "workerNo name post lawfulBasis territory createdBy changedBy",
  text: "sex idNumberMasked phoneMasked address addressMasked education employmentKind leaveReason certificate certificateNo appraisal source",
  day: "birthDate leftAt certificateRegisteredAt certificateValidUntil lastTrainedAt retentionUntil validFrom validTo",
  int: "grade appraisalYear",
  flag: "committeeMember fullTime socialInsurance housingFund",
  "day!": "hiredAt",
  uuid: "recruitmentPostId",
  money: "monthlyPay",
  measure: "trainingHours",
  "int!": "version",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class Volunteer extends Row {}
mapped(Volunteer, "volunteer", {
  "text!": "volunteerNo name consent lawfulBasis territory createdBy changedBy",
  text: "sex idNumberMasked phoneMasked address addressMasked qualification serviceTime state insuranceNo trainingSummary awardSummary evaluationSummary consentScope consentPurposes guardianName guardianPhoneMasked guardianRelation guardianConsent source",
  "day!": "birthDate registeredAt retentionUntil",
  list: "skills serviceWishes",
  flag: "emergencyTeam insured",
  day: "leftAt lastServedAt insuredUntil lastTrainedAt consentAt withdrawnAt guardianConsentAt validFrom validTo",
  uuid: "stationId",
  measure: "totalHours trainingHours evaluationScore",
  int: "serviceCount starRating awardCount evaluationCount",
  "int!": "version",
  instant: "retiredAt",
  "instant!": "createdAt changedAt",
});

export class Allocation extends Row {}
mapped(Allocation, "allocation", {
  "text!": "allocationNo kind territory createdBy changedBy",
  "uuid!": "budgetLineId",
  "int!": "year version",
  "money!": "amount",
  "instant!": "createdAt changedAt",
  text: "fundSource payeeKind payeeCreditCode purpose documentNo source",
  day: "plannedAt paidAt validFrom validTo",
  instant: "retiredAt",
});
