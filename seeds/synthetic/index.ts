// The synthetic city dataset by dataset, in the order in which they are loaded.
import { allocations, budgetLines } from "./budget-lines";
import type { City } from "./city";
import { committeeMembers } from "./committee-members";
import { committees } from "./committees";
import { communities, householdCounts } from "./communities";
import { communityWorkers } from "./community-workers";
import { donations } from "./donations";
import { facilities } from "./facilities";
import { facilityShares } from "./facility-shares";
import { fundAudits } from "./fund-audits";
import { fundTransactions } from "./fund-transactions";
import { idleAssets } from "./idle-assets";
import { organizationSupports } from "./organization-supports";
import { purchaseContracts } from "./purchase-contracts";
import { residentialProjects } from "./residential-projects";
import type { Row } from "./row";
import { serviceProjects } from "./service-projects";
import { socialOrganizations } from "./social-organizations";
import { recruitmentPosts, staffingTargets } from "./staffing";
import { volunteerRecords } from "./volunteer-records";
import { volunteerStations } from "./volunteer-stations";
import { volunteers } from "./volunteers";

export { type City, cityOf, SCALES, type Scale } from "./city";
export { type Row, SYNTHETIC } from "./row";

/** Makes rows one by one: a million of them need no more memory than one. */
export type Maker = (city: City) => Iterable<Row>;

export const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["community", communities],
  ["householdCount", householdCounts],
  ["committee", committees],
  ["committeeMember", committeeMembers],
  ["facility", facilities],
  ["facilityShare", facilityShares],
  ["residentialProject", residentialProjects],
  ["idleAsset", idleAssets],
  ["socialOrganization", socialOrganizations],
  ["budgetLine", budgetLines],
  ["allocation", allocations],
  ["purchaseContract", purchaseContracts],
  ["organizationSupport", organizationSupports],
  ["volunteerStation", volunteerStations],
  ["volunteer", volunteers],
  ["serviceProject", serviceProjects],
  ["volunteerRecord", volunteerRecords],
  ["recruitmentPost", recruitmentPosts],
  ["communityWorker", communityWorkers],
  ["staffingTarget", staffingTargets],
  ["donation", donations],
  ["fundTransaction", fundTransactions],
  ["fundAudit", fundAudits],
]);
