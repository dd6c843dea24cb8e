/** Looks through every column of every table for words that must be nowhere: plain, as bytes, or sealed by the hub's key. */
import type { Pool } from "pg";
import { catalogue } from "../../src/datasets";
import type { Cipher } from "../../src/declare/cipher";

/** Where a word is found: `table: word`. Sealed values of datasets are opened, their keyed hashes and masks compared. */
export async function tracesOf(pool: Pool, cipher: Cipher, words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const forms = formsOf(cipher, words);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`SELECT of_all::text AS row FROM ${name} of_all`);
    const text = rows.map(({ row }) => row).join("\n");
    const hit = new Set([...forms].filter(([form]) => text.includes(form)).map(([, word]) => word));
    found.push(...[...hit].map((word) => `${name}: ${word}`));
  }
  return found;
}

/** Every form in which a word may lie at rest. */
function formsOf(cipher: Cipher, words: readonly string[]): Map<string, string> {
  const forms = new Map<string, string>();
  const sealed = catalogue.kept.flatMap((dataset) =>
    dataset.fields.filter((f) => f.encrypted && f.mask).map((field) => ({ dataset, field })),
  );
  for (const word of words) {
    for (const form of [
      word,
      Buffer.from(word).toString("hex"),
      Buffer.from(word).toString("base64").slice(0, -4),
    ])
      if (form.length > 1) forms.set(form, word);
    // Numbers alone are sealed.
    for (const { dataset, field } of /^\d{10,17}[\dX]$/.test(word) ? sealed : [])
      forms.set(cipher.hash(dataset.name, field.name, word).toString("hex"), word);
  }
  return forms;
}
