/** What the other rooms take from grants. */
export type { LastUses } from "./acting";
export { GrantsResolver } from "./doors";
export { createGrants, type Grants } from "./grants";
export { SimulateGrantResolver } from "./simulation-door";
