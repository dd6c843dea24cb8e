/** Supervision as one thing to the doors: how sharing was performed, as far as an identity sees it. */
import type { Identity } from "../../identity";
import { type Performance, readPerformance, type SupervisionParts } from "./performance";
import type { Period } from "./period";
import { sightOf } from "./sight";

export interface Supervision {
  performance(asker: Identity, period: Period, territory?: string | null): Promise<Performance>;
}

export function createSupervision(parts: SupervisionParts): Supervision {
  return {
    performance: async (asker, period, territory) =>
      readPerformance(parts, period, sightOf(asker, territory)),
  };
}
