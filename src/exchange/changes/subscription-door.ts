/** `subscription changed`: changes of some datasets as they come. */
import { type GraphQLResolveInfo, GraphQLString } from "graphql";
import { Arg, Resolver, Root, Subscription } from "type-graphql";
import { type Catalogue, type Range, rangeOf, toCode } from "../../declare";
import { HubError } from "../../errors";
import { ChangeType } from "./change-types";
import type { ChangesContext } from "./context";
import { type ChangeRow, datasetOf } from "./feed";
import { IN_LIST, selectionsOf } from "./selections";

const CHANGED = `变更订阅：自订阅时起，所列数据集中本部门可见记录的变更，一次若干条；权限到期或收回时先收回（RETRACT）再结束。经 SSE（Accept: text/event-stream）或者 graphql-ws。
Changes from now on of what you see of these datasets, some at a time; where a right ends rows are taken back (RETRACT) before it closes. Over SSE (Accept: text/event-stream) or graphql-ws.`;

/** A dataset is named once; a client that names hundreds asks for them all. */
const MOST_DATASETS = 50;

interface Args {
  readonly datasets: readonly string[];
  readonly territory?: string | null;
}

@Resolver()
export class ChangedResolver {
  @Subscription(() => [ChangeType], {
    description: CHANGED,
    subscribe: ({ args, context, info }) => subscribed(args as Args, context as ChangesContext, info),
  })
  changed(
    @Root() changes: readonly ChangeRow[] | undefined,
    @Arg("datasets", () => [GraphQLString], { description: "数据集名，见 catalogue。Names of datasets." })
    _datasets: string[],
    @Arg("territory", () => GraphQLString, {
      nullable: true,
      description:
        "只看该属地及其下级；移出的记录以 RETRACT 告知。Only in this division and below; rows that leave it are told as RETRACT.",
    })
    _territory: string | null,
  ): readonly ChangeRow[] {
    if (changes) return changes;
    throw new HubError(
      "BAD_USER_INPUT",
      "订阅请用 Accept: text/event-stream 或者 graphql-ws。Subscribe with Accept: text/event-stream, or by graphql-ws",
    );
  }
}

function subscribed(
  { datasets, territory }: Args,
  { changes, live }: ChangesContext,
  info: GraphQLResolveInfo,
): AsyncIterableIterator<readonly ChangeRow[]> {
  const { catalogue } = changes.parts;
  const names = [...new Set(datasets)];
  if (names.length === 0 || names.length > MOST_DATASETS)
    throw new HubError("BAD_USER_INPUT", "请给出数据集。Name the datasets", { argument: "datasets" });
  if (!live) throw new HubError("UNAVAILABLE", "此处不能订阅。There are no subscriptions here");
  const selections = new Map(
    names.map((name) => [name, selectionsOf(info, typeOf(catalogue, name), IN_LIST)] as const),
  );
  return live.follow({ datasets: names, selections, area: areaOf(territory) });
}

function typeOf(catalogue: Catalogue, name: string): string {
  return datasetOf(catalogue, name).type;
}

function areaOf(territory: string | null | undefined): Range | undefined {
  if (territory === null || territory === undefined) return undefined;
  const code = toCode(territory);
  if (code) return rangeOf(code);
  throw new HubError(
    "BAD_USER_INPUT",
    "territory 需要 2、4、6、9 或 12 位区划代码。territory takes 2, 4, 6, 9 or 12 digits of a division code",
    { argument: "territory" },
  );
}
