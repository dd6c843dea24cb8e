// Expenses of communities: cut out of each allocation that was paid, together never more than it.
import { type Allocation, type Line, linesOf, type Purpose } from "./budget";
import { fundSourceOf } from "./budget-lines";
import { dayOf, TODAY } from "./calendar";
import { apportion, type City } from "./city";
import { transactionRow } from "./fund-transaction-row";
import { nameOf } from "./person";
import type { Place } from "./place";
import { contractsOf } from "./purchase-contracts";
import { enterpriseOf } from "./register-number";
import { type Row, streamOf } from "./row";
import type { Stream } from "./stream";

/** Room for the expenses of one allocation in the numbers of its community. */
const MOST_EXPENSES = 64;

export function* expensesOf(city: City, place: Place, size: number | undefined): Generator<Row> {
  const paid = linesOf(city, place).flatMap((line) =>
    line.allocations.filter((one) => one.paid !== undefined).map((allocation) => ({ line, allocation })),
  );
  const { transactions } = city.money;
  const each = "perAllocation" in transactions ? transactions.perAllocation : 0;
  const counts =
    size === undefined
      ? paid.map(() => each)
      : apportion(
          size,
          paid.map(() => 1),
        );
  for (const [at, { line, allocation }] of paid.entries())
    yield* expensesUnder(city, place, line, allocation, counts[at] ?? 0);
}

function* expensesUnder(
  city: City,
  place: Place,
  line: Line,
  allocation: Allocation,
  count: number,
): Generator<Row> {
  const first = allocation.number * MOST_EXPENSES;
  const stream = streamOf("spent", place, allocation.number);
  const share = line.year === 2026 ? stream.between(0.55, 0.95) : stream.between(0.9, 1);
  const streams = Array.from({ length: count }, (_, k) => streamOf("fundTransaction", place, first + k));
  const amounts = apportion(
    Math.floor(allocation.cents * share),
    streams.map((own) => own.longTail(1, 0.7)),
  );
  const contract = contractsOf(city, place).find((one) => one.line.number === line.number);
  const from = allocation.paid ?? TODAY;
  const until = Math.min(from + 150, dayOf(line.year, 12, 31), TODAY);
  for (const [k, own] of streams.entries()) {
    const kind = categoryOf(own, line.purpose);
    const payee = contract && kind === "SERVICE_PURCHASE" ? carrier(contract) : payeeOf(own, place, kind);
    yield transactionRow(place, first + k, own.whole(from, until), Math.max(1, amounts[k] ?? 1), own, {
      allocationId: allocation.id,
      budgetLineId: line.id,
      contractId: kind === "SERVICE_PURCHASE" ? contract?.id : undefined,
      year: line.year,
      direction: "EXPENSE",
      fundSource: fundSourceOf(line),
      category: kind,
      summary: SUMMARIES[kind],
      ...payee,
    });
  }
}

const CATEGORIES: Readonly<Record<Purpose, Readonly<Record<string, number>>>> = {
  OPERATION: { OFFICE: 0.35, UTILITIES: 0.25, ACTIVITY: 0.2, VOLUNTEER_SUPPORT: 0.1, OTHER_EXPENSE: 0.1 },
  WORKER_PAY: { PAY: 0.97, TRAINING: 0.03 },
  SERVICE_PURCHASE: { SERVICE_PURCHASE: 1 },
  SPECIAL_FUND: { ACTIVITY: 0.3, FACILITY_UPKEEP: 0.45, RELIEF: 0.25 },
  FACILITY: { FACILITY_BUILD: 0.6, FACILITY_UPKEEP: 0.4 },
  TRAINING: { TRAINING: 1 },
};

const SUMMARIES: Readonly<Record<string, string>> = {
  OFFICE: "办公用品采购（合成）",
  UTILITIES: "水电气暖费（合成）",
  ACTIVITY: "居民活动支出（合成）",
  VOLUNTEER_SUPPORT: "志愿服务保障（合成）",
  OTHER_EXPENSE: "其他支出（合成）",
  PAY: "社区工作者薪酬（合成）",
  TRAINING: "培训费（合成）",
  SERVICE_PURCHASE: "购买服务付款（合成）",
  FACILITY_UPKEEP: "设施维护（合成）",
  FACILITY_BUILD: "设施建设（合成）",
  RELIEF: "困难帮扶（合成）",
};

function categoryOf(stream: Stream, purpose: Purpose): string {
  return stream.weighted(CATEGORIES[purpose]);
}

function carrier({ organization, supplier }: ReturnType<typeof contractsOf>[number]): Row {
  const payee = organization ?? supplier;
  return {
    payeeKind: organization ? "SOCIAL_ORGANIZATION" : "ENTERPRISE",
    payeeName: payee.name,
    payeeCreditCode: payee.creditCode,
  };
}

/** Pay and relief go to persons, utilities to institutions, the rest to enterprises. */
function payeeOf(stream: Stream, place: Place, category: string): Row {
  if (category === "PAY" || category === "RELIEF") return { payeeKind: "PERSON", payeeName: nameOf(stream) };
  if (category === "UTILITIES") return { payeeKind: "PUBLIC_INSTITUTION", payeeName: "合成公用事业单位" };
  const enterprise = enterpriseOf(place, stream.whole(0, 39));
  return { payeeKind: "ENTERPRISE", payeeName: enterprise.name, payeeCreditCode: enterprise.creditCode };
}
