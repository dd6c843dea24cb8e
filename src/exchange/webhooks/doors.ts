/** The doors of webhooks: `createWebhook`, `deleteWebhook`, `webhooks`. */
import { GraphQLBoolean, GraphQLID, GraphQLString } from "graphql";
import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { MadeWebhookType, WebhookType } from "./webhook-types";
import type { SeenWebhook, Webhooks } from "./webhooks";

export interface WebhooksContext {
  readonly identity: Identity;
  readonly webhooks?: Webhooks;
}

const CREATE = `为本部门建立变更推送（批量交换，政务数据共享条例 第二十二条）：自此时起按本次请求的目的，把该数据集可见记录的变更以签名的 POST 告知 url，只含类型和标识，不含字段值。密钥只显示一次。须有 read 职责；主机须由平台管理员开放。
Tells the url of changes from now on, under the purpose of this request, by signed posts of kinds and ids alone. The secret is shown once. Takes the duty read, and a host that the operators have opened.`;

const DELETE = `删除本部门的推送，即时停止；须有 read 或 steward 职责，安全职责可删除任何部门的。
Ends a webhook at once: its own department, or the security duty.`;

const LIST = `变更推送，新的在前，至多 1000 个：本部门的；安全、审计职责看全部。
Webhooks, newest first: those of one's own department; for the security and audit duties all.`;

@Resolver()
export class WebhookResolver {
  @Mutation(() => MadeWebhookType, { description: CREATE })
  async createWebhook(
    @Ctx() context: WebhooksContext,
    @Arg("dataset", () => GraphQLString, { description: "数据集名，见 catalogue。Name of a dataset." })
    dataset: string,
    @Arg("url", () => GraphQLString, { description: "接收地址（https）。An https address." }) url: string,
  ): Promise<object> {
    const made = await webhooksOf(context).create(context.identity, { dataset, url });
    return { webhook: shown(made.webhook), secret: made.secret };
  }

  @Mutation(() => GraphQLBoolean, { description: DELETE })
  async deleteWebhook(
    @Ctx() context: WebhooksContext,
    @Arg("id", () => GraphQLID, { description: "标识。The webhook." }) id: string,
  ): Promise<boolean> {
    await webhooksOf(context).delete(context.identity, id);
    return true;
  }

  @Query(() => [WebhookType], { description: LIST })
  async webhooks(@Ctx() context: WebhooksContext): Promise<object[]> {
    return (await webhooksOf(context).list(context.identity)).map(shown);
  }
}

function webhooksOf({ webhooks }: WebhooksContext): Webhooks {
  if (webhooks) return webhooks;
  throw new HubError("UNAVAILABLE", "此处没有变更推送。There are no webhooks here");
}

/** Neither secret nor cursors. */
function shown({ secret, cursor, upto, subject, ...seen }: SeenWebhook): object {
  const iso = (date?: Date) => date?.toISOString();
  return {
    ...seen,
    createdBy: subject,
    createdAt: iso(seen.createdAt),
    lastSuccess: iso(seen.lastSuccess),
    nextAttempt: iso(seen.nextAttempt),
  };
}
