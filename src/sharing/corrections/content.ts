/** What corrections say of values, for those who read the field in full at that row now; asked for many at a time. */
import DataLoader from "dataloader";
import type { Catalogue } from "../../declare";
import type { CorrectionContent } from "./correction-types";
import type { SeenCorrection } from "./corrections";
import { type CorrectionContext, type SeenField, seenFields } from "./seeing";
import { spelled } from "./values";

type Loader = DataLoader<SeenCorrection, SeenField | undefined>;

/** One for each request that is served. */
const loaders = new WeakMap<object, Loader>();

/** Null where the field is less than FULL for this reader in that row, or the row is out of reach. */
export async function contentOf(
  context: CorrectionContext,
  correction: SeenCorrection,
): Promise<CorrectionContent | null> {
  const { corrections, reader } = context.sharing;
  const loader = loaders.get(context) ?? createLoader(context, reader.parts.catalogue);
  loaders.set(context, loader);
  const field = await loader.load(correction);
  const { stored, declared } = correction;
  if (!field || !declared) return null;
  return {
    found: corrections.open(stored, "found"),
    proposed: corrections.open(stored, "proposed"),
    present: spelled(declared, field.value),
    version: field.version,
    evidence: corrections.open(stored, "evidence") ?? "",
    reason: corrections.open(stored, "reason") ?? "",
    usage: corrections.open(stored, "usage") ?? undefined,
  };
}

/** One question for each dataset and field. Nothing is remembered: what is read again may have changed. */
function createLoader({ ask }: CorrectionContext, catalogue: Catalogue): Loader {
  const placeOf = ({ stored }: SeenCorrection) => `${stored.dataset}.${stored.field}`;
  return new DataLoader(
    async (wanted) => {
      const found = new Map<string, ReadonlyMap<string, SeenField>>();
      for (const place of new Set(wanted.map(placeOf))) {
        const alike = wanted.filter((one) => placeOf(one) === place);
        const { stored, declared } = alike[0] as SeenCorrection;
        const dataset = catalogue.find(stored.dataset);
        if (dataset && declared)
          found.set(
            place,
            await seenFields(
              ask,
              dataset,
              declared,
              alike.map((one) => one.stored.row),
            ),
          );
      }
      return wanted.map((one) => found.get(placeOf(one))?.get(one.stored.row));
    },
    { cache: false },
  );
}
