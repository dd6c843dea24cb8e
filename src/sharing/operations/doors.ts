/** The doors of registered operations: `registerOperation`, `approveOperation`, `refuseOperation`, `retireOperation`, `operations`. */
import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { SharingContext } from "../context";
import { OperationEntry, RegisterOperationArgs } from "./operation-types";
import type { SeenOperation } from "./operations";
import { planned } from "./planned";
import { type OperationState, OperationStateWord } from "./words";

const REGISTER = `为本部门的应用登记一个操作（政务数据共享条例 第二十五条）：平台按其目的的现有权限推算涉及的字段、级别和属地，供本部门负责人审批。同样的内容再次登记即原登记。须有 read 或 steward 职责。
Registers an operation of one's own department's app; the hub works out what it touches under the purpose now. The same again is the registration that is there.`;

const APPROVE = `本部门负责人批准登记操作：批准的就是 summary 所列内容，此后权限扩大也不超出。须有 approve 职责。
The head approves what the summary says; rights that grow later give the operation nothing more.`;

const REFUSE = `本部门负责人不批准，须说明理由。须有 approve 职责。The head does not approve, with the reason.`;

const RETIRE = `停用登记操作，须说明理由，即时生效。本部门办理；安全职责可停用任何部门的。
Retires an operation at once, with the reason: its own department, or the security duty.`;

const LIST = `登记操作，新的在前，至多 1000 个：本部门的；安全、审计职责看全部。
Registered operations, newest first: those of one's own department; for the security and audit duties all.`;

const id = { description: "登记操作的标识。The operation." };
const reason = { description: "理由。The reason." };

@Resolver()
export class OperationResolver {
  @Mutation(() => OperationEntry, { description: REGISTER })
  async registerOperation(
    @Ctx() { identity, sharing }: SharingContext,
    @Args(() => RegisterOperationArgs, { validate: false }) given: RegisterOperationArgs,
  ): Promise<OperationEntry> {
    const { app, document, examples } = given;
    const purpose = given.purpose ?? undefined;
    const plan = () => planned(sharing, document, { asker: identity, app, purpose, examples });
    return shown(await sharing.operations.register(identity, { ...given, purpose }, plan));
  }

  @Mutation(() => OperationEntry, { description: APPROVE })
  async approveOperation(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, id) operation: string,
  ): Promise<OperationEntry> {
    return shown(await sharing.operations.decide(identity, operation, "APPROVE"));
  }

  @Mutation(() => OperationEntry, { description: REFUSE })
  async refuseOperation(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, id) operation: string,
    @Arg("reason", () => String, reason) why: string,
  ): Promise<OperationEntry> {
    return shown(await sharing.operations.decide(identity, operation, "REFUSE", why));
  }

  @Mutation(() => OperationEntry, { description: RETIRE })
  async retireOperation(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, id) operation: string,
    @Arg("reason", () => String, reason) why: string,
  ): Promise<OperationEntry> {
    return shown(await sharing.operations.decide(identity, operation, "RETIRE", why));
  }

  @Query(() => [OperationEntry], { description: LIST })
  async operations(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("app", () => String, { nullable: true, description: "应用名。Of this app alone." }) app:
      | string
      | null,
    @Arg("state", () => [OperationStateWord], { nullable: true, description: "状态。States." })
    state: OperationState[] | null,
  ): Promise<OperationEntry[]> {
    return (await sharing.operations.list(identity, { app, state })).map(shown);
  }
}

function shown(operation: SeenOperation): OperationEntry {
  const approved = operation.transitions.find(({ act }) => act === "APPROVE");
  const { summary } = operation;
  return {
    ...operation,
    summary: { ...summary, fields: summary.fields.map((f) => ({ ...f, levels: [...f.levels] })) },
    documentId: `sha256:${operation.hash}`,
    sourceId: `sha256:${operation.sourceHash}`,
    approvedBy: approved?.actor,
    approvedAt: approved?.at,
  };
}
