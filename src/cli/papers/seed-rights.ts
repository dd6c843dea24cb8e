/** The rights that a hub starts with, as plain data at a fixed instant: what the papers are decided under. */
import { DEMO_GRANTS, STANDING_RIGHTS, stewardshipSeeds } from "../../../seeds";
import type { Catalogue } from "../../declare";
import type { Rights } from "../../identity";

/** Within the dates of the seeds' rights, so that the papers do not change by themselves. */
export const AT = new Date("2026-06-01T00:00:00+08:00");
const FROM = "2025-08-01T00:00:00+08:00";

export function seedRights(catalogue: Catalogue): Rights {
  return {
    epoch: 1,
    stewardships: stewardshipSeeds(catalogue).map((seed) => ({
      ...seed,
      id: `steward ${seed.dataset}${seed.field ? `.${seed.field}` : ""}`,
      from: FROM,
    })),
    standings: STANDING_RIGHTS.map((seed) => ({ ...seed, id: `${seed.kind} ${seed.over}`, from: FROM })),
    grants: DEMO_GRANTS.map((seed, i) => ({ ...seed, id: `grant ${i + 1}` })),
  };
}
