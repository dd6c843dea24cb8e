// Budget lines and allocations as rows.
import { type Allocation, type Line, linesOf, type Purpose } from "./budget";
import { bureauOf } from "./bureau";
import { dayOf, dayText, past } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { contractsOf } from "./purchase-contracts";
import { type Row, row, streamOf, yuan } from "./row";
import { committeeCode, hasCommittee } from "./term";

const NAMES: Readonly<Record<Purpose, string>> = {
  OPERATION: "社区日常工作经费",
  WORKER_PAY: "社区工作者薪酬经费",
  SERVICE_PURCHASE: "政府购买社区服务经费",
  SPECIAL_FUND: "社区惠民专项资金",
  FACILITY: "综合服务设施建设和维护经费",
  TRAINING: "社区工作者培训经费",
};
const SOURCES: Readonly<Record<Purpose, string>> = {
  OPERATION: "FISCAL",
  WORKER_PAY: "FISCAL",
  SERVICE_PURCHASE: "PURCHASE",
  SPECIAL_FUND: "SPECIAL",
  FACILITY: "FISCAL",
  TRAINING: "FISCAL",
};

/** The source of money stays the same from line to transaction. */
export function fundSourceOf({ purpose }: Pick<Line, "purpose">): string {
  return SOURCES[purpose];
}

export function fiscalCode(place: Place, { number }: Line): string {
  return `YS${place.code}${String((number % 10) + 1).padStart(2, "0")}`;
}

export function levelOf(place: Place, purpose: Purpose): string {
  return purpose === "SPECIAL_FUND" && streamOf("level", place, 0).chance(0.5) ? "CITY" : "COUNTY";
}

export function holderOf(place: Place, purpose: Purpose): string {
  const kind = purpose === "WORKER_PAY" || purpose === "TRAINING" ? "human-resources" : "civil-affairs";
  return levelOf(place, purpose) === "CITY" ? `${kind}@140100000000` : bureauOf(kind, place);
}

export function* budgetLines(city: City): Generator<Row> {
  for (const place of city.places) for (const line of linesOf(city, place)) yield lineRow(place, line);
}

function lineRow(place: Place, line: Line): Row {
  const { number, year, purpose, approved, adjusted } = line;
  const stream = streamOf("budgetLine", place, number);
  const approvedAt = dayOf(year, 1, 20) + stream.whole(0, 60);
  return row("budgetLine", place, number, {
    fiscalCode: fiscalCode(place, line),
    year,
    name: `${place.shortName}${NAMES[purpose]}（合成）`,
    level: levelOf(place, purpose),
    purpose,
    fundSource: fundSourceOf(line),
    specialFund: purpose === "SPECIAL_FUND",
    approvedAmount: yuan(approved),
    adjustedAmount: adjusted === undefined ? undefined : yuan(adjusted),
    approvedAt: dayText(approvedAt),
    documentNo: `合成财预〔${year}〕${stream.whole(1, 400)}号`,
    departmentCode: holderOf(place, purpose),
    plannedBy: dayText(dayOf(year, 12, 10)),
    disclosedAt: stream.chance(place.profile.openness) ? past(approvedAt + stream.whole(1, 20)) : undefined,
  });
}

export function* allocations(city: City): Generator<Row> {
  for (const place of city.places)
    for (const line of linesOf(city, place))
      for (const allocation of line.allocations) yield allocationRow(city, place, line, allocation);
}

const KINDS: Readonly<Record<Purpose, string>> = {
  OPERATION: "DIRECT",
  WORKER_PAY: "REGULAR",
  SERVICE_PURCHASE: "PURCHASE",
  SPECIAL_FUND: "SPECIAL",
  FACILITY: "REGULAR",
  TRAINING: "REGULAR",
};

function allocationRow(city: City, place: Place, line: Line, allocation: Allocation): Row {
  const { number, cents, planned, paid } = allocation;
  const direct = line.purpose === "OPERATION" && hasCommittee(place);
  return row("allocation", place, number, {
    allocationNo: `BF${place.code}${String(number).padStart(4, "0")}`,
    budgetLineId: line.id,
    year: line.year,
    kind: direct || line.purpose !== "OPERATION" ? KINDS[line.purpose] : "REGULAR",
    fundSource: fundSourceOf(line),
    amount: yuan(cents),
    plannedAt: dayText(planned),
    paidAt: paid === undefined ? undefined : dayText(paid),
    ...payee(city, place, line, direct),
    purpose: NAMES[line.purpose],
    documentNo: `合成拨付〔${line.year}〕${(number % 900) + 1}号`,
  });
}

/** Directly to the committee, to whoever carries a contract out, or to the street. */
function payee(city: City, place: Place, line: Line, direct: boolean): Row {
  if (direct) return { payeeKind: "COMMITTEE", payeeCreditCode: committeeCode(place) };
  const contract = contractsOf(city, place).find((one) => one.line.number === line.number);
  if (contract?.organization)
    return { payeeKind: "SOCIAL_ORGANIZATION", payeeCreditCode: contract.organization.creditCode };
  if (contract) return { payeeKind: "ENTERPRISE", payeeCreditCode: contract.supplier.creditCode };
  return { payeeKind: "STREET" };
}
