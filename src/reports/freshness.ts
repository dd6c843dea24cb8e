/** On which day each dataset last changed, as the journal of changes tells; of which row, nobody learns here. */
import type { Pool } from "pg";

/** Day of the latest change by the dataset's name; none where the journal holds none. */
export type Changed = ReadonlyMap<string, string>;

const LATEST = `
SELECT d.dataset, to_char(c.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day
  FROM unnest($1::text[]) AS d(dataset)
  CROSS JOIN LATERAL (SELECT at FROM dataset_change WHERE dataset = d.dataset ORDER BY xid DESC, seq DESC LIMIT 1) c`;

export async function latestChanges(
  pool: Pick<Pool, "query">,
  datasets: readonly string[],
): Promise<Changed> {
  const { rows } = await pool.query<{ dataset: string; day: string }>(LATEST, [datasets]);
  return new Map(rows.map(({ dataset, day }) => [dataset, day]));
}
