/** What a grant says after it was narrowed: fewer fields, a lower level, a smaller territory, an earlier end; never more. */
import { areaOf, type Catalogue, contains, type Level, reaches } from "../../declare";
import { HubError } from "../../errors";
import { codeOf } from "../requests/items";
import type { GrantTerms, StoredGrant } from "./store";

/** What is left out stays as it is. */
export interface Narrower {
  readonly fields?: readonly string[] | null;
  readonly level?: Level | null;
  readonly territory?: string | null;
  readonly until?: string | null;
}

/** The terms from now on; without `until`, the end stays. */
export function narrowed(catalogue: Catalogue, grant: StoredGrant, given: Narrower, now: Date): GrantTerms {
  const terms = {
    fields: fieldsOf(catalogue, grant, given.fields),
    level: levelOf(grant, given.level),
    territory: territoryOf(grant, given.territory),
    until: untilOf(grant, given.until, now),
  };
  const same =
    terms.fields.length === opened(catalogue, grant).length &&
    terms.level === grant.level &&
    terms.territory === grant.territory &&
    terms.until === undefined;
  if (same)
    throw refused(
      "NOTHING_NARROWER",
      "没有缩小任何内容：请给出更少的字段、更低的级别、更小的属地或者更早的期限。Nothing becomes narrower: give fewer fields, a lower level, a smaller territory or an earlier end",
    );
  return given.fields ? terms : { ...terms, fields: grant.fields };
}

/** Names of the fields that the grant opens. */
function opened(catalogue: Catalogue, { dataset, fields }: StoredGrant): readonly string[] {
  if (fields.length > 0) return fields;
  return catalogue
    .dataset(dataset)
    .fields.filter((f) => !f.key && f.sharing !== "NOT_SHARED")
    .map((f) => f.name);
}

function fieldsOf(catalogue: Catalogue, grant: StoredGrant, given: Narrower["fields"]): readonly string[] {
  const now = opened(catalogue, grant);
  if (!given) return now;
  if (given.length === 0)
    throw refused(
      "NO_FIELD",
      "至少保留一个字段，否则请终止授权。Keep a field, or revoke the grant",
      "fields",
    );
  const more = given.filter((f) => !now.includes(f));
  if (more.length > 0)
    throw wider(`${more.join("、")} 不在授权之内。${more.join(", ")} is not in the grant`, "fields");
  return [...new Set(given)];
}

function levelOf(grant: StoredGrant, given: Narrower["level"]): Level {
  if (!given) return grant.level;
  if (given === "NONE")
    throw refused("NO_LEVEL", "级别不能为 NONE，请终止授权。Revoke the grant instead of NONE", "level");
  if (reaches(grant.level, given)) return given;
  throw wider(`授权的级别为 ${grant.level}。The grant's level is ${grant.level}`, "level");
}

function territoryOf(grant: StoredGrant, given: Narrower["territory"]): string {
  const code = codeOf(given) ?? grant.territory;
  if (contains(areaOf(grant.territory), code)) return code;
  throw wider(`${code} 不在授权的属地之内。${code} is not in the grant's territory`, "territory");
}

function untilOf(grant: StoredGrant, given: Narrower["until"], now: Date): string | undefined {
  if (!given) return undefined;
  const [end, from] = [Date.parse(given), Date.parse(grant.from)];
  if (end <= now.getTime() || end <= from)
    throw refused(
      "NO_TIME",
      "until 须晚于现在和生效之时，否则请终止授权。It ends in the future and after it began; else revoke it",
      "until",
    );
  if (grant.until && end > Date.parse(grant.until))
    throw wider(`授权至 ${grant.until} 止。The grant ends at ${grant.until}`, "until");
  return grant.until && end === Date.parse(grant.until) ? undefined : given;
}

function wider(message: string, argument: string): HubError {
  return refused("WIDER", `${message}；扩大须重新申请。To widen it, access is requested anew`, argument);
}

function refused(reason: string, message: string, argument?: string): HubError {
  return new HubError("BAD_USER_INPUT", message, { reason, ...(argument && { argument }) });
}
