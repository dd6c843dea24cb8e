// One DataLoader per relation and request: what a list of parents asks for comes in one statement.
import DataLoader from "dataloader";
import type { DataSource, EntityTarget, FindOptionsOrder } from "typeorm";
import { In, IsNull } from "typeorm";
import {
  Allocation,
  Community,
  CommunityWorker,
  Division,
  Facility,
  FundTransaction,
  type Row,
  Volunteer,
} from "./entities";

export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders(source: DataSource) {
  return {
    facilities: lists(source, Facility, "territory", { code: "ASC" }),
    children: lists(source, Division, "parentNode", { code: "ASC" }),
    communities: lists(source, Community, "streetNode", { code: "ASC" }),
    firstFacilities: firstOnes(source, Facility, "code ASC", byCode),
    latestTransactions: firstOnes(source, FundTransaction, "occurred_at DESC, id", latestFirst),
    workers: figures(source, CommunityWorker, "count(*)"),
    volunteers: figures(source, Volunteer, "count(*)"),
    area: figures(source, Facility, "sum(row.building_area)"),
    allocated: figures(source, Allocation, "sum(row.amount)"),
    spent: figures(source, FundTransaction, "sum(row.amount)", "row.direction = 'EXPENSE'"),
  };
}

function lists<T extends Row>(
  source: DataSource,
  entity: EntityTarget<T>,
  by: string,
  order: Record<string, "ASC" | "DESC">,
) {
  return new DataLoader<string, T[]>(async (keys) => {
    const where = { [by]: In([...keys]), retiredAt: IsNull() } as never;
    const rows = await source.getRepository(entity).find({ where, order: order as FindOptionsOrder<T> });
    return grouped(keys, rows, by);
  });
}

/** The first five of each parent, numbered in a window, since a plain list would bring them all. */
function firstOnes<T extends Row>(
  source: DataSource,
  entity: EntityTarget<T>,
  order: string,
  compare: (a: T, b: T) => number,
) {
  return new DataLoader<string, T[]>(async (keys) => {
    const repository = source.getRepository(entity);
    const numbered = `SELECT id, row_number() OVER (PARTITION BY territory ORDER BY ${order}) AS n
      FROM ${repository.metadata.tableName} WHERE territory IN (:...keys) AND retired_at IS NULL`;
    const rows = await repository
      .createQueryBuilder("row")
      .where(`row.id IN (SELECT id FROM (${numbered}) numbered WHERE n <= 5)`, { keys: [...keys] })
      .getMany();
    return grouped(keys, rows.sort(compare), "territory");
  });
}

const byCode = (a: Row, b: Row) => (String(a.code) < String(b.code) ? -1 : 1);

function latestFirst(a: Row, b: Row): number {
  if (a.occurredAt === b.occurredAt) return a.id < b.id ? -1 : 1;
  return String(a.occurredAt) > String(b.occurredAt) ? -1 : 1;
}

function figures(source: DataSource, entity: EntityTarget<Row>, figure: string, where = "true") {
  return new DataLoader<string, string | undefined>(async (keys) => {
    const rows: { territory: string; figure: string }[] = await source
      .getRepository(entity)
      .createQueryBuilder("row")
      .select("row.territory", "territory")
      .addSelect(figure, "figure")
      .where("row.territory IN (:...keys) AND row.retired_at IS NULL", { keys: [...keys] })
      .andWhere(where)
      .groupBy("row.territory")
      .getRawMany();
    const byKey = new Map(rows.map((row) => [row.territory, row.figure]));
    return keys.map((key) => byKey.get(key));
  });
}

function grouped<T extends Row>(keys: readonly string[], rows: T[], by: string): T[][] {
  const byKey = new Map<string, T[]>(keys.map((key) => [key, []]));
  for (const row of rows) byKey.get(row[by as "territory"])?.push(row);
  return keys.map((key) => byKey.get(key) as T[]);
}
