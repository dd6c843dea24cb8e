/** Refuses what would record somebody anew who was erased or is frozen, and says how that may be lifted. */
import { type DatasetEntry, isOfPerson, namingFields } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import type { Problem } from "../problem";
import type { Query } from "../settle";
import { marksOf } from "./marks";

type Row = Readonly<Record<string, unknown>>;

interface Mark {
  readonly mark: Buffer;
  readonly erasure: string;
  readonly state: string;
}

/**
 * What a change writes that could name somebody: the changed values; with the key where that changes, or where the row is
 * known by it. A number that the erased once had may be another's by now, and that one goes on.
 */
export function namedIn(dataset: DatasetEntry, row: Row, changed: readonly string[]): Row {
  const keyed = !isOfPerson(dataset) || dataset.key.some((name) => changed.includes(name));
  return Object.fromEntries(
    [...(keyed ? dataset.key : []), ...changed].map((name) => [name, row[name] ?? null]),
  );
}

/** For each of many rows, as they will be stored, what forbids them; nothing is asked where nobody of the dataset was erased. */
export async function erasedProblems(
  query: Query,
  cipher: Cipher,
  dataset: DatasetEntry,
  rows: readonly Row[],
): Promise<(Problem | undefined)[]> {
  if (!isOfPerson(dataset) && namingFields(dataset).length === 0) return [];
  const [any] = await query(`SELECT EXISTS (SELECT FROM erasure_mark WHERE dataset = $1) AS any`, [
    dataset.name,
  ]);
  if (!any?.any) return [];
  const marks = rows.map((row) => marksOf(cipher, dataset, row));
  const found = (await query(
    `SELECT m.mark, m.erasure, e.state FROM erasure_mark m JOIN erasure e ON e.id = m.erasure
      WHERE m.dataset = $1 AND m.mark = ANY ($2::bytea[]) AND e.state IN ('ERASED', 'FROZEN')`,
    [dataset.name, marks.flat()],
  )) as unknown as Mark[];
  const standing = new Map(found.map((one) => [one.mark.toString("hex"), one]));
  return marks.map((own) => {
    const hit = own.map((mark) => standing.get(mark.toString("hex"))).find((one) => one !== undefined);
    return hit && problemOf(dataset, hit);
  });
}

function problemOf({ key }: DatasetEntry, { erasure, state }: Mark): Problem {
  const field = key[0] as string;
  if (state === "FROZEN")
    return {
      field,
      rule: "FROZEN",
      problem: `此人的信息已依法冻结，只存储、不作他用（个人信息保护法 第四十七条）；确需使用的，由原部门以 decideErasure(id: "${erasure}", act: RELEASE) 说明理由后恢复。What is held of this person is frozen, to no use but storage; its department may release it, with a reason`,
    };
  return {
    field,
    rule: "ERASED",
    problem: `此人的信息已依法删除（个人信息保护法 第四十七条），不得再登记；取得新的同意或者另有法定依据的，由原部门以 decideErasure(id: "${erasure}", act: LIFT) 说明理由后方可登记。What was held of this person was erased; with a new consent or another lawful basis its department may lift that, with a reason`,
  };
}
