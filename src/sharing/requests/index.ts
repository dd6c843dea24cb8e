/** What the other rooms take from requests. */
export { reckonAnew } from "./deciding";
export { AccessRequestResolver } from "./doors";
export type { Now } from "./parts";
export { createRequests, type Requests } from "./requests";
