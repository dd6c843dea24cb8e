/** The doors of corrections: `requestCorrection`, `decideCorrection`, `correction`, `corrections`. */
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
import { afterArg, type Connection, firstArg, withNodes } from "../../read";
import type { SharingContext } from "../context";
import { contentOf } from "./content";
import { CorrectionConnection, CorrectionContent, CorrectionEntry } from "./correction-types";
import type { SeenCorrection } from "./corrections";
import type { CorrectionContext } from "./seeing";
import type { CorrectionAct, CorrectionState } from "./steps";
import { CorrectionActWord, CorrectionStateWord } from "./words";

@ArgsType()
class RequestCorrectionArgs {
  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  id: string;

  @Field(() => String, { description: "字段名。Name of the field." })
  field: string;

  @Field(() => String, {
    nullable: true,
    description: "所见的现值，文本；空为无值。What the row says, as text; left out: nothing.",
  })
  found?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "建议的值，文本；空为清除。What it should say, as text; left out: nothing.",
  })
  proposed?: string | null;

  @Field(() => String, { description: "证据。The evidence." })
  evidence: string;

  @Field(() => String, { description: "理由。Why the value is wrong." })
  reason: string;

  @Field(() => String, { nullable: true, description: "使用情况（第二十六条）。How the data was used." })
  usage?: string | null;
}

const REQUEST = `对一条记录的一个字段提出校核申请（政务数据共享条例 第二十六条），送该字段在该属地的数源部门，限期核实、更正、答复。限本部门可见全部内容的字段；同一字段本部门只能有一份未结。须有 read 职责。
Asks the source of a field to correct it in one row. Only of a field that you see in full there; one at a time.`;

const DECIDE = `办理校核的一个步骤；现在可办的见 acts。认可后由数源部门修改记录（update、导入或者停用），修改即办结；不予更正须说明理由。理由各方可见，不要写入字段的值。
Takes a correction one step further; acts tells which steps are open to you. The change of the row itself closes it. All sides see the reason: put no values into it.`;

const LIST = `校核：申请部门、提供单位、同级数据主管部门看自己的，安全、审计职责看全部。
Corrections: those of one's own department on any side; for the security and audit duties all.`;

@Resolver(() => CorrectionEntry)
export class CorrectionResolver {
  @Mutation(() => CorrectionEntry, { description: REQUEST })
  async requestCorrection(
    @Ctx() { identity, sharing, ask }: CorrectionContext,
    @Args(() => RequestCorrectionArgs, { validate: false }) given: RequestCorrectionArgs,
  ): Promise<CorrectionEntry> {
    return shown(await sharing.corrections.request(identity, ask, given));
  }

  @Mutation(() => CorrectionEntry, { description: DECIDE })
  async decideCorrection(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "校核的标识。The correction." }) id: string,
    @Arg("act", () => CorrectionActWord, { description: "步骤。The step." }) act: CorrectionAct,
    @Arg("reason", () => String, { nullable: true, description: "理由。The reason." })
    reason: string | null,
  ): Promise<CorrectionEntry> {
    return shown(await sharing.corrections.decide(identity, id, act, reason));
  }

  @Query(() => CorrectionEntry, { nullable: true, description: "一份校核。One correction." })
  async correction(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "校核的标识。Its id." }) id: string,
  ): Promise<CorrectionEntry | undefined> {
    const found = await sharing.corrections.one(identity, id);
    return found && shown(found);
  }

  @Query(() => CorrectionConnection, { description: LIST })
  async corrections(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("waitingForMe", () => Boolean, {
      nullable: true,
      description: "只看待我办理的。What waits for me alone.",
    })
    waitingForMe: boolean | null,
    @Arg("overdue", () => Boolean, { nullable: true, description: "只看逾期的。Overdue ones alone." })
    overdue: boolean | null,
    @Arg("state", () => [CorrectionStateWord], { nullable: true, description: "状态。States." })
    state: CorrectionState[] | null,
    @Arg("dataset", () => String, { nullable: true, description: "数据集名。Name of a dataset." })
    dataset: string | null,
    @Arg("field", () => String, { nullable: true, description: "字段名。Name of a field." })
    field: string | null,
    @Arg("row", () => ID, { nullable: true, description: "记录的全局标识。Global id of a row." })
    row: string | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<CorrectionEntry>> {
    const filter = { waitingForMe, overdue, state, dataset, field, row };
    const found = await sharing.corrections.list(identity, filter, { first, after });
    return withNodes(found, found.nodes.map(shown));
  }

  @FieldResolver(() => CorrectionContent, {
    nullable: true,
    description:
      "所见值、建议值、证据和理由；仅当本部门现在可见该字段全部内容，否则为空。What was seen and proposed, and why; null unless you see the field in full now.",
  })
  async content(
    @Root() entry: CorrectionEntry,
    @Ctx() context: CorrectionContext,
  ): Promise<CorrectionContent | null> {
    return contentOf(context, (entry as Shown)[SEEN]);
  }
}

/** What the entry was made of, for its content. */
const SEEN: unique symbol = Symbol("seen");
type Shown = CorrectionEntry & { readonly [SEEN]: SeenCorrection };

function shown(seen: SeenCorrection): Shown {
  const { stored, declared, deadline, reasons, rowId: row, ...now } = seen;
  const { id, dataset, field, territory, requester, provider, authority, state, filedAt, due } = stored;
  return {
    ...{ id, dataset, row, field, territory, requester, provider, authority, state, filedAt, due },
    ...now,
    fieldName: declared?.zh ?? field,
    outcome: stored.outcome ?? (state === "REJECTED" ? "REJECTED" : undefined),
    deadline: deadline && {
      workingDays: deadline.rule.workingDays,
      article: deadline.rule.article,
      territory: deadline.rule.territory,
      calendarKnown: deadline.calendarKnown,
    },
    transitions: stored.transitions.map((t) => ({ ...t, reason: reasons.get(t.seq) })),
    [SEEN]: seen,
  };
}
