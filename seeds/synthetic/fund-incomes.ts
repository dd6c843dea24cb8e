// Incomes of communities: each donation of money, and in villages what they earn by what they own together.
import { type Day, dayOf, dayText, TODAY, YEARS } from "./calendar";
import type { City } from "./city";
import { type Donation, donationsOf } from "./donations";
import { transactionRow } from "./fund-transaction-row";
import type { Place } from "./place";
import { type Row, streamOf } from "./row";

const INCOME_FROM_DONATION = 90_000;
const INCOME_OF_COLLECTIVE = 95_000;

function moneyDonations(city: City, place: Place): Donation[] {
  return donationsOf(city, place).filter(({ kind }) => kind === "MONEY");
}

export function incomeCount(city: City, place: Place): number {
  return moneyDonations(city, place).length + collective(place).length;
}

/** Villages earn by what they own together. */
function collective(place: Place): readonly number[] {
  return place.kind === "VILLAGERS" ? YEARS : [];
}

export function* incomesOf(city: City, place: Place): Generator<Row> {
  for (const { number, id, cents, received } of moneyDonations(city, place)) {
    const values = { donationId: id, fundSource: "DONATION", category: "DONATION_INCOME" };
    yield incomeRow(place, INCOME_FROM_DONATION + number, received, cents, values);
  }
  for (const year of collective(place)) {
    const stream = streamOf("collective", place, year);
    const values = { fundSource: "COLLECTIVE", category: "OTHER_INCOME" };
    const day = Math.min(dayOf(year, 3) + stream.whole(0, 230), TODAY);
    const cents = Math.round(stream.longTail(60_000, 0.8)) * 100;
    yield incomeRow(place, INCOME_OF_COLLECTIVE + year - YEARS[0], day, cents, values);
  }
}

function incomeRow(place: Place, number: number, day: Day, cents: number, values: Row): Row {
  const stream = streamOf("fundTransaction", place, number);
  return transactionRow(place, number, day, cents, stream, {
    ...values,
    year: Number(dayText(day).slice(0, 4)),
    direction: "INCOME",
    summary: "收入（合成）",
  });
}
