/** From a request's headers to the identity that asks: token or app key, its department, its one purpose. */
import { HubError } from "../errors";
import { type AppKeys, isAppKey } from "./app-keys";
import { conflictOf, departmentOf, type Identity } from "./identity";
import type { RightsStore } from "./rights-store";
import type { Claims, VerifyToken } from "./tokens";

/** Names in lower case, as Node gives them. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type Identify = (headers: RequestHeaders) => Promise<Identity>;

/** Whether a department of this code is registered: a look-up of the dataset under a SYSTEM decision (semantics 6). */
export type KnowsDepartment = (code: string) => Promise<boolean>;

export interface IdentifyParts {
  readonly verify: VerifyToken;
  readonly appKeys: Pick<AppKeys, "check">;
  readonly rights: Pick<RightsStore, "purposes">;
  readonly knowsDepartment: KnowsDepartment;
  /** Every app runs approved operations alone, whatever its key says. */
  readonly appsRegisteredOnly?: boolean;
}

export function createIdentify(parts: IdentifyParts): Identify {
  const { verify, appKeys, rights, knowsDepartment, appsRegisteredOnly = false } = parts;
  const known = rememberedYes(knowsDepartment);
  const made = rememberedIdentities();
  return async (headers) => {
    const token = bearerOf(headers);
    const claims: KeyClaims = isAppKey(token) ? await claimsOfKey(appKeys, token) : await verify(token);
    const department = departmentOf(claims.department);
    if (!department) throw new HubError("UNAUTHENTICATED", "the token's department is no department code");
    if (!(await known(department.code)))
      throw new HubError("FORBIDDEN", `the department ${department.code} is not registered in this hub`);
    const conflict = conflictOf(claims.duties);
    if (conflict) throw new HubError("FORBIDDEN", conflict);
    const purpose = purposeOf(claims, one(headers, "hub-purpose"));
    if (purpose !== undefined && !(await rights.purposes()).has(purpose))
      throw new HubError("BAD_USER_INPUT", `${purpose} is no purpose of this hub`, {
        argument: "Hub-Purpose",
      });
    const { sub: subject, duties, app } = claims;
    const bound = app !== undefined && (appsRegisteredOnly || claims.registeredOnly === true);
    const registeredOnly = bound || undefined;
    return made(claims, { subject, department, duties, app, registeredOnly, purpose });
  };
}

/** The same identity for requests with one token and one purpose, so that what was made of it is known by it. */
function rememberedIdentities(): (claims: Claims, identity: Identity) => Identity {
  const made = new WeakMap<Claims, Identity>();
  return (claims, identity) => {
    const before = made.get(claims);
    if (before && before.purpose === identity.purpose) return before;
    made.set(claims, identity);
    return identity;
  };
}

function bearerOf(headers: RequestHeaders): string {
  const given = one(headers, "authorization");
  if (given === undefined) throw new HubError("UNAUTHENTICATED", "the request carries no token");
  const [, token] = /^Bearer +([\w.~+/=-]{1,8192})$/i.exec(given) ?? [];
  if (!token)
    throw new HubError("UNAUTHENTICATED", "the Authorization header is not of the form: Bearer <token>");
  return token;
}

/** A key says more than a token can. */
interface KeyClaims extends Claims {
  readonly registeredOnly?: boolean;
}

async function claimsOfKey(appKeys: Pick<AppKeys, "check">, token: string): Promise<KeyClaims> {
  const key = await appKeys.check(token);
  if (!key) throw new HubError("UNAUTHENTICATED", "the app key is unknown, revoked or expired");
  return {
    sub: `app-key:${key.id}`,
    department: key.department,
    duties: [...key.duties],
    app: key.app,
    purpose: key.purpose,
    registeredOnly: key.registeredOnly,
  };
}

/** A person chooses a purpose for each request; an app's is fixed with its key or token, where "none" is fixed too. */
function purposeOf(claims: Claims, asked: string | undefined): string | undefined {
  if (claims.app === undefined) return asked ?? claims.purpose;
  if (asked !== undefined && asked !== claims.purpose)
    throw new HubError("FORBIDDEN", `the app's purpose is bound to its key: ${claims.purpose ?? "none"}`);
  return claims.purpose;
}

/** The header's one value; an empty one is none. */
function one(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name];
  const text = typeof value === "string" ? value.trim() : value?.length === 1 ? value[0]?.trim() : undefined;
  if (Array.isArray(value) && value.length > 1)
    throw new HubError("BAD_USER_INPUT", `the header ${name} is given more than once`, { argument: name });
  return text || undefined;
}

const REMEMBERED_MILLISECONDS = 30_000;

/** Only a yes is remembered: a department registered a moment ago may ask at once. */
function rememberedYes(ask: KnowsDepartment): KnowsDepartment {
  const until = new Map<string, number>();
  return async (code) => {
    if ((until.get(code) ?? 0) > Date.now()) return true;
    const yes = await ask(code);
    if (yes) until.set(code, Date.now() + REMEMBERED_MILLISECONDS);
    else until.delete(code);
    return yes;
  };
}
