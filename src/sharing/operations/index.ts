/** What the other rooms take from registered operations. */
export { hashOf, hashOfId, normalised } from "./document";
export { OperationResolver } from "./doors";
export { createOperations, type Operations } from "./operations";
export { notApproved, type RunningOperation } from "./running";
