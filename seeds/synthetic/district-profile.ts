// How districts differ in the synthetic city: invented characters, so that comparisons between districts show something.

export interface DistrictProfile {
  /** How many more people live in its communities than in the mean one. */
  readonly crowd: number;
  /** Square kilometres of a community, by order of magnitude. */
  readonly room: number;
  /** Around where its communities are strewn: invented places near the city's middle, in degrees. */
  readonly longitude: number;
  readonly latitude: number;
  readonly spread: number;
  /** From 0 to 1: how well facilities are built, money is paid on time, accounts are disclosed, people consent. */
  readonly building: number;
  readonly punctuality: number;
  readonly openness: number;
  readonly trust: number;
}

const columns = [
  "crowd",
  "room",
  "longitude",
  "latitude",
  "spread",
  "building",
  "punctuality",
  "openness",
  "trust",
] as const;

// biome-ignore format: a table, a district a line
const TABLE: Readonly<Record<string, readonly number[]>> = {
  //       crowd room  longitude latitude spread building punctuality openness trust
  "140105": [1.5, 1.9, 112.56, 37.74, 0.06, 0.80, 0.90, 0.95, 0.86],
  "140106": [1.0, 1.0, 112.62, 37.86, 0.04, 0.72, 0.85, 0.90, 0.82],
  "140107": [1.1, 1.2, 112.59, 37.90, 0.05, 0.68, 0.80, 0.92, 0.80],
  "140108": [0.9, 2.1, 112.48, 37.95, 0.06, 0.62, 0.74, 0.85, 0.78],
  "140109": [1.2, 2.2, 112.47, 37.87, 0.06, 0.70, 0.82, 0.90, 0.84],
  "140110": [0.8, 2.6, 112.47, 37.72, 0.06, 0.66, 0.78, 0.86, 0.81],
  "140121": [0.9, 3.8, 112.35, 37.60, 0.08, 0.55, 0.70, 0.80, 0.76],
  "140122": [0.5, 17, 112.68, 38.08, 0.14, 0.42, 0.62, 0.72, 0.70],
  "140123": [0.4, 11, 111.80, 38.06, 0.12, 0.36, 0.55, 0.68, 0.66],
  "140171": [1.3, 2.0, 112.52, 37.80, 0.08, 0.88, 0.93, 0.96, 0.88],
  "140181": [0.6, 9.5, 112.17, 37.91, 0.10, 0.48, 0.66, 0.75, 0.72],
};

/** The profile of a district by its code; a district without one has the middle of all. */
export function profileOf(district: string): DistrictProfile {
  const values = TABLE[district.slice(0, 6)] ?? [1, 2, 112.55, 37.87, 0.05, 0.6, 0.75, 0.85, 0.78];
  return Object.fromEntries(columns.map((name, i) => [name, values[i]])) as unknown as DistrictProfile;
}
