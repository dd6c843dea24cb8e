/** How changes are shown in the schema. */
import { GraphQLID, GraphQLString } from "graphql";
import { DateTimeScalar, Node } from "../../declare";
import { enumType, objectType, PageInfo } from "../../read";

const Kind = enumType("RowChangeKind", "变更类型。What became of a row for this reader.", {
  UPSERT: "新增或修改：node 为现状。New or changed; node is the row as it is now.",
  DELETE: "已停用或删除。Out of use or gone.",
  RETRACT: "不再可见：须删除本地副本。Open to you no more: a copy of it must be deleted.",
});

export const ChangeType = objectType(
  "RowChange",
  "一条记录的变更，按本部门现在的权限显示。A change of a row, as far as you may see it now.",
  [
    { name: "kind", type: () => Kind, description: "类型。What became of the row." },
    { name: "dataset", type: () => GraphQLString, description: "数据集。The dataset." },
    { name: "id", type: () => GraphQLID, description: "记录的全局标识。Global id of the row." },
    {
      name: "changedAt",
      type: () => DateTimeScalar,
      description:
        "变更时间；首次全量或权限变更时为读取时间。When it changed; of rows told because rights began or changed, when they were read.",
    },
    {
      name: "cursor",
      type: () => GraphQLString,
      description: "在此之后继续。Goes on after this change.",
    },
    {
      name: "node",
      type: () => Node,
      nullable: true,
      description:
        "记录的现状，用内联片段取字段；DELETE、RETRACT 时为空。The row as it is now, by an inline fragment; null unless UPSERT.",
    },
  ],
);

const Edge = objectType("RowChangeEdge", "连接的一条边（Relay）。An edge of the connection.", [
  { name: "cursor", type: () => GraphQLString, description: "不透明的游标。Opaque cursor." },
  { name: "node", type: () => ChangeType, description: "变更。The change." },
]);

export const ChangeConnection = objectType(
  "RowChangeConnection",
  "变更的一页；即使没有变更，也应从 pageInfo.endCursor 继续。A page of changes; go on from pageInfo.endCursor, also after an empty one.",
  [
    { name: "nodes", type: () => [ChangeType], description: "变更。Changes." },
    { name: "edges", type: () => [Edge], description: "变更及游标。Changes with their cursors." },
    { name: "pageInfo", type: () => PageInfo, description: "分页信息。Page information." },
  ],
);
