// Who asks: the chosen demo department or the pasted token, and the purpose that goes along.
import { cell } from "./cell";

export interface Purpose {
  code: string;
  zh: string;
  en: string;
}

export interface DemoIdentity {
  code: string;
  zh: string;
  en: string;
  token: string;
  /** Token of the head of sharing, who approves and decides. */
  head: string;
  purposes: Purpose[];
}

export type Role = "staff" | "head";

export interface Session {
  /** Undefined until the hub has said whether it is in demo mode. */
  demo: boolean | undefined;
  identities: DemoIdentity[];
  department: string;
  role: Role;
  token: string;
  purpose: string;
}

const DEPARTMENT = "hub:department";
const ROLE = "hub:role";
const PURPOSE = "hub:purpose";
const TOKEN = "hub:token";

export const session = cell<Session>({
  demo: undefined,
  identities: [],
  department: localStorage.getItem(DEPARTMENT) ?? "",
  role: localStorage.getItem(ROLE) === "head" ? "head" : "staff",
  token: "",
  purpose: localStorage.getItem(PURPOSE) ?? "",
});

function update(change: Partial<Session>): void {
  session.set({ ...session.get(), ...change });
}

export function identityOf(state: Session): DemoIdentity | undefined {
  return state.identities.find((identity) => identity.code === state.department);
}

function readIdentity(raw: Partial<DemoIdentity>): DemoIdentity {
  const code = String(raw.code ?? "");
  const purposes = Array.isArray(raw.purposes) ? raw.purposes : [];
  const [token, head] = [String(raw.token ?? ""), String(raw.head ?? "")];
  return { code, zh: raw.zh ?? code, en: raw.en ?? code, token, head, purposes };
}

async function demoIdentities(): Promise<DemoIdentity[] | undefined> {
  const answer = await fetch("/demo/identities", { headers: { accept: "application/json" } }).catch(
    () => undefined,
  );
  if (!answer?.ok) return undefined;
  const body = (await answer.json()) as { identities?: Partial<DemoIdentity>[] };
  return (body.identities ?? []).map(readIdentity).filter((identity) => identity.token !== "");
}

/** Asks the hub for its demo departments; without them the page waits for a pasted token. */
export async function openSession(): Promise<void> {
  const identities = await demoIdentities();
  if (identities === undefined || identities.length === 0) {
    // The token stays in this tab alone and is gone when it closes.
    update({ demo: false, identities: [], department: "", token: sessionStorage.getItem(TOKEN) ?? "" });
    return;
  }
  update({ demo: true, identities });
  const kept = session.get().department;
  chooseDepartment(
    identities.some((one) => one.code === kept) ? kept : (identities[0]?.code ?? ""),
    undefined,
  );
}

/** Without a purpose given, the one chosen before stays if the new department has it. */
export function chooseDepartment(code: string, purpose: string | undefined): void {
  const { identities, purpose: before } = session.get();
  const identity = identities.find((one) => one.code === code);
  if (identity === undefined) return;
  const kept = identity.purposes.some((one) => one.code === before) ? before : "";
  localStorage.setItem(DEPARTMENT, code);
  update({ department: code, token: tokenOf(identity, session.get().role) });
  choosePurpose(purpose ?? kept);
}

function tokenOf(identity: DemoIdentity, role: Role): string {
  return role === "head" && identity.head !== "" ? identity.head : identity.token;
}

export function chooseRole(role: Role): void {
  localStorage.setItem(ROLE, role);
  const identity = identityOf(session.get());
  update({ role, ...(identity && { token: tokenOf(identity, role) }) });
}

export function choosePurpose(purpose: string): void {
  localStorage.setItem(PURPOSE, purpose);
  update({ purpose });
}

export function acceptToken(token: string): void {
  const bare = token.trim().replace(/^Bearer\s+/i, "");
  sessionStorage.setItem(TOKEN, bare);
  update({ token: bare });
}
