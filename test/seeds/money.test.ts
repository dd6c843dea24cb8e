// Money adds up in the synthetic city: nothing is spent that was not allocated, nothing allocated that was not approved.
import { readDivisions } from "../../seeds/data";
import { cityOf, MAKERS, type Row } from "../../seeds/synthetic";

const city = cityOf("test", readDivisions());
const rowsOf = (name: string) => [...(MAKERS.get(name)?.(city) ?? [])];
const cents = (amount: unknown) => Math.round(Number(amount) * 100);
const sum = (rows: readonly Row[]) => rows.reduce((total, { amount }) => total + cents(amount), 0);

function by(rows: readonly Row[], field: string): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[field]);
    if (group) group.push(row);
    else groups.set(row[field], [row]);
  }
  return groups;
}

const lines = rowsOf("budgetLine");
const allocations = rowsOf("allocation");
const transactions = rowsOf("fundTransaction");
const expenses = transactions.filter(({ direction }) => direction === "EXPENSE");

test("allocations of a line are within what was approved and adjusted, in the line's year and source", () => {
  const groups = by(allocations, "budgetLineId");
  expect(groups.size).toBe(lines.length);
  for (const line of lines) {
    const group = groups.get(line.id) ?? [];
    const granted = Math.min(cents(line.approvedAmount), cents(line.adjustedAmount ?? line.approvedAmount));
    expect(sum(group)).toBeLessThanOrEqual(granted);
    expect(sum(group)).toBeGreaterThan(granted * 0.85);
    expect(
      new Set(group.map(({ year, fundSource, territory }) => [year, fundSource, territory].join())),
    ).toEqual(new Set([[line.year, line.fundSource, line.territory].join()]));
  }
});

test("expenses of an allocation are within it and after its payment; what is not paid is not spent", () => {
  const groups = by(expenses, "allocationId");
  expect(groups.size).toBeGreaterThan(200);
  for (const allocation of allocations) {
    const group = groups.get(allocation.id) ?? [];
    expect(sum(group)).toBeLessThanOrEqual(cents(allocation.amount));
    if (!allocation.paidAt) expect(group).toEqual([]);
    for (const { occurredAt, budgetLineId, year } of group) {
      expect(String(occurredAt) >= String(allocation.paidAt)).toBe(true);
      expect([budgetLineId, year]).toEqual([allocation.budgetLineId, allocation.year]);
    }
  }
});

test("by year, expenses ≤ allocations ≤ approved, from 2021 to 2026", () => {
  const approved = by(lines, "year");
  expect([...approved.keys()].sort()).toEqual([2021, 2022, 2023, 2024, 2025, 2026]);
  for (const [year, group] of approved) {
    const granted = group.reduce((total, { approvedAmount }) => total + cents(approvedAmount), 0);
    const allocated = sum(by(allocations, "year").get(year) ?? []);
    const spent = sum(by(expenses, "year").get(year) ?? []);
    expect(allocated).toBeLessThanOrEqual(granted);
    expect(spent).toBeLessThanOrEqual(allocated);
    expect(spent).toBeGreaterThan(granted * 0.3);
  }
});

test("contracts are within their lines, and what is paid under them is within the contracts", () => {
  const contracts = rowsOf("purchaseContract");
  const paid = by(expenses, "contractId");
  expect(contracts.length).toBeGreaterThan(20);
  for (const contract of contracts) {
    const line = lines.find(({ id }) => id === contract.budgetLineId);
    expect(line).toMatchObject({ purpose: "SERVICE_PURCHASE", year: contract.year });
    expect(cents(contract.amount)).toBeLessThanOrEqual(cents(line?.approvedAmount));
    expect(sum(paid.get(contract.id) ?? [])).toBeLessThanOrEqual(cents(contract.amount));
  }
});

test("each donation of money is an income of the same amount; other incomes are of no allocation", () => {
  const given = rowsOf("donation").filter(({ kind }) => kind === "MONEY");
  const received = transactions.filter(({ donationId }) => donationId !== undefined);
  const pairs = (rows: readonly Row[], id: string) => rows.map((row) => `${row[id]} ${row.amount}`).sort();
  expect(pairs(received, "donationId")).toEqual(pairs(given, "id"));
  for (const income of transactions.filter(({ direction }) => direction === "INCOME"))
    expect(income.allocationId).toBeUndefined();
});

test("audits speak of special funds of past years, and question no more than was paid", () => {
  for (const audit of rowsOf("fundAudit")) {
    const line = lines.find(({ id }) => id === audit.budgetLineId);
    expect(line).toMatchObject({ specialFund: true, year: audit.year, level: audit.level });
    const paid = allocations.filter(({ budgetLineId, paidAt }) => budgetLineId === line?.id && paidAt);
    expect(cents(audit.amountAudited)).toBe(sum(paid));
  }
});
