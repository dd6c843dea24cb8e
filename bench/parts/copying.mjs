// A million rows out and in by PostgreSQL's own COPY, over the same driver: what `\copy` does.
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

/** Columns of a transaction that both the export and the import take, by field name. */
export const COLUMNS = {
  transactionNo: "transaction_no",
  territory: "territory",
  year: "year",
  direction: "direction",
  fundSource: "fund_source",
  category: "category",
  occurredAt: "occurred_at",
  amount: "amount",
  paymentMethod: "payment_method",
  summary: "summary",
  voucherNo: "voucher_no",
};

/** Writes a CSV file with a header; `where` may narrow it, `prefix` makes the keys those of new rows. */
export async function copyOut(url, file, { where = "true", prefix = "" } = {}) {
  const selected = Object.entries(COLUMNS).map(([field, column]) =>
    field === "transactionNo" ? `'${prefix}' || ${column} AS "${field}"` : `${column} AS "${field}"`,
  );
  return withClient(url, (client) => {
    const text = `COPY (SELECT ${selected.join(", ")} FROM fund_transaction WHERE ${where}) TO STDOUT WITH (FORMAT csv, HEADER)`;
    return pipeline(client.query(copyTo(text)), createWriteStream(file));
  });
}

/** The same table with all its indexes and constraints, for the rows to be copied into. */
export async function copyIn(url, file) {
  const names = Object.values(COLUMNS).join(", ");
  return withClient(url, async (client) => {
    await client.query("CREATE TABLE copied (LIKE fund_transaction INCLUDING ALL)");
    await client.query(
      "ALTER TABLE copied ALTER id SET DEFAULT gen_random_uuid(), ALTER created_by SET DEFAULT 'copy', ALTER changed_by SET DEFAULT 'copy'",
    );
    const text = `COPY copied (${names}) FROM STDIN WITH (FORMAT csv, HEADER)`;
    const begin = performance.now();
    await pipeline(createReadStream(file), client.query(copyFrom(text)));
    return (performance.now() - begin) / 1000;
  });
}

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
