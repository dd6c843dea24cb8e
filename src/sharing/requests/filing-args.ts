/** What `requestAccess` is given, and the items that it leads to: listed, or worked out from a question. */
import { ArgsType, Field } from "type-graphql";
import { DateTimeScalar, type Level } from "../../declare";
import { HubError } from "../../errors";
import type { SharingContext } from "../context";
import { fieldsOf } from "../question";
import { AccessLevel } from "../types";
import { codeOf, type Item, itemsGiven } from "./items";
import { itemsMissing } from "./missing";
import { AccessRequestItemInput } from "./request-types";
import type { Way } from "./store";
import { RequestWay } from "./words";

@ArgsType()
export class RequestAccessArgs {
  @Field(() => String, {
    nullable: true,
    description:
      "GraphQL 查询文本：平台据此推算所缺的字段、级别和属地。A question: the hub works out which fields, levels and territories it lacks.",
  })
  operation?: string | null;

  @Field(() => String, { nullable: true, description: "查询的变量，JSON 文本。Its variables as JSON text." })
  variables?: string | null;

  @Field(() => String, { nullable: true, description: "文本含多个操作时的操作名。Which operation of it." })
  operationName?: string | null;

  @Field(() => [AccessRequestItemInput], {
    nullable: true,
    description: "逐项列出，与 operation 二选一。An explicit list, instead of operation.",
  })
  items?: AccessRequestItemInput[] | null;

  @Field(() => String, { description: "使用目的代码，见 purposes。Code of the purpose." })
  purpose: string;

  @Field(() => String, { description: "使用依据（第二十条）。The legal basis." })
  legalBasis: string;

  @Field(() => String, { description: "使用场景（第二十条）。The scenario of use." })
  scenario: string;

  @Field(() => String, { description: "使用范围（第二十条）。The scope of use." })
  scope: string;

  @Field(() => RequestWay, { description: "共享方式（第二十条）。The way of sharing." })
  way: Way;

  @Field(() => DateTimeScalar, { description: "使用时限（第二十条），不含。The time of use ends then." })
  until: string;

  @Field(() => String, {
    nullable: true,
    description:
      "operation 所申请的属地，默认为查询条件所限，无则全市。Territory for operation: what it keeps to, else the city.",
  })
  territory?: string | null;

  @Field(() => AccessLevel, {
    nullable: true,
    description: "operation 所申请的级别，默认为查询所需。Level for operation: what it needs, if left out.",
  })
  level?: Level | null;

  @Field(() => String, {
    nullable: true,
    description:
      "重复提交同一申请时用同一值，只提出一次（保留七天）。The same for a filing sent again: it is filed once; kept for seven days.",
  })
  idempotencyKey?: string | null;
}

/** What is asked for: a list as it is, or what a question lacks under the purpose that is named. */
export async function itemsOf(
  { identity, sharing }: SharingContext,
  given: RequestAccessArgs,
): Promise<Item[]> {
  const { operation, items, variables, operationName, purpose, territory, level, way } = given;
  if (Boolean(operation) === Boolean(items?.length))
    throw new HubError("BAD_USER_INPUT", "operation 与 items 二选一。Give operation or items, one of them", {
      argument: "operation",
    });
  const { reader, rights: store } = sharing;
  if (!operation) return itemsGiven(reader.parts.catalogue, items ?? [], identity);
  const fields = fieldsOf(sharing, { operation, variables, operationName });
  const rights = await store.current();
  return itemsMissing(sharing, fields, {
    asker: { ...identity, purpose },
    rights,
    territory: codeOf(territory),
    level: level ?? undefined,
    held: way !== "API",
  });
}
