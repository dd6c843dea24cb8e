/** The catalogue as a file: one line for each data item, with the nine items in the law's own words (B-02). */
import { stringify } from "csv-stringify/sync";
import { SHARING_WORDS, type Sharing, type ValueKind } from "../../declare";
import { catalogueEntries } from "./entry";
import type { CatalogueDataset, CatalogueField } from "./entry-types";
import type { CatalogueParts } from "./parts";
import { createCatalogueUpdates } from "./updates";

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const WAYS: Readonly<Record<string, string>> = { SERVICE: "服务接口", BATCH: "批量交换", FILE: "文件下载" };

const KINDS: Record<ValueKind, string> = {
  text: "文本",
  code: "代码",
  enum: "枚举",
  enumList: "多选枚举",
  int: "整数",
  decimal: "金额",
  float: "数值",
  boolean: "是否",
  date: "日期",
  datetime: "时刻",
  reference: "标识",
};

const PERSONAL: Readonly<Record<string, string>> = {
  NONE: "非个人信息",
  PUBLIC_OFFICE: "公职信息",
  PERSONAL: "个人信息",
  SENSITIVE: "敏感个人信息",
};

/** Of the data item: 政务数据共享条例 第十三条 names these nine, in this order. */
export function nineItems(entry: CatalogueDataset, field: CatalogueField): Record<string, string> {
  return {
    数据目录名称: entry.title,
    数据项: field.zh,
    提供单位: field.steward.zh,
    数据格式: `${entry.format}；${KINDS[field.kind as ValueKind]}${field.unit ? `（${field.unit}）` : ""}`,
    数据更新频率: entry.update ?? "",
    共享属性: sharingOf(field),
    共享方式: entry.ways.map((way) => WAYS[way] ?? way).join("、"),
    使用条件: conditionsOf(field),
    数据分类分级: `${entry.grading.theme}／${PERSONAL[field.personal] ?? field.personal}`,
  };
}

function sharingOf({ class: sharing, stricter }: CatalogueField): string {
  const usual = SHARING_WORDS[sharing as Sharing];
  return stricter ? `${usual}；${stricter.zh}：${SHARING_WORDS[stricter.class as Sharing]}` : usual;
}

function conditionsOf({ key, criteria, closure }: CatalogueField): string {
  if (key) return "关键字段，随行可见";
  if (closure) return `不予共享：${closure.reason}（${closure.law}）`;
  return criteria.map(({ zh }) => zh).join("；");
}

/** Beside the nine: by which name programs know it, and what was published when. */
function beside(entry: CatalogueDataset, field: CatalogueField): Record<string, string> {
  const { version, unpublished } = entry;
  const own = unpublished.filter((d) => d.field === undefined || d.field === field.name);
  return {
    数据集代码: entry.name,
    数据项代码: field.name,
    责任人: version ? `${version.content.responsible.name}，${version.content.responsible.post}` : "",
    版本: version ? String(version.number) : "未发布",
    发布日期: version?.publishedAt.slice(0, 10) ?? "",
    待发布变更: own.map(({ zh }) => zh).join("；"),
  };
}

/** Datasets alone: what a report holds is listed with its inputs. */
export async function exportCatalogue(parts: CatalogueParts, format: ExportFormat): Promise<string> {
  const { datasets } = parts.catalogue;
  const names = datasets.map(({ name }) => name);
  const states = await createCatalogueUpdates(parts).entries(undefined, names);
  const entries = datasets.map(catalogueEntries(parts.catalogue, await parts.rights.current(), states));
  return exported(entries, format);
}

function exported(entries: readonly CatalogueDataset[], format: ExportFormat): string {
  const items = entries.flatMap((entry) =>
    entry.fields.map((field) => ({ ...nineItems(entry, field), ...beside(entry, field) })),
  );
  if (format === "json") return `${JSON.stringify(items, null, 2)}\n`;
  // Spreadsheets know UTF-8 by its mark; a cell must not begin like a formula.
  return stringify(items, { header: true, bom: true, record_delimiter: "windows", escape_formulas: true });
}
