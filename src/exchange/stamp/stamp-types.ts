/** A stamp as GraphQL shows it. */
import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString } from "graphql";
import { DateTimeScalar } from "../../declare";
import { objectType } from "../../read";

const text = (name: string, description: string, nullable = false) => ({
  ...{ name, description, nullable },
  type: () => GraphQLString,
});

const Lost = objectType(
  "StampLostField",
  "现已不再持有的字段。A field that is no longer held as it was read.",
  [
    text("dataset", "数据集。The dataset."),
    text("field", "字段。The field."),
    text("territory", "区划。The territory."),
    text("was", "读取时的级别。Level at which it was read."),
    text("now", "现在的级别。Level held now."),
  ],
);

const Ended = objectType(
  "StampEndedGrant",
  "读取所依据、现已终止的授权。A grant it was read by that is over.",
  [
    { name: "id", type: () => GraphQLID, description: "授权标识。The grant." },
    text("department", "获得授权的部门。Department that held it."),
    text("purpose", "使用目的。Its purpose."),
    text("legalBasis", "依据。Its legal basis."),
    { name: "endedAt", type: () => DateTimeScalar, description: "终止时间。When it ended." },
    text("state", "状态：到期、暂停、收回等。What became of it."),
  ],
);

export const StampType = objectType(
  "ExportStamp",
  "导出文件的凭证：问了什么、何时的数据、依据何种权限、文件摘要。What a file was asked by, of when its data is, under which right, and its digest.",
  [
    { name: "record", type: () => GraphQLID, description: "访问记录编号。Number of the access record." },
    text("seq", "在封存访问记录中的位置。Its place in the sealed log.", true),
    text("seal", "封存编号；最近数秒的为空。Number of the seal that covers it.", true),
    text("department", "导出的部门。Department that took the file."),
    text("purpose", "使用目的。The purpose.", true),
    text("format", "文件格式。Format of the file."),
    { name: "rows", type: () => GraphQLInt, description: "行数。Rows." },
    text("bytes", "文件字节数。Bytes of the file."),
    text("sha256", "文件摘要（SHA-256）。Digest of the file."),
    { name: "dataTime", type: () => DateTimeScalar, description: "数据时间。Instant that its data is of." },
    { name: "madeAt", type: () => DateTimeScalar, description: "完成时间。When it was whole." },
    text("question", "查询文本的 SHA-256。SHA-256 of the question."),
    text("variables", "变量的 SHA-256。SHA-256 of its variables."),
    text("schema", "当时模式的 SHA-256。SHA-256 of the schema of then."),
    text("fingerprint", "权限指纹，与访问记录一致。Fingerprint of the right, as the access record has it."),
    {
      name: "withheld",
      type: () => [GraphQLString],
      description: "未完全授权的字段。Fields that were not held in full.",
    },
    {
      name: "lawful",
      type: () => GraphQLBoolean,
      description:
        "现有权限是否仍涵盖文件内容；否则应删除文件。Whether the rights of now still cover it; if not, delete the file.",
    },
    { name: "lost", type: () => [Lost], description: "不再持有的字段。Fields no longer held so." },
    { name: "ended", type: () => [Ended], description: "已终止的授权。Grants that are over." },
    text("key", "签署所用公钥的编号，见 stampKeys。Id of the key that signed it, see stampKeys."),
    text(
      "signed",
      "签署的凭证（JSON），可存为文件供 hub verify --stamp 核验。The signed stamp, to be saved for hub verify --stamp.",
    ),
  ],
);

export const StampKeyType = objectType(
  "StampKey",
  "签署凭证的公钥。A public key by which stamps are verified.",
  [
    { name: "id", type: () => GraphQLID, description: "编号。Its id." },
    text("publicKey", "公钥（PEM，Ed25519）。The key in PEM."),
  ],
);
