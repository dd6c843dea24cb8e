// What a hub is started with, in the order in which it must be there.
import type { Pool } from "pg";
import { catalogue } from "../src/datasets";
import { seedDepartments } from "./departments";
import { seedRights } from "./rights";

export { DEMO_GRANTS } from "./demo-grants";
export { departmentSeeds, seedDepartments } from "./departments";
export { PURPOSES } from "./purposes";
export { STANDING_RIGHTS, seedRights, stewardshipSeeds } from "./rights";

export interface SeedOptions {
  /** Also the invented grants of the demo. */
  readonly demo: boolean;
}

/** Rights and departments: without them nobody can ask. Runs at every start and adds only what is missing. */
export async function seedBase(pool: Pool, options: SeedOptions): Promise<void> {
  await seedRights(pool, catalogue, options);
  await seedDepartments(pool, catalogue);
}
