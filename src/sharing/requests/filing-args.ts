/** What `requestAccess` is given, and the items that it leads to: listed, or worked out from a question. */
import { ArgsType, Field } from "type-graphql";
import { CITY, DateTimeScalar, type Level } from "../../declare";
import { HubError } from "../../errors";
import { readApply } from "../../read";
import type { Sharing, SharingContext } from "../context";
import { fieldsOf } from "../question";
import { AccessLevel } from "../types";
import { codeOf, gathered, type Item, itemsGiven, MOST_ITEMS, refuseNone } from "./items";
import { itemsMissing, type Lacking, lackingAmong } from "./missing";
import { AccessRequestItemInput } from "./request-types";
import type { Way } from "./store";
import { RequestWay } from "./words";

@ArgsType()
export class RequestAccessArgs {
  @Field(() => String, {
    nullable: true,
    description:
      "GraphQL 查询文本：平台据此推算所缺的字段、级别和属地；与 missing、items 三选一。A question: the hub works out which fields, levels and territories it lacks; one of operation, missing and items.",
  })
  operation?: string | null;

  @Field(() => String, { nullable: true, description: "查询的变量，JSON 文本。Its variables as JSON text." })
  variables?: string | null;

  @Field(() => String, { nullable: true, description: "文本含多个操作时的操作名。Which operation of it." })
  operationName?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "答案或者错误的 extensions 中的 apply（一个或几个）：申请其所缺的内容。An apply, or several, from the extensions of an answer or an error: what it lacked is asked for.",
  })
  missing?: string[] | null;

  @Field(() => [AccessRequestItemInput], {
    nullable: true,
    description: "逐项列出。An explicit list.",
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
      "operation、missing 所申请的属地，默认为查询条件所限，无则全市。Territory for operation and missing: what the question keeps to, else the city.",
  })
  territory?: string | null;

  @Field(() => AccessLevel, {
    nullable: true,
    description:
      "operation、missing 所申请的级别，默认为查询所需。Level for operation and missing: what the question needs, if left out.",
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
  const { operation, missing, items, variables, operationName, purpose, territory, level, way } = given;
  if ([operation, missing?.length, items?.length].filter(Boolean).length !== 1)
    throw new HubError(
      "BAD_USER_INPUT",
      "operation、missing 与 items 三选一。Give operation, missing or items, one of them",
      { argument: "operation" },
    );
  const { reader, rights: store } = sharing;
  const { catalogue } = reader.parts;
  if (items?.length) return itemsGiven(catalogue, items, identity);
  const lacking: Lacking = {
    asker: { ...identity, purpose },
    rights: await store.current(),
    territory: codeOf(territory),
    level: level ?? undefined,
    held: way !== "API",
  };
  if (missing?.length) return itemsNamed(sharing, missing, lacking);
  return itemsMissing(
    sharing,
    fieldsOf(sharing, { operation: operation ?? "", variables, operationName }),
    lacking,
  );
}

/** What ids name, less what is held by now; judged as any list that a client wrote. */
function itemsNamed(sharing: Sharing, ids: readonly string[], lacking: Lacking): Item[] {
  refuseNone(lacking.level, {});
  const lacks = readApply(ids);
  if (!lacks || lacks.length > MOST_ITEMS)
    throw new HubError(
      "BAD_USER_INPUT",
      "missing 不是 extensions 中的 apply。missing is no apply of an answer's extensions",
      { argument: "missing" },
    );
  const given = lacks.flatMap(({ dataset, fields, level, territories }) => {
    const places = lacking.territory ? [lacking.territory] : territories.length > 0 ? territories : [CITY];
    return places.map((territory) => ({ dataset, fields, level: lacking.level ?? level, territory }));
  });
  const items = itemsGiven(sharing.reader.parts.catalogue, given, lacking.asker).flatMap((item) =>
    item.fields.map((field) => ({ ...item, fields: [field] })),
  );
  return gathered(lackingAmong(sharing, items, lacking));
}
