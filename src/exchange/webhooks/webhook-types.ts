/** A webhook as GraphQL shows it. */
import { GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString } from "graphql";
import { DateTimeScalar } from "../../declare";
import { enumType, objectType } from "../../read";

const State = enumType("WebhookState", "推送的状态。Where a webhook stands.", {
  ACTIVE: "投递中。told of changes",
  SUSPENDED:
    "已停止，见 reason；重新建立，并用 changes 从上次游标继续。no longer told, see reason: make another",
});

const Reason = enumType("WebhookSuspension", "停止推送的原因。Why a webhook is told no more.", {
  FAILING: "连续 3 天投递失败。its receiver has failed for 3 days",
  NOTHING_OPEN:
    "已无可读权限，此前已告知收回（RETRACT）。nothing is open any more; all was taken back before",
  APP_KEY_ENDED:
    "应用密钥到期、吊销或改为只运行登记操作。its app's key ended, or runs registered operations alone",
  DEPARTMENT_ENDED: "部门不再登记。its department is registered no more",
  HOST_CLOSED: "平台管理员关闭了该主机。the operators have closed the host",
  CURSOR_TOO_OLD: "停得过久，变更记录已不再保存。the journal no longer reaches back",
});

export const WebhookType = objectType("Webhook", "变更推送。Where changes of a dataset are told to.", [
  { name: "id", type: () => GraphQLID, description: "标识。Its id." },
  { name: "department", type: () => GraphQLString, description: "部门代码。Its department." },
  { name: "app", type: () => GraphQLString, nullable: true, description: "应用。The app that made it." },
  { name: "purpose", type: () => GraphQLString, nullable: true, description: "使用目的。Its purpose." },
  { name: "dataset", type: () => GraphQLString, description: "数据集。The dataset." },
  { name: "url", type: () => GraphQLString, description: "接收地址。Where it is posted to." },
  { name: "createdBy", type: () => GraphQLString, description: "建立者账号。The account that made it." },
  { name: "createdAt", type: () => DateTimeScalar, description: "建立时间。When it was made." },
  { name: "state", type: () => State, description: "状态。Where it stands." },
  { name: "reason", type: () => Reason, nullable: true, description: "停止的原因。Why it is suspended." },
  {
    name: "lastSuccess",
    type: () => DateTimeScalar,
    nullable: true,
    description: "最近一次成功投递的时间。When its receiver last took a delivery.",
  },
  { name: "failures", type: () => GraphQLInt, description: "连续失败次数。Failures since then." },
  {
    name: "lastFailure",
    type: () => GraphQLString,
    nullable: true,
    description: "最近一次失败的原因。How it last failed, such as HTTP 500 or TIMEOUT.",
  },
  {
    name: "nextAttempt",
    type: () => DateTimeScalar,
    nullable: true,
    description: "下次重试时间。When it is tried again.",
  },
  {
    name: "lag",
    type: () => GraphQLFloat,
    description: "变更已等待投递的秒数，无等待为 0。Seconds that changes have waited; 0 where none wait.",
  },
]);

export const MadeWebhookType = objectType("MadeWebhook", "新建的推送。A webhook that was just made.", [
  { name: "webhook", type: () => WebhookType, description: "推送。The webhook." },
  {
    name: "secret",
    type: () => GraphQLString,
    description: "签名密钥，只显示这一次。The secret of its signatures, shown this once.",
  },
]);
