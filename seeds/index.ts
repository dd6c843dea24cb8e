// What a hub is started with, in the order in which it must be there.
import type { Pool } from "pg";
import { catalogue } from "../src/datasets";
import { seedCatalogue } from "./catalogue";
import { seedDeadlines } from "./deadlines";
import { seedDepartments } from "./departments";
import { seedDivisions } from "./divisions";
import { seedRights } from "./rights";

export { seedCatalogue } from "./catalogue";
export { DEADLINES } from "./deadlines";
export { DEMO_GRANTS } from "./demo-grants";
export { departmentSeeds, seedDepartments } from "./departments";
export { seedDivisions } from "./divisions";
export { PURPOSES } from "./purposes";
export { STANDING_RIGHTS, seedRights, stewardshipSeeds } from "./rights";
export { type CitySeed, type Progress, SEEDER, seedCity } from "./seed-city";
export { SCALES, type Scale } from "./synthetic";

export interface SeedOptions {
  /** Also the invented grants and published entries of the demo. */
  readonly demo: boolean;
}

/** Rights, deadlines, divisions and departments: without them nobody can ask. Runs at every start and adds only what is missing. */
export async function seedBase(pool: Pool, options: SeedOptions): Promise<void> {
  await seedRights(pool, catalogue, options);
  await seedDeadlines(pool);
  await seedDivisions(pool, catalogue);
  await seedDepartments(pool, catalogue);
  if (options.demo) await seedCatalogue(pool, catalogue);
}
