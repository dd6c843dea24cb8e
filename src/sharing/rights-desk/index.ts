/** What the other rooms take from the rights desk. */
export { RightsCaseResolver } from "./doors";
export { createRightsDesk, type RightsDesk } from "./rights-desk";
