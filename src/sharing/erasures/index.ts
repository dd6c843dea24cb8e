/** What the other rooms take from erasures. */
export { ErasureResolver } from "./doors";
export { eraserOf } from "./eraser";
export { createErasures, type Erasures } from "./erasures";
export { heldSql } from "./held";
