/** Entries of the catalogue as people read them, made from the declarations and the stewards in force. */
import {
  type Catalogue,
  type DatasetEntry,
  type FieldEntry,
  PERSONAL,
  SHARING,
  type Sharing,
} from "../declare";
import { inForce, type Rights } from "../identity";
import type { CatalogueDataset, CatalogueField, CatalogueProvider, CatalogueUse } from "./catalogue-types";
import { criteriaOf } from "./criteria";
import { kindWords } from "./department";

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

/** Makes entries under the rights in force: the provider is the steward of today. */
export function catalogueEntries(
  catalogue: Catalogue,
  rights: Rights,
): (entry: DatasetEntry) => CatalogueDataset {
  const stewardOf = stewards(catalogue, rights);
  return (entry) => {
    const { name, plural, zh: title, en, article, update, lawfulBasis, rowsOpen, from, linked } = entry;
    const fields = entry.fields.map((f) => fieldEntry(f, stewardOf(entry, f), !from));
    const classes = SHARING.filter((c) => !from && entry.fields.some((f) => !f.key && f.sharing === c));
    return {
      ...{ name, plural, title, en, article, update, lawfulBasis, rowsOpen, from, linked, fields },
      provider: stewardOf(entry),
      format: FORMAT,
      classes,
      ways: ["SERVICE", "FILE"],
      conditions: classes.map((c) => ({ class: c, ...USES[c], criteria: criteriaOf(c) })),
      grading: { theme: THEME, personal: highest(entry), protected: entry.protected },
      businessKey: [...entry.key],
      links: entry.links.map((link) => ({ ...link })),
    };
  };
}

function fieldEntry(field: FieldEntry, steward: CatalogueProvider, classed: boolean): CatalogueField {
  const { sharing, stricter, enum: words, ...rest } = field;
  return {
    ...rest,
    class: classed ? sharing : undefined,
    steward,
    values: Object.entries(words?.values ?? {}).map(([name, zh]) => ({ name, zh })),
    stricter: stricter && { code: stricter.code, zh: stricter.zh, en: stricter.en, class: stricter.sharing },
  };
}

function highest({ fields }: DatasetEntry): string {
  return PERSONAL.findLast((p) => fields.some((f) => f.personal === p)) ?? "NONE";
}

/** The steward in force, of a field where it has its own; a report's is that of the rows it is about. */
function stewards(
  catalogue: Catalogue,
  { stewardships }: Rights,
): (entry: DatasetEntry, field?: FieldEntry) => CatalogueProvider {
  const now = new Date();
  const kinds = new Map(
    stewardships.filter((s) => inForce(s, now)).map((s) => [`${s.dataset}.${s.field ?? ""}`, s.kind]),
  );
  return (entry, field) => {
    const rows = entry.from ? catalogue.dataset(entry.from) : entry;
    const kind = kinds.get(`${rows.name}.${field?.name ?? ""}`) ?? kinds.get(`${rows.name}.`) ?? rows.steward;
    return { kind, zh: kindWords(catalogue, kind) };
  };
}
