// Words for tests of apps: a key, a question in either line or as a file, an operation from registration to approval.
import { createAppKeys, type Duty, type IssuedKey, type NewAppKey } from "../../src/identity";
import { CITY, flowOn, HOUSING, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";
import type { TestHub } from "../setup/hub";

export const PURPOSE = "emergency-response";
export const APP = "relief-desk";

/** The front answers the first where it knows the document; Apollo the second. */
export const LINES = { front: "application/json", apollo: "application/json;q=0.9" };

/** Volunteers of Xiaodian: name and phone for the relief desk of the housing bureau. */
export async function grantVolunteers(
  hub: TestHub,
  items?: object[],
  provider = XIAODIAN_CIVIL_AFFAIRS,
): Promise<string> {
  const flow = flowOn(hub);
  const { id } = await flow.filed(items && { items });
  await flow.approve(id);
  return (await flow.decide(id, "GRANT", provider)).grants[0];
}

export function issueKey(hub: TestHub, wanted: Partial<NewAppKey> = {}): Promise<IssuedKey> {
  return createAppKeys(hub.database.pool).issue({
    ...{ app: APP, department: HOUSING, duties: ["read"], purpose: PURPOSE, days: 1, issuedBy: "test" },
    registeredOnly: true,
    ...wanted,
  });
}

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
export type Told = any;

export async function run(hub: TestHub, key: string, body: object, accept = LINES.front): Promise<Response> {
  return fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept, authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
}

export async function told(hub: TestHub, key: string, body: object, accept?: string): Promise<Told> {
  return (await run(hub, key, body, accept)).json();
}

/** Extensions of the first error. */
export async function refusal(hub: TestHub, key: string, body: object, accept?: string): Promise<Told> {
  const { errors } = await told(hub, key, body, accept);
  return errors?.[0]?.extensions;
}

export const SHOWN = `id documentId sourceId app name version state purpose requestsPerDay rowsPerDay approvedBy document
  usedToday { requests rows } transitions { act to actor duty reason }
  summary { datasets doors personal cost fields { dataset field levels { territory level } } }`;

const REGISTER = `mutation ($app: String!, $name: String!, $document: String!, $purpose: String, $description: String!,
    $examples: [String!], $requestsPerDay: Int!, $rowsPerDay: Int!) {
  registerOperation(app: $app, name: $name, document: $document, purpose: $purpose, description: $description,
    examples: $examples, requestsPerDay: $requestsPerDay, rowsPerDay: $rowsPerDay) { ${SHOWN} } }`;

export function operationsOn(hub: TestHub) {
  const first = async (answer: Promise<Told>): Promise<Told> => {
    const { data, errors } = await answer;
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  };
  const register = (given: object, as = HOUSING, duties: Duty[] = ["read"]): Promise<Told> =>
    hub.ask(REGISTER, as, {
      duties,
      variables: {
        ...{ app: APP, name: "test", purpose: PURPOSE, description: "应急物资发放时联系志愿者" },
        ...{ requestsPerDay: 1_000, rowsPerDay: 100_000, ...given },
      },
    });
  const step = (
    act: string,
    id: string,
    as = HOUSING,
    duties: Duty[] = ["approve"],
    reason?: string,
  ): Promise<Told> => {
    const why = reason === undefined ? "" : `, reason: ${JSON.stringify(reason)}`;
    return hub.ask(`mutation { ${act}Operation(id: "${id}"${why}) { ${SHOWN} } }`, as, { duties });
  };
  const registered = (given: object): Promise<Told> => first(register(given));
  const approve = (id: string): Promise<Told> => first(step("approve", id));
  return {
    register,
    step,
    registered,
    approve,
    retire: (id: string): Promise<Told> => first(step("retire", id, HOUSING, ["read"], "不再使用")),
    async approved(given: object): Promise<Told> {
      return approve((await registered(given)).id);
    },
    list: async (as = HOUSING, duties: Duty[] = ["read"]): Promise<Told[]> =>
      (await hub.data(`{ operations { ${SHOWN} } }`, as, { duties })).operations,
  };
}

export { CITY };
