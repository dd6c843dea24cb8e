/** The doors of updates: `proposeCatalogueEntry`, `reviewCatalogueEntry`, `catalogueUpdates`, and the warnings of the catalogue. */
import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { afterArg, type Connection, firstArg, withNodes } from "../../read";
import type { SharingContext } from "../context";
import { shownUpdate } from "./shown";
import type { ReviewAct, UpdateState } from "./steps";
import { CatalogueEntryInput, contentOf } from "./update-input";
import { CatalogueUpdate, CatalogueUpdateConnection, CatalogueWarning } from "./update-types";
import { ReviewActWord, UpdateStateWord } from "./words";

const PROPOSE = `提出一个数据集的目录条目（政务数据共享条例 第十三条、第十五条、第十七条）：由数源部门的 steward 职责填写责任人、两项评估、更新频率、共享方式、使用条件和不予共享的理由；其余取自声明。随后由本部门负责人批准、数据主管部门审核发布。
Proposes what people say of a dataset's entry; the head approves, the data authority publishes.`;

const REVIEW = `办理目录更新的一个步骤（第十三条、第十六条、第十七条）；现在可办的见 acts。
Takes an update one step further; acts tells which steps are open to you now.`;

const LIST = `目录更新：提供单位、数据主管部门看自己的，安全、审计职责看全部，已发布的各部门可见。
Updates: those of one's own department on either side; for the security and audit duties all; what is published for everybody.`;

const WARNINGS = `目录提示：两个数据集收集同一数据项（第十九条，不得重复收集），数据集没有或者不止一个数源部门。
Warnings: data items that two datasets collect, and datasets without exactly one steward.`;

@Resolver()
export class CatalogueUpdateResolver {
  @Mutation(() => CatalogueUpdate, { description: PROPOSE })
  async proposeCatalogueEntry(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("dataset", () => String, { description: "数据集名。The dataset." }) dataset: string,
    @Arg("entry", () => CatalogueEntryInput, { description: "由人填写的内容。What people say of it." })
    entry: CatalogueEntryInput,
  ): Promise<CatalogueUpdate> {
    return shownUpdate(await sharing.catalogueUpdates.propose(identity, dataset, contentOf(entry)));
  }

  @Mutation(() => CatalogueUpdate, { description: REVIEW })
  async reviewCatalogueEntry(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "目录更新的标识。The update." }) id: string,
    @Arg("act", () => ReviewActWord, { description: "步骤。The step." }) act: ReviewAct,
    @Arg("reason", () => String, { nullable: true, description: "理由。The reason." }) reason: string | null,
  ): Promise<CatalogueUpdate> {
    return shownUpdate(await sharing.catalogueUpdates.review(identity, id, act, reason));
  }

  @Query(() => CatalogueUpdate, { nullable: true, description: "一次目录更新。One update." })
  async catalogueUpdate(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "标识。Its id." }) id: string,
  ): Promise<CatalogueUpdate | undefined> {
    const found = await sharing.catalogueUpdates.one(identity, id);
    return found && shownUpdate(found);
  }

  @Query(() => CatalogueUpdateConnection, { description: LIST })
  async catalogueUpdates(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("waitingForMe", () => Boolean, {
      nullable: true,
      description: "只看待我办理的。What waits for me alone.",
    })
    waitingForMe: boolean | null,
    @Arg("overdue", () => Boolean, { nullable: true, description: "只看逾期的。Overdue ones alone." })
    overdue: boolean | null,
    @Arg("state", () => [UpdateStateWord], { nullable: true, description: "状态。States." })
    state: UpdateState[] | null,
    @Arg("dataset", () => String, { nullable: true, description: "数据集名。Name of a dataset." })
    dataset: string | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<CatalogueUpdate>> {
    const filter = { waitingForMe, overdue, state, dataset };
    const found = await sharing.catalogueUpdates.list(identity, filter, { first, after });
    return withNodes(found, found.nodes.map(shownUpdate));
  }

  @Query(() => [CatalogueWarning], { description: WARNINGS })
  catalogueWarnings(
    @Ctx() { sharing }: SharingContext,
    @Arg("undecided", () => Boolean, {
      nullable: true,
      description: "只看未经允许的。Those that were not allowed alone.",
    })
    undecided: boolean | null,
  ): Promise<CatalogueWarning[]> {
    return warnings(sharing, undecided);
  }

  @Mutation(() => [CatalogueWarning], {
    description:
      "数据主管部门决定是否允许分别收集，须说明理由（第十九条）。The data authority decides whether both may be collected.",
  })
  async decideCatalogueWarning(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("fields", () => [String], { description: "该提示的全部数据项。All fields of the warning." })
    fields: string[],
    @Arg("allowed", () => Boolean, { description: "是否允许。Whether it is allowed." }) allowed: boolean,
    @Arg("reason", () => String, { description: "理由。The reason." }) reason: string,
  ): Promise<CatalogueWarning[]> {
    await sharing.catalogueUpdates.decideDuplicate(identity, { fields, allowed, reason });
    return warnings(sharing, false);
  }
}

async function warnings(
  { catalogueUpdates }: SharingContext["sharing"],
  undecided: boolean | null,
): Promise<CatalogueWarning[]> {
  const found = await catalogueUpdates.duplicates();
  return found.filter(({ decision }) => !undecided || !decision?.allowed);
}
