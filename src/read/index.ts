/** What the other rooms take from reading. */
export type { Answer } from "./answer";
export { inCity, joined, type Lack, readApply, territoriesIn } from "./apply";
export { type Asked, askField, type Question, rootNames } from "./asked";
export type { Prepared } from "./compiled";
export { type NamedRows, type ReadContext, TYPE } from "./context";
export { parseId, toId, UUID } from "./id";
export { isClosed, type Needs, type Patience } from "./needs";
export { type AccessNote, mergeNotes, mergeTouched, type TouchedDataset } from "./notes";
export type { Limits } from "./planning";
export { Reader, type ReaderParts, type WantedRows } from "./reader";
export { departmentName, divisionNames, divisionsAmong } from "./registers";
export { RowCells } from "./row-cells";
export { createRowLoader } from "./row-loader";
export { openRows, type RowStream } from "./rows-exit";
export type { Column, Leaf, Path } from "./sql";
export {
  afterArg,
  type Connection,
  connection,
  connectionType,
  cursorOf,
  type ForwardPage,
  firstArg,
  INSTANT,
  PageInfo,
  pageSize,
  placeIn,
  withNodes,
} from "./surface/connection";
export { schemaOf } from "./surface/schema";
export { enumType, inputType, type Member, objectType } from "./surface/words";
export { type SystemRow, SystemRows, type Wanted } from "./system-rows";
export { type Sight, visibleIds } from "./visible-ids";
