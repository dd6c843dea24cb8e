/** What the reader takes from rendering. */
export { isProtected } from "./cells";
export { type Column, type Leaf, type Path, rowsSql } from "./columns";
export { keyedSql } from "./keyed";
export { rootStatement, TRAILER } from "./root";
export { streamSql } from "./rows";
export { Parameters, type Statement, statement } from "./statement";
export { SEALED } from "./value";
