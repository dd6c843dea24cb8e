/** The list: all datasets of the hub, in the order in which they are shown, loaded and documented. */
import { type Catalogue, catalogueOf, checkCatalogue, type DatasetClass } from "../declare";
import { Committee } from "./committee";
import { CommitteeMember } from "./committee-member";
import { Community } from "./community";
import { Department } from "./department";
import { Division } from "./division";
import { DivisionCrosswalk } from "./division-crosswalk";
import { Facility } from "./facility";
import { FacilityShare } from "./facility-share";
import { HouseholdCount } from "./household-count";
import { IdleAsset } from "./idle-asset";
import { ResidentialProject } from "./residential-project";

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
];

export const catalogue: Catalogue = catalogueOf(datasets);
checkCatalogue(catalogue);
