/** R13, how sharing was performed, in the form of a report: the figures are those of supervision, counted once. */
import type { Identity } from "../identity";
import { FIGURE_GROUPS, type Performance, type Supervision, WHOLE_PERFORMANCE } from "../sharing";
import type { ReportColumn, ReportDescription } from "./description";
import type { ReportTable } from "./table";

export const SHARING_PERFORMANCE = "sharingPerformance";

export interface PeriodAsked {
  readonly from: string;
  readonly until: string;
  readonly territory?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

export function describePerformance(): ReportDescription {
  return {
    id: SHARING_PERFORMANCE,
    no: "R13",
    query: SHARING_PERFORMANCE,
    zh: "共享情况：申请、提供、校核、授权、目录是否按期，授权是否使用",
    en: "How sharing was performed: requests, deliveries, corrections, catalogue in time, grants used",
    article: WHOLE_PERFORMANCE.article,
    coverage:
      "期内没有办理事项的部门不在其中；数据主管部门和审计职责看本属地各部门，其他部门看自己。Departments with nothing in the period are missing; data authorities and the audit duty see their territory, others themselves.",
    cannotSay: WHOLE_PERFORMANCE.cannotSay,
    byYear: false,
    byPeriod: true,
    columns: COLUMNS,
    inputs: [
      { dataset: SHARING_PERFORMANCE, zh: "平台自身的共享办理记录", steward: "big-data", update: "实时" },
    ],
  };
}

const [SIDE, DEPARTMENT, NAME] = [
  column("side", "一方：提供、申请、主管", "Side: provider, requester, authority", "side"),
  column("department", "部门代码", "Code of the department", "department"),
  column("departmentName", "部门名称", "Name of the department", "departmentName"),
];

const COLUMNS: ReportColumn[] = [
  ...([SIDE, DEPARTMENT, NAME] as ReportColumn[]),
  ...FIGURE_GROUPS.flatMap((group) =>
    group.figures.map((figure) => {
      const [zh = "", ...en] = figure.words.split("。");
      return {
        ...column(
          `${group.name}.${figure.name}`,
          `${group.words.split("。")[0]}：${zh}`,
          en.join("。"),
          figure.words,
        ),
        article: group.article,
      };
    }),
  ),
];

function column(name: string, zh: string, en: string, formula: string): ReportColumn {
  return { name, zh, en, formula };
}

/** One page; the cursor is the place of the row before it. */
export async function performanceTable(
  supervision: Supervision,
  identity: Identity,
  { from, until, territory, first, after }: PeriodAsked,
): Promise<ReportTable> {
  const performance = await supervision.performance(identity, { from, until }, territory);
  const start = after ? Number(after) : 0;
  const rows = performance.rows.slice(start, start + first).map(cellsOf);
  const end = start + rows.length;
  return {
    report: describePerformance(),
    rows,
    totalCount: performance.rows.length,
    hasNextPage: end < performance.rows.length,
    endCursor: rows.length > 0 ? String(end) : null,
  };
}

function cellsOf(row: Performance["rows"][number]): (string | null)[] {
  const figures = FIGURE_GROUPS.flatMap(({ name, figures: of }) =>
    of.map((f) => row[name]?.[f.name] ?? null),
  );
  return [
    row.side,
    row.department,
    row.departmentName,
    ...figures.map((f) => (f === null ? null : String(f))),
  ];
}
