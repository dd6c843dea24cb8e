/** The list of reports. */
import type { DatasetClass } from "../../declare";
import { Finding } from "../finding";
import { BudgetExecution } from "./budget-execution";
import { CodeCrosswalk } from "./code-crosswalk";
import { CommunityChange } from "./community-change";
import { CommunityCommittee } from "./community-committee";
import { CommunityFunding } from "./community-funding";
import { CommunityOverview } from "./community-overview";
import { CommunityParticipation } from "./community-participation";
import { CommunityStaffing } from "./community-staffing";
import { DivisionChange } from "./division-change";
import { FacilityCompliance } from "./facility-compliance";
import { ProjectFacility } from "./project-facility";

export const reports: DatasetClass[] = [
  CommunityOverview,
  CommunityCommittee,
  FacilityCompliance,
  ProjectFacility,
  CommunityParticipation,
  CommunityFunding,
  BudgetExecution,
  CommunityStaffing,
  CommunityChange,
  DivisionChange,
  CodeCrosswalk,
  Finding,
];
