/** `changes`: a dataset's changes as its reader may see them, page by page. */
import { type GraphQLResolveInfo, GraphQLString } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { Node } from "../../declare";
import { afterArg, firstArg, pageSize } from "../../read";
import { ChangeConnection, ChangeType } from "./change-types";
import type { ChangesContext } from "./context";
import { type ChangeRow, datasetOf } from "./feed";
import { IN_CONNECTION, pathOf, selectionsOf } from "./selections";

const CHANGES = `一个数据集的变更（批量交换，政务数据共享条例 第二十二条）：不带 after 时先逐页给出全部可见记录，再不间断地给出变更；权限变化时补给或者收回（RETRACT）。
Changes of a dataset: without after it begins with all rows that you see and goes on without a gap; where your rights change, rows are given or taken back (RETRACT).`;

@Resolver(() => ChangeType)
export class ChangesResolver {
  @Query(() => ChangeConnection, { description: CHANGES })
  async changes(
    @Ctx() { identity, decisions, changes, tally, turn }: ChangesContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("dataset", () => GraphQLString, { description: "数据集名，见 catalogue。Name of a dataset." })
    dataset: string,
    @Arg("after", afterArg.type, {
      nullable: true,
      description:
        "在此游标之后；断开后、权限变化后仍可用。Goes on after this cursor, also after days and other rights.",
    })
    after: string | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
  ): Promise<object> {
    const { type } = datasetOf(changes.parts.catalogue, dataset);
    const selections = selectionsOf(info, type, IN_CONNECTION);
    const size = Math.max(1, pageSize(first));
    const question = { asker: identity, dataset, after: after ?? undefined, size, selections };
    const page = await turn(async () => {
      const read = await changes.page({ ...question, spent: tally.cost }, decisions);
      for (const answer of read.answers) tally.add(answer);
      return read;
    });
    return {
      nodes: page.changes,
      edges: page.changes.map((change) => ({ cursor: change.cursor, node: change })),
      pageInfo: {
        hasNextPage: page.more,
        hasPreviousPage: after !== null && after !== undefined,
        startCursor: page.changes[0]?.cursor ?? null,
        endCursor: page.end,
      },
    };
  }

  @FieldResolver(() => Node, { nullable: true })
  node(@Root() change: ChangeRow, @Info() info: GraphQLResolveInfo): unknown {
    return change.rows.get(pathOf(info)) ?? null;
  }
}
