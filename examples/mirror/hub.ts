/** The three questions that a mirror asks the hub. */
import type { Change } from "./copy";

export interface HubSettings {
  /** e.g. http://localhost:4000 */
  readonly url: string;
  /** An app key with the purpose of the grant, or a token. */
  readonly token: string;
  readonly purpose?: string;
}

export interface Followed {
  readonly dataset: string;
  /** GraphQL type of its rows. */
  readonly type: string;
  /** Fields to copy, with blanks between. */
  readonly fields: string;
}

export interface Page {
  readonly nodes: readonly Change[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** What the hub refuses, by its code and reason. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly reason: string | undefined,
  ) {
    super(message);
  }
}

export async function nextPage(hub: HubSettings, followed: Followed, after: string | null): Promise<Page> {
  const { dataset, type, fields } = followed;
  const { changes } = await ask<{ changes: Page }>(
    hub,
    `query Mirror($dataset: String!, $after: String) { changes(dataset: $dataset, after: $after, first: 500) {
       nodes { kind id node { id ... on ${type} { ${fields} } } } pageInfo { hasNextPage endCursor } } }`,
    { dataset, after },
  );
  return changes;
}

export type GrantState = string;

/** The state of a grant, or undefined where it is not ours to know. */
export async function grantState(hub: HubSettings, id: string): Promise<GrantState | undefined> {
  const { grant } = await ask<{ grant: { state: GrantState } | null }>(
    hub,
    "query Grant($id: String!) { grant(id: $id) { state } }",
    { id },
  );
  return grant?.state;
}

/** Tells the provider that the copy is gone (政务数据共享条例 第二十七条). */
export async function reportDisposal(hub: HubSettings, id: string): Promise<void> {
  await ask(
    hub,
    `mutation Disposed($id: String!, $disposal: GrantDisposalInput!) { reportDisposal(id: $id, disposal: $disposal) { id } }`,
    {
      id,
      disposal: {
        what: "本地副本的全部记录 all rows of the local copy",
        how: "收到 RETRACT 后从文件中删除 deleted from its file on RETRACT",
        at: new Date().toISOString(),
        by: "examples/mirror",
      },
    },
  );
}

async function ask<T>(hub: HubSettings, query: string, variables: object): Promise<T> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${hub.token}`,
      ...(hub.purpose && { "hub-purpose": hub.purpose }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: T;
    errors?: { message: string; extensions?: { code?: string; reason?: string } }[];
  };
  const [error] = errors ?? [];
  if (error) throw new Refused(error.message, error.extensions?.code ?? "", error.extensions?.reason);
  return data as T;
}
