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
    const { rows } = await pool.query<{ form: string }>(
      `SELECT sought.form FROM unnest($1::text[]) AS sought(form) WHERE EXISTS (
         SELECT FROM ${name} of_all WHERE strpos(of_all::text, sought.form) > 0 OR strpos(to_jsonb(of_all)::text, sought.form) > 0)`,
      [[...forms.keys()]],
    );
    found.push(...rows.map(({ form }) => `${name}: ${forms.get(form)}`));
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
    for (const { dataset, field } of sealed)
      forms.set(cipher.hash(dataset.name, field.name, word).toString("hex"), word);
  }
  return forms;
}
