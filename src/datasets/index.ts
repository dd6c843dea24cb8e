/** The list: all datasets of the hub, in the order in which they are shown, loaded and documented. */

import { type Catalogue, catalogueOf, checkCatalogue, type DatasetClass } from "../declare";
import { Allocation } from "./allocation";
import { BudgetLine } from "./budget-line";
import { Committee } from "./committee";
import { CommitteeMember } from "./committee-member";
import { Community } from "./community";
import { CommunityWorker } from "./community-worker";
import { Department } from "./department";
import { Division } from "./division";
import { DivisionCrosswalk } from "./division-crosswalk";
import { Donation } from "./donation";
import { Facility } from "./facility";
import { FacilityShare } from "./facility-share";
import { FundAudit } from "./fund-audit";
import { FundTransaction } from "./fund-transaction";
import { HouseholdCount } from "./household-count";
import { IdleAsset } from "./idle-asset";
import { OrganizationSupport } from "./organization-support";
import { PurchaseContract } from "./purchase-contract";
import { RecruitmentPost } from "./recruitment-post";
import { reports } from "./reports";
import { ResidentialProject } from "./residential-project";
import { ServiceProject } from "./service-project";
import { SocialOrganization } from "./social-organization";
import { StaffingTarget } from "./staffing-target";
import { Volunteer } from "./volunteer";
import { VolunteerRecord } from "./volunteer-record";
import { VolunteerStation } from "./volunteer-station";

export const datasets: DatasetClass[] = [
  Division,
  DivisionCrosswalk,
  Department,
  Community,
  HouseholdCount,
  Committee,
  CommitteeMember,
  Facility,
  FacilityShare,
  ResidentialProject,
  IdleAsset,
  SocialOrganization,
  BudgetLine,
  Allocation,
  PurchaseContract,
  OrganizationSupport,
  VolunteerStation,
  Volunteer,
  ServiceProject,
  VolunteerRecord,
  RecruitmentPost,
  CommunityWorker,
  StaffingTarget,
  Donation,
  FundTransaction,
  FundAudit,
];

export const catalogue: Catalogue = catalogueOf([...datasets, ...reports]);
checkCatalogue(catalogue);
