/** Entries of the catalogue as people read them: the declarations, the stewards in force, and what was published beside them. */
import {
  type Catalogue,
  type DatasetEntry,
  type FieldEntry,
  PERSONAL,
  SHARING,
  type Sharing,
} from "../../declare";
import { type Rights, stewardKind } from "../../identity";
import { kindWords } from "../department";
import { type EntryContent, FREQUENCIES } from "./content";
import { criteriaOf } from "./criteria";
import type { CatalogueDataset, CatalogueField, CatalogueProvider, CatalogueUse } from "./entry-types";
import { shownUpdate, shownVersion } from "./shown";
import { closureOf, conditionsOf } from "./stated";
import type { Version } from "./store";
import type { EntryState } from "./updates";

const USES: Record<Sharing, Pick<CatalogueUse, "zh" | "en">> = {
  UNCONDITIONAL: {
    zh: "各部门依法履职即可使用（政务数据共享条例 第十四条）。",
    en: "Every department may use it for its lawful duties.",
  },
  CONDITIONAL: {
    zh: "须申明使用依据、场景、范围和时限，经提供单位同意，只用于所授权的目的（政务数据共享条例 第二十条、第二十五条）。",
    en: "On request that names basis, use, scope and time; for the granted purpose alone.",
  },
  NOT_SHARED: {
    zh: "仅数源部门在本属地使用（政务数据共享条例 第十五条）。",
    en: "For the steward in its own territory alone.",
  },
};

/** A theme class of the national guide to information catalogues. */
const THEME = "社区治理";
const FORMAT = "结构化数据：JSON、CSV、NDJSON";

/** What the hub's doors offer where nothing else was published. */
const WAYS = ["SERVICE", "FILE"];

/** Makes entries under the rights in force: the provider is the steward of today. */
export function catalogueEntries(
  catalogue: Catalogue,
  rights: Rights,
  states: ReadonlyMap<string, EntryState>,
): (entry: DatasetEntry) => CatalogueDataset {
  const stewardOf = stewards(catalogue, rights);
  return (entry) => {
    const { name, plural, zh: title, en, article, lawfulBasis, rowsOpen, from, linked } = entry;
    const { version, unpublished = [], update } = states.get(name) ?? {};
    const content = version?.content.entry;
    const fields = entry.fields.map((f) => fieldEntry(f, stewardOf(entry, f), !from, version));
    const classes = SHARING.filter((c) => !from && entry.fields.some((f) => !f.key && f.sharing === c));
    return {
      ...{ name, plural, title, en, article, lawfulBasis, rowsOpen, from, linked, fields, unpublished },
      provider: stewardOf(entry),
      format: FORMAT,
      update: content ? FREQUENCIES[content.frequency] : entry.update,
      classes,
      ways: [...(content?.ways ?? WAYS)],
      conditions: classes.map((c) => useOf(c, content)),
      grading: { theme: THEME, personal: highest(entry), protected: entry.protected },
      businessKey: [...entry.key],
      links: entry.links.map((link) => ({ ...link })),
      version: version && shownVersion(version),
      openUpdate: update && shownUpdate(update),
    };
  };
}

/** What holds for every field of the class that has nothing of its own. */
function useOf(sharing: Sharing, content: EntryContent | undefined): CatalogueUse {
  const common = (content?.conditions ?? []).filter(({ fields }) => fields.length === 0);
  return {
    class: sharing,
    ...USES[sharing],
    criteria: criteriaOf(sharing, [common]),
    closures: sharing === "NOT_SHARED" ? (content?.closures ?? []) : [],
  };
}

function fieldEntry(
  field: FieldEntry,
  steward: CatalogueProvider,
  classed: boolean,
  version: Version | undefined,
): CatalogueField {
  const { sharing, stricter, enum: words, ...rest } = field;
  const asked = classed && !field.key;
  return {
    ...rest,
    class: classed ? sharing : undefined,
    steward,
    values: Object.entries(words?.values ?? {}).map(([name, zh]) => ({ name, zh })),
    stricter: stricter && { code: stricter.code, zh: stricter.zh, en: stricter.en, class: stricter.sharing },
    criteria: asked ? criteriaOf(sharing, [conditionsOf(version, field.name)]) : [],
    closure: asked && sharing === "NOT_SHARED" ? closureOf(version, field.name) : undefined,
  };
}

function highest({ fields }: DatasetEntry): string {
  return PERSONAL.findLast((p) => fields.some((f) => f.personal === p)) ?? "NONE";
}

/** The steward in force, of a field where it has its own; a report's is that of the rows it is about. */
function stewards(
  catalogue: Catalogue,
  rights: Rights,
): (entry: DatasetEntry, field?: FieldEntry) => CatalogueProvider {
  const now = new Date();
  return (entry, field) => {
    const rows = entry.from ? catalogue.dataset(entry.from) : entry;
    const kind = stewardKind(rights, rows.name, field?.name, now) ?? rows.steward;
    return { kind, zh: kindWords(catalogue, kind) };
  };
}
