/** The way back from any row recorded under a community's code: its community and its committee. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { DatasetRow, One } from "../declare";

/** Base of datasets whose rows usually stand in one community; a row of a higher territory has neither link. */
export abstract class CommunityRow extends DatasetRow {
  @One({ to: "community", here: "territory", there: "code", article: "第二条",
    zh: "所在社区", en: "The community the row belongs to" })
  community: unknown;

  @One({ to: "committee", here: "territory", there: "code", article: "第七条",
    zh: "所在社区的居（村）民委员会", en: "The committee of that community" })
  committee: unknown;
}
