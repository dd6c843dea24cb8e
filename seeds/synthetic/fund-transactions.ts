// Fund transactions: the incomes and expenses of each community, as many as the scale asks for.
import { apportion, type City } from "./city";
import { expensesOf } from "./fund-expenses";
import { incomeCount, incomesOf } from "./fund-incomes";
import type { Row } from "./row";

export function* fundTransactions(city: City): Generator<Row> {
  const sizes = sizesOf(city);
  for (const [at, place] of city.places.entries()) {
    yield* incomesOf(city, place);
    yield* expensesOf(city, place, sizes[at]);
  }
}

/** Expenses of each community, where their total is set: what is left of it after the incomes. */
function sizesOf(city: City): readonly number[] {
  const { transactions } = city.money;
  if (!("total" in transactions)) return [];
  const incomes = city.places.reduce((sum, place) => sum + incomeCount(city, place), 0);
  const mean = city.places.reduce((sum, { households }) => sum + households, 0) / city.places.length;
  return apportion(
    transactions.total - incomes,
    city.places.map(({ households }) => mean + households),
  );
}
