// Words for tests of the rights desk: who opens a case, who decides it, whom it is about.
import type { Duty } from "../../src/identity";
import type { Asking, TestHub } from "../setup/hub";

export { CITY, HOUSING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";

export const STREET = "street-office@140105001000";

export const SHOWN = `id dataset row territory kind askedBy department departmentName state openedAt acts
  said { verifiedHow reason } transitions { seq act to duty actor department reason rowVersion }`;

const OPEN = `mutation ($id: ID!, $kind: RightsCaseKind!, $askedBy: RightsAsker!, $verifiedHow: String!, $reason: String!) {
  openRightsCase(id: $id, kind: $kind, askedBy: $askedBy, verifiedHow: $verifiedHow, reason: $reason) { ${SHOWN} } }`;
const STEP = `mutation ($id: String!, $act: RightsCaseAct!, $reason: String) {
  decideRightsCase(id: $id, act: $act, reason: $reason) { ${SHOWN} } }`;

export const SAID = { verifiedHow: "核对居民身份证 140105199001011234", reason: "王小明来电要求" };

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
type Shown = any;

export function deskOn(hub: TestHub) {
  const open = (draft: object, as: string, duties: Duty[] = ["steward"]): Promise<Shown> =>
    hub.ask(OPEN, as, { duties, variables: { askedBy: "PERSON", ...SAID, ...draft } });
  const step = (id: string, act: string, as: string, duties: Duty[], reason?: string): Promise<Shown> =>
    hub.ask(STEP, as, { duties, variables: { id, act, reason } });
  const done = async (answer: Promise<Shown>): Promise<Shown> => {
    const { data, errors } = await answer;
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  };
  return {
    open,
    step,
    opened: (draft: object, as: string): Promise<Shown> => done(open(draft, as)),
    taken: (id: string, act: string, as: string, duty: Duty, reason?: string): Promise<Shown> =>
      done(step(id, act, as, [duty], reason)),
    refusal: async (answer: Promise<Shown>): Promise<Shown> => (await answer).errors?.[0]?.extensions,
    seen: async (id: string, as: string, asking: Asking, fields = SHOWN): Promise<Shown> =>
      (
        await hub.data(`query ($id: String!) { rightsCase(id: $id) { ${fields} } }`, as, {
          ...asking,
          variables: { id },
        })
      ).rightsCase,
    list: async (as: string, args: string, duties: Duty[]): Promise<Shown> =>
      (
        await hub.data(
          `{ rightsCases(${args}) { totalCount nodes { id state } pageInfo { endCursor hasNextPage } } }`,
          as,
          {
            duties,
          },
        )
      ).rightsCases,
  };
}
