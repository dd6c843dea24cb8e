/** What the rights desk's doors are given about the request they serve. */
import type { Decisions } from "../../access";
import type { Catalogue } from "../../declare";
import type { Identity } from "../../identity";
import type { CorrectionContext } from "../corrections";

interface Logged {
  readonly at: string;
  readonly department: string;
  readonly purpose: string | null;
}

export interface DeskContext extends CorrectionContext {
  readonly decisions: Pick<Decisions, "decide">;
  /** The access log, as this identity may read it. */
  readonly accessLog: {
    read(
      identity: Identity,
      filter: { readonly dataset: string },
      page: { readonly first: number },
      row: { readonly id: string; readonly catalogue: Catalogue; readonly ask: CorrectionContext["ask"] },
    ): Promise<{ readonly nodes: readonly Logged[] }>;
  };
}
