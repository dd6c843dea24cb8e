// A published entry of the catalogue for every dataset of the demo, by the steps of the law; the persons are invented and say so.
import type { Pool } from "pg";
import { type Catalogue, CITY, type DatasetEntry } from "../src/declare";
import { createRightsStore, type Duty, departmentOf, type Identity } from "../src/identity";
import { classesOf, type EntryContent, FREQUENCIES, type Frequency } from "../src/sharing/catalogue/content";
import { presentOf } from "../src/sharing/catalogue/notice";
import { type CatalogueUpdates, createCatalogueUpdates } from "../src/sharing/catalogue/updates";

/** Three working days of a week in which the regulation was in force; requests of the demo come later. */
const [PROPOSED, APPROVED, PUBLISHED] = ["05", "06", "07"].map(
  (day) => new Date(`2026-01-${day}T10:00:00+08:00`),
) as [Date, Date, Date];

const AUTHORITY = `big-data@${CITY}`;

/** Publishes what has no update at all; whatever people did since is left alone. */
export async function seedCatalogue(pool: Pool, catalogue: Catalogue): Promise<void> {
  const { rows } = await pool.query<{ dataset: string }>("SELECT DISTINCT dataset FROM catalogue_update");
  const known = new Set(rows.map(({ dataset }) => dataset));
  const missing = catalogue.datasets.filter(({ name }) => !known.has(name));
  if (missing.length === 0) return;
  let at = PROPOSED;
  const rights = createRightsStore(pool);
  const updates = createCatalogueUpdates({ catalogue, pool, rights, now: () => at });
  const current = await rights.current();
  for (const entry of missing) {
    at = PROPOSED;
    const { provider } = presentOf(entry, current, at);
    await publish(updates, entry, provider, (then) => {
      at = then;
    });
  }
}

async function publish(
  updates: CatalogueUpdates,
  entry: DatasetEntry,
  provider: string,
  on: (at: Date) => void,
): Promise<void> {
  const { id } = await updates.propose(demo(provider, "steward"), entry.name, contentOf(entry, provider));
  on(APPROVED);
  await updates.review(demo(provider, "approve"), id, "APPROVE");
  on(PUBLISHED);
  await updates.review(demo(AUTHORITY, "decide"), id, "PUBLISH");
}

function demo(code: string, duty: Duty): Identity {
  const department = departmentOf(code);
  if (!department) throw new Error(`${code} is no department code`);
  return { subject: `hub:seed/${duty}`, department, duties: [duty] };
}

/** Words that fit any dataset of the demo; a real hub has a department write its own. */
function contentOf(entry: DatasetEntry, provider: string): EntryContent {
  const declared = entry.fields
    .filter((f) => !f.key)
    .flatMap((f) => classesOf({ class: f.sharing, stricter: f.stricter && { class: f.stricter.sharing } }));
  const personal = entry.fields.some((f) => f.personal === "PERSONAL" || f.personal === "SENSITIVE");
  return {
    responsible: {
      name: "演示人员甲（虚构）",
      post: `${provider} 数据管理岗（演示）`,
      contact: "演示联系方式，非真实号码",
    },
    secrecy: { by: "演示人员乙（虚构）", on: "2025-12-29", conclusion: "演示：未发现涉及国家秘密的数据项" },
    personal: {
      by: "演示人员丙（虚构）",
      on: "2025-12-30",
      conclusion: personal
        ? "演示：含个人信息，按目录的共享属性、脱敏形式和从严条件提供"
        : "演示：不含自然人的个人信息",
    },
    frequency: frequencyOf(entry.update),
    ways: ["SERVICE", "BATCH", "FILE"],
    conditions: declared.includes("CONDITIONAL") ? CONDITIONS : [],
    closures: declared.includes("NOT_SHARED") ? [CLOSURE] : [],
  };
}

const CONDITIONS: EntryContent["conditions"] = [
  {
    code: "BASIS",
    zh: "为本部门依法履职所需",
    en: "the department needs it for its lawful duties",
    fields: [],
  },
  {
    code: "SCOPE",
    zh: "数据项与属地不超出使用所需，只在申请部门内使用",
    en: "no more fields or territory than the use needs, within the requesting department",
    fields: [],
  },
  {
    code: "PURPOSE",
    zh: "用于社区治理工作，与所申明的使用目的相符",
    en: "for the governance of communities, and for the purpose that is named",
    fields: [],
  },
  { code: "SCENARIO", zh: "已申明且具体", en: "named, and specific", fields: [] },
  { code: "TIME", zh: "不超出使用所需", en: "no longer than the use needs", fields: [] },
];

const CLOSURE: EntryContent["closures"][number] = {
  reason: "个人信息或者经办人账号，提供给其他部门并非履职所必需（演示）",
  law: "数据安全法 第三十八条",
  fields: [],
};

function frequencyOf(words: string | undefined): Frequency {
  const found = Object.entries(FREQUENCIES).find(([, zh]) => zh === words);
  return (found?.[0] as Frequency | undefined) ?? "QUARTERLY";
}
