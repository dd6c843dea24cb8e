// What incomes and expenses have in common as rows: number, day, payment, voucher, disclosure.
import { type Day, dayText, TODAY } from "./calendar";
import type { Place } from "./place";
import { type Row, row, yuan } from "./row";
import type { Stream } from "./stream";

export function transactionRow(
  place: Place,
  number: number,
  day: Day,
  cents: number,
  stream: Stream,
  values: Row,
): Row {
  const disclosed = stream.chance(place.profile.openness);
  const disclosedAt = Math.min(day + stream.whole(3, 90), TODAY);
  return row("fundTransaction", place, number, {
    transactionNo: `LS${place.code}${String(number).padStart(6, "0")}`,
    occurredAt: dayText(day),
    amount: yuan(cents),
    paymentMethod: stream.weighted({ TREASURY: 0.5, TRANSFER: 0.4, OFFICIAL_CARD: 0.08, CASH: 0.02 }),
    voucherNo: `PZ${dayText(day).slice(0, 7).replace("-", "")}-${stream.digits(4)}`,
    disclosed,
    disclosedAt: disclosed ? dayText(disclosedAt) : undefined,
    ...values,
  });
}
