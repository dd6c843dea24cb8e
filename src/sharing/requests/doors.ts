/** The doors of requests: `requestAccess`, `decideAccessRequest`, `accessRequest`, `accessRequests`. */
import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { afterArg, type Connection, firstArg, withNodes } from "../../read";
import type { SharingContext } from "../context";
import { itemsOf, RequestAccessArgs } from "./filing-args";
import type { Item } from "./items";
import { AccessRequestConnection, AccessRequestEntry, AccessRequestPartInput } from "./request-types";
import type { SeenRequest } from "./requests";
import type { RequestAct, RequestState } from "./steps";
import { RequestActWord, RequestStateWord } from "./words";

const FILE = `提出共享申请（政务数据共享条例 第二十条）：按提供单位和共享属性分为若干份，先经本部门共享工作机构负责人审批，再由提供单位在期限内答复（第二十一条）。不予共享的字段不能申请。须有 read 职责。
Files requests, one for each provider and sharing class; the requester's head approves, then the provider answers in time.`;

const DECIDE = `办理共享申请的一个步骤（政务数据共享条例 第二十条至第二十二条、第二十八条）；现在可办的见 acts。同意即生效，不同意须说明理由并指明目录载明的使用条件。
Takes a request one step further; acts tells which steps are open to you now.`;

const LIST = `共享申请：申请部门、提供单位看自己的，数据主管部门看须其办理和逾期的，安全、审计职责看全部。
Requests: those of one's own department on either side; for a data authority those it has a part in or that are overdue; for the security and audit duties all.`;

@Resolver()
export class AccessRequestResolver {
  @Mutation(() => [AccessRequestEntry], { description: FILE })
  async requestAccess(
    @Ctx() { identity, sharing }: SharingContext,
    @Args(() => RequestAccessArgs, { validate: false }) given: RequestAccessArgs,
  ): Promise<AccessRequestEntry[]> {
    const { purpose, legalBasis, scenario, scope, way, until, idempotencyKey: key } = given;
    const terms = { purpose, legalBasis, scenario, scope, way, until };
    const draft = async () => ({ items: await itemsOf({ identity, sharing }, given), ...terms });
    const filed = await sharing.requests.file(identity, draft, key ? { key, input: given } : undefined);
    return filed.map((request) => shown(sharing, request));
  }

  @Mutation(() => AccessRequestEntry, { description: DECIDE })
  async decideAccessRequest(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "申请的标识。The request." }) id: string,
    @Arg("act", () => RequestActWord, { description: "步骤。The step." }) act: RequestAct,
    @Arg("reason", () => String, {
      nullable: true,
      description: "理由或者补充内容。The reason, or what is supplied.",
    })
    reason: string | null,
    @Arg("criterion", () => String, {
      nullable: true,
      description:
        "不同意或者部分同意所依据的目录使用条件代码，见 catalogue。Code of the catalogue's condition that a refusal names, in part too.",
    })
    criterion: string | null,
    @Arg("part", () => AccessRequestPartInput, {
      nullable: true,
      description: "GRANT_PART 所同意的部分。What GRANT_PART grants.",
    })
    part: AccessRequestPartInput | null,
  ): Promise<AccessRequestEntry> {
    return shown(sharing, await sharing.requests.decide(identity, id, act, { reason, criterion, part }));
  }

  @Query(() => AccessRequestEntry, { nullable: true, description: "一份共享申请。One request." })
  async accessRequest(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "申请的标识。Its id." }) id: string,
  ): Promise<AccessRequestEntry | undefined> {
    const found = await sharing.requests.one(identity, id);
    return found && shown(sharing, found);
  }

  @Query(() => AccessRequestConnection, { description: LIST })
  async accessRequests(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("waitingForMe", () => Boolean, {
      nullable: true,
      description: "只看待我办理的。What waits for me alone.",
    })
    waitingForMe: boolean | null,
    @Arg("overdue", () => Boolean, { nullable: true, description: "只看逾期的。Overdue ones alone." })
    overdue: boolean | null,
    @Arg("state", () => [RequestStateWord], { nullable: true, description: "状态。States." })
    state: RequestState[] | null,
    @Arg("dataset", () => String, { nullable: true, description: "数据集名。Name of a dataset." })
    dataset: string | null,
    @Arg("purpose", () => String, { nullable: true, description: "使用目的代码。Code of a purpose." })
    purpose: string | null,
    @Arg("filing", () => String, { nullable: true, description: "同一次提出的。Of one filing." })
    filing: string | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<AccessRequestEntry>> {
    const filter = { waitingForMe, overdue, state, dataset, purpose, filing };
    const found = await sharing.requests.list(identity, filter, { first, after });
    return withNodes(
      found,
      found.nodes.map((request) => shown(sharing, request)),
    );
  }
}

function shown({ reader }: SharingContext["sharing"], request: SeenRequest): AccessRequestEntry {
  const { nameOf } = reader.parts;
  const named = <T extends Item>(item: T) => ({
    ...item,
    territoryName: nameOf(item.territory) ?? item.territory,
  });
  return {
    ...request,
    class: request.sharing,
    transitions: [...request.transitions],
    items: request.items.map(named),
    granted: request.granted.map(named),
  };
}
