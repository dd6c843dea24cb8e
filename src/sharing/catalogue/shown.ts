/** Updates and versions in the shape in which the doors give them away. */
import type { EntryContent } from "./content";
import { differencesOf } from "./differences";
import type { Version } from "./store";
import type { CatalogueApproval, CatalogueContent, CatalogueUpdate, CatalogueVersion } from "./update-types";
import type { SeenUpdate } from "./updates";

export function shownContent({ secrecy, personal, ...content }: EntryContent): CatalogueContent {
  return { ...content, secrecyAssessment: secrecy, personalAssessment: personal };
}

export function shownUpdate({ content, ...update }: SeenUpdate): CatalogueUpdate {
  return { ...update, content: content.entry && shownContent(content.entry) };
}

/** Beside the version before it, if that is given. */
export function shownVersion(version: Version, before?: Version): CatalogueVersion {
  const { number, publishedAt, provider, content, transitions } = version;
  const last = (act: string): CatalogueApproval => {
    const step = transitions.findLast((t) => t.act === act);
    if (!step) throw new Error(`version ${number} of ${version.dataset} was published without ${act}`);
    return { actor: step.actor, department: step.department, at: step.at };
  };
  return {
    ...{ number, publishedAt, provider },
    content: shownContent(content.entry),
    approved: last("APPROVE"),
    published: last("PUBLISH"),
    differences: before ? differencesOf(before.content.declaration, content.declaration) : [],
  };
}
