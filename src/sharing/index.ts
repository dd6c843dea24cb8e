/** The doors of access: who asks, what it may see and why, what there is to ask for, who was granted what, who asks for more. */
import type { ClassType } from "type-graphql";
import { AccessMatrixResolver } from "./access-matrix";
import { CatalogueResolver, CatalogueUpdateResolver } from "./catalogue";
import { CorrectionResolver } from "./corrections";
import { ErasureResolver } from "./erasures";
import { ExplainAccessResolver } from "./explain-access";
import { GrantsResolver, SimulateGrantResolver } from "./grants";
import { MeResolver } from "./me";
import { OperationResolver } from "./operations";
import { AccessRequestResolver } from "./requests";
import { RetentionResolver } from "./retention";
import { RightsCaseResolver } from "./rights-desk";
import { SharingPerformanceResolver } from "./supervision";

export { type CatalogueUpdates, createCatalogueUpdates } from "./catalogue";
export type { Sharing, SharingContext } from "./context";
export { type Corrections, createCorrections, createSettle } from "./corrections";
export { createErasures, type Erasures, eraserOf } from "./erasures";
export { createGrants, type Grants } from "./grants";
export { type Held, heldOf } from "./held";
export {
  createOperations,
  hashOf,
  hashOfId,
  normalised,
  notApproved,
  type Operations,
  type RunningOperation,
} from "./operations";
export { createRequests, type Now, type Requests } from "./requests";
export { createRetention, type Retention } from "./retention";
export { createRightsDesk, type RightsDesk } from "./rights-desk";
export {
  createSupervision,
  FIGURE_GROUPS,
  type Performance,
  type Supervision,
  WHOLE_PERFORMANCE,
} from "./supervision";

/** To be handed to `schemaOf` beside the catalogue. */
export const sharingResolvers: ClassType[] = [
  MeResolver,
  AccessMatrixResolver,
  ExplainAccessResolver,
  CatalogueResolver,
  CatalogueUpdateResolver,
  GrantsResolver,
  SimulateGrantResolver,
  AccessRequestResolver,
  CorrectionResolver,
  OperationResolver,
  SharingPerformanceResolver,
  RightsCaseResolver,
  ErasureResolver,
  RetentionResolver,
];
