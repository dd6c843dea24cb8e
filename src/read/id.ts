/** Global identifiers: `<dataset>:<uuid>` outside, a uuid inside (semantics 26). */
import { HubError } from "../errors";

/** A uuid as the hub writes it. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function toId(dataset: string, uuid: string): string {
  return `${dataset}:${uuid}`;
}

/** Dataset and uuid of an id, or undefined where the text is none. */
export function parseId(id: string): { dataset: string; uuid: string } | undefined {
  const colon = id.indexOf(":");
  const uuid = id.slice(colon + 1);
  return colon > 0 && UUID.test(uuid) ? { dataset: id.slice(0, colon), uuid } : undefined;
}

/** The uuid of an id of this dataset. */
export function idIn(dataset: string, id: string): string {
  const parsed = parseId(id);
  if (parsed?.dataset !== dataset)
    throw new HubError("BAD_USER_INPUT", `这不是 ${dataset} 的 id。This is no id of ${dataset}`, { dataset });
  return parsed.uuid;
}
