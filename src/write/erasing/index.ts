/** What the other rooms take from erasing. */
export {
  ERASURE_ACTS,
  ERASURE_STATES,
  type ErasureAct,
  type ErasureBy,
  type ErasureCause,
  type ErasureState,
  frozenValues,
  lockErasure,
  openReason,
  type Standing as StandingErasure,
} from "./book";
export { createEraser, type Erased, type EraseOrder, type Eraser, type Forgotten } from "./eraser";
export { erasedProblems, namedIn } from "./refusal";
