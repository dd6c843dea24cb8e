/** The doors of the rights desk: `openRightsCase`, `decideRightsCase`, `rightsCase`, `rightsCases`. */
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { HubError } from "../../errors";
import { afterArg, type Connection, firstArg } from "../../read";
import type { SharingContext } from "../context";
import { CaseReader, CaseReceiver, RightsCaseConnection, RightsCaseEntry, RightsCopy } from "./case-types";
import type { DeskContext } from "./context";
import { copyOf } from "./copying";
import { readersOf } from "./readers";
import { contactsOf } from "./receivers";
import type { SeenCase } from "./rights-desk";
import type { CaseAct, CaseAsker, CaseKind, CaseState } from "./steps";
import { RightsAsker, RightsCaseActWord, RightsCaseKind, RightsCaseState } from "./words";

@ArgsType()
class OpenCaseArgs {
  @Field(() => ID, { description: "个人记录的全局标识。Global id of the person's row." })
  id: string;

  @Field(() => RightsCaseKind, { description: "所行使的权利。The right." })
  kind: CaseKind;

  @Field(() => RightsAsker, { description: "提出人。Who asks." })
  askedBy: CaseAsker;

  @Field(() => String, { description: "如何核实身份，加密存放。How it was verified who asks; kept sealed." })
  verifiedHow: string;

  @Field(() => String, { description: "事由，加密存放。Why it is asked; kept sealed." })
  reason: string;
}

const OPEN = `受理个人权利事项（个人信息保护法 第四十四条至第五十条；B-39）：限该记录的数源部门，须有 steward 职责。撤回同意受理即办，立即生效（B-35）。
Opens a case at the desk of the steward of the person's row. A withdrawal of consent is carried out at once.`;

const DECIDE = `办理事项的一个步骤；现在可办的见 acts。拒绝须说明理由。更正以 update 修改记录之后方可办结。删除一经同意，记录、历史版本、关联记录及相关的文字在同一事务中删除，不可恢复。
Takes a case one step further; acts tells which steps are open to you. A correction is fulfilled after the row was changed.
An erasure that is fulfilled takes the row, its versions, its person's records and texts about it out in one transaction, for good.`;

const LIST = `个人权利事项：承办部门的 steward、decide 职责看本部门的，安全、审计职责看全部而不见所述内容。
Cases: for stewards and deciders those of their department; for the security and audit duties all, without what was said.`;

@Resolver(() => RightsCaseEntry)
export class RightsCaseResolver {
  @Mutation(() => RightsCaseEntry, { description: OPEN })
  async openRightsCase(
    @Ctx() { identity, sharing }: SharingContext,
    @Args(() => OpenCaseArgs, { validate: false }) given: OpenCaseArgs,
  ): Promise<RightsCaseEntry> {
    return shown(await sharing.rightsDesk.open(identity, given));
  }

  @Mutation(() => RightsCaseEntry, { description: DECIDE })
  async decideRightsCase(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "事项的标识。The case." }) id: string,
    @Arg("act", () => RightsCaseActWord, { description: "步骤。The step." }) act: CaseAct,
    @Arg("reason", () => String, { nullable: true, description: "理由，加密存放。The reason; kept sealed." })
    reason: string | null,
    @Arg("fields", () => [String], {
      nullable: true,
      description:
        "仅用于记录中只是提到个人的数据集：删除或者冻结哪些字段，不填为全部。For rows that only name persons: the fields to erase or freeze; all of them, if left out.",
    })
    fields: string[] | null,
  ): Promise<RightsCaseEntry> {
    return shown(await sharing.rightsDesk.decide(identity, { id, act, reason, fields }));
  }

  @Query(() => RightsCaseEntry, { nullable: true, description: "一件个人权利事项。One case." })
  async rightsCase(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "事项的标识。Its id." }) id: string,
  ): Promise<RightsCaseEntry | undefined> {
    const found = await sharing.rightsDesk.one(identity, id);
    return found && shown(found);
  }

  @Query(() => RightsCaseConnection, { description: LIST })
  async rightsCases(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("waitingForMe", () => Boolean, {
      nullable: true,
      description: "只看待我办理的。What waits for me alone.",
    })
    waitingForMe: boolean | null,
    @Arg("state", () => [RightsCaseState], { nullable: true, description: "状态。States." })
    state: CaseState[] | null,
    @Arg("kind", () => [RightsCaseKind], { nullable: true, description: "权利。Rights." })
    kind: CaseKind[] | null,
    @Arg("row", () => ID, { nullable: true, description: "记录的全局标识。Global id of a row." })
    row: string | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<RightsCaseEntry>> {
    const found = await sharing.rightsDesk.list(
      identity,
      { waitingForMe, state, kind, row },
      { first, after },
    );
    const nodes = found.nodes.map(shown);
    const edges = found.edges.map(({ cursor }, i) => ({ cursor, node: nodes[i] as RightsCaseEntry }));
    return { ...found, nodes, edges };
  }

  @FieldResolver(() => RightsCopy, {
    nullable: true,
    description:
      "同意查阅、复制之后，平台所存的本人记录；仅承办部门可见，每次读取计入访问记录。What the hub holds, once access or a copy was agreed to; every reading is in the access log.",
  })
  async copy(@Root() entry: RightsCaseEntry, @Ctx() context: DeskContext): Promise<RightsCopy | null> {
    const seen = answering(entry, context);
    return seen ? copyOf(context, seen.stored) : null;
  }

  @FieldResolver(() => [CaseReader], {
    nullable: true,
    description:
      "谁读取过（B-31），同意查阅、复制之后；须有 steward 职责。Who read it, once access or a copy was agreed to; needs the duty steward.",
  })
  async readers(@Root() entry: RightsCaseEntry, @Ctx() context: DeskContext): Promise<CaseReader[] | null> {
    const seen = answering(entry, context);
    return seen ? readersOf(context, seen) : null;
  }

  @FieldResolver(() => [CaseReceiver], {
    nullable: true,
    description:
      "现在可以得到该记录中个人信息的部门、目的、方式和种类（B-36），同意查阅、复制之后。Who may receive what the row says of the person now, once access or a copy was agreed to.",
  })
  async receivers(
    @Root() entry: RightsCaseEntry,
    @Ctx() context: DeskContext,
  ): Promise<CaseReceiver[] | null> {
    const seen = answering(entry, context);
    if (!seen) return null;
    const receivers = await context.sharing.rightsDesk.receivers(seen.stored);
    const contacts = await contactsOf(context, receivers);
    return receivers.map((one) => ({ ...one, contact: contacts.get(one.department) }));
  }
}

/** What the entry was made of, for its answer. */
const SEEN: unique symbol = Symbol("seen");
type Shown = RightsCaseEntry & { readonly [SEEN]: SeenCase };

/** The case, where it was agreed to tell the person what is held, for those who handle it. */
function answering(entry: RightsCaseEntry, context: DeskContext): SeenCase | undefined {
  const seen = (entry as Shown)[SEEN];
  const { kind, state } = seen.stored;
  if (!seen.said || state !== "FULFILLED" || (kind !== "ACCESS" && kind !== "COPY")) return undefined;
  countAnswer(context);
  return seen;
}

/** A person is answered one at a time: each answer is questions of its own, whose cost no list may multiply. */
const MOST_ANSWERS = 10;
const answers = new WeakMap<object, number>();

function countAnswer(context: object): void {
  const count = (answers.get(context) ?? 0) + 1;
  answers.set(context, count);
  if (count > MOST_ANSWERS)
    throw new HubError(
      "TOO_COSTLY",
      `一次请求最多读取 ${MOST_ANSWERS} 份 copy、readers、receivers。One request has at most ${MOST_ANSWERS} of copy, readers and receivers: ask case by case`,
      { limit: "rightsCases", most: MOST_ANSWERS },
    );
}

function shown(seen: SeenCase): Shown {
  const { stored, rowId: row, reasons, ...rest } = seen;
  const { id, dataset, territory, kind, askedBy, department, state, openedAt, transitions } = stored;
  return {
    ...{ id, dataset, row, territory, kind, askedBy, department, state, openedAt },
    ...rest,
    transitions: transitions.map((t) => ({ ...t, reason: reasons.get(t.seq) })),
    [SEEN]: seen,
  };
}
