// What a department may see of a dataset, reckoned from the access matrix: the highest level of each field, and where.
import { LEVEL_ORDER, type Level } from "./words";

export interface HeldLevel {
  level: Level;
  territory: string;
  name: string;
  condition: string | null;
}

export interface MatrixRow {
  dataset: string;
  field: string;
  zh: string;
  levels: HeldLevel[];
}

export interface Sight {
  dataset: string;
  fields: number;
  /** How many fields are open at this level at most. */
  counts: Record<Level, number>;
  best: Level;
  /** Some field is open in some territories only, or in some rows. */
  partly: boolean;
}

const rank = (level: Level) => LEVEL_ORDER.indexOf(level);

export function bestOf(levels: readonly HeldLevel[]): Level {
  return levels.reduce<Level>((best, { level }) => (rank(level) > rank(best) ? level : best), "NONE");
}

/** Of several territories or conditions, one is less open than another. */
export function differs(levels: readonly HeldLevel[]): boolean {
  return new Set(levels.map(({ level }) => level)).size > 1;
}

export function sightsOf(rows: readonly MatrixRow[]): Sight[] {
  const sights = new Map<string, Sight>();
  for (const { dataset, levels } of rows) {
    const sight = sights.get(dataset) ?? {
      dataset,
      fields: 0,
      counts: { NONE: 0, AGGREGATE: 0, MASKED: 0, FULL: 0 },
      best: "NONE",
      partly: false,
    };
    const best = bestOf(levels);
    sight.fields += 1;
    sight.counts[best] += 1;
    if (rank(best) > rank(sight.best)) sight.best = best;
    sight.partly ||= differs(levels);
    sights.set(dataset, sight);
  }
  return [...sights.values()];
}
