// Words for tests of the catalogue: what a department proposes, who takes which step, on which day.
import type { Duty } from "../../src/identity";
import type { Asking, TestHub } from "../setup/hub";

export const CITY = "140100000000";
export const CIVIL_AFFAIRS = `civil-affairs@${CITY}`;
export const XIAODIAN_CIVIL_AFFAIRS = "civil-affairs@140105000000";
export const FINANCE = `finance@${CITY}`;
export const BIG_DATA = `big-data@${CITY}`;

export const SHOWN = `id dataset provider authority state due overdue number publishedAt acts
  deadline { act workingDays extensionDays extended article calendarKnown }
  differences { code field zh } content { responsible { name } conditions { code zh fields } }
  transitions { seq act to party duty actor department reason deadlineRule due }`;

export const ENTRY = {
  responsible: { name: "张三（虚构）", post: "基层政权科（虚构）", contact: "办公室" },
  secrecyAssessment: { by: "李四（虚构）", on: "2026-02-20", conclusion: "不涉密" },
  personalAssessment: { by: "王五（虚构）", on: "2026-02-21", conclusion: "含个人信息，已脱敏" },
  frequency: "WEEKLY",
  ways: ["SERVICE", "FILE"],
  conditions: [
    { code: "SCOPE", zh: "仅限本市各部门" },
    { code: "PURPOSE", zh: "仅限志愿服务组织和应急" },
  ],
  closures: [{ reason: "仅用于实名核验", law: "个人信息保护法 第二十八条" }],
};

const PROPOSE = `mutation ($dataset: String!, $entry: CatalogueEntryInput!) {
  proposeCatalogueEntry(dataset: $dataset, entry: $entry) { ${SHOWN} } }`;
const REVIEW = `mutation ($id: String!, $act: CatalogueReviewAct!, $reason: String) {
  reviewCatalogueEntry(id: $id, act: $act, reason: $reason) { ${SHOWN} } }`;

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
type Shown = any;

export function catalogueOn(hub: TestHub) {
  const asked = (query: string, as: string, duty: Duty, variables: object): Promise<Shown> =>
    hub.ask(query, as, { duties: [duty], variables });
  const done = async (answer: Promise<Shown>): Promise<Shown> => {
    const { data, errors } = await answer;
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  };
  const propose = (entry: object = {}, as = CIVIL_AFFAIRS, duty: Duty = "steward", dataset = "volunteer") =>
    asked(PROPOSE, as, duty, { dataset, entry: { ...ENTRY, ...entry } });
  const review = (id: string, act: string, as: string, duty: Duty, reason?: string) =>
    asked(REVIEW, as, duty, { id, act, reason });
  return {
    propose,
    review,
    proposed: (entry?: object, dataset?: string): Promise<Shown> =>
      done(propose(entry, CIVIL_AFFAIRS, "steward", dataset)),
    approve: (id: string): Promise<Shown> => done(review(id, "APPROVE", CIVIL_AFFAIRS, "approve")),
    publish: (id: string): Promise<Shown> => done(review(id, "PUBLISH", BIG_DATA, "decide")),
    taken: (id: string, act: string, as: string, duty: Duty, reason?: string): Promise<Shown> =>
      done(review(id, act, as, duty, reason)),
    refusal: async (answer: Promise<Shown>): Promise<Shown> => (await answer).errors?.[0]?.extensions,
    seen: async (id: string, as: string, asking: Asking = {}): Promise<Shown> =>
      (
        await hub.data(`query ($id: String!) { catalogueUpdate(id: $id) { ${SHOWN} } }`, as, {
          ...asking,
          variables: { id },
        })
      ).catalogueUpdate,
    entry: async (dataset: string, fields: string, as = FINANCE, asking: Asking = {}): Promise<Shown> =>
      (await hub.data(`{ catalogueEntry(dataset: "${dataset}") { ${fields} } }`, as, asking)).catalogueEntry,
    list: async (as: string, duties: Duty[], args: string): Promise<Shown> =>
      (await hub.data(`{ catalogueUpdates(${args}) { totalCount nodes { dataset state } } }`, as, { duties }))
        .catalogueUpdates,
  };
}
