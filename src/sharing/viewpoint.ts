/** As whom a door looks: oneself, one's own department, or another one for the security duty (semantics 27). */
import { HubError } from "../errors";
import { departmentOf, type Identity } from "../identity";
import type { Sharing } from "./context";
import { nameOfDepartment } from "./department";

/** The identity whose rights are looked at; without `as` the asker itself. */
export async function viewpoint(
  sharing: Sharing,
  asker: Identity,
  as: string | null | undefined,
  purpose: string | null | undefined,
): Promise<Identity> {
  const asked = purpose ? await known(sharing, purpose) : undefined;
  if (!as) return asked ? { ...asker, purpose: asked } : asker;
  const department = departmentOf(as);
  if (!department)
    throw new HubError(
      "BAD_USER_INPUT",
      `${as} 不是部门代码。${as} is no department code such as finance@140100000000.`,
      {
        argument: "as",
      },
    );
  const own = as === asker.department.code;
  if (!own && !asker.duties.includes("security"))
    throw new HubError(
      "FORBIDDEN",
      "查看其他部门的权限须有安全管理职责。The rights of another department are for the security duty to look at.",
      { argument: "as" },
    );
  if (!own && (await nameOfDepartment(sharing, as)) === undefined)
    throw new HubError("BAD_USER_INPUT", `没有登记部门 ${as}。No department ${as} is registered.`, {
      argument: "as",
    });
  return {
    subject: asker.subject,
    department,
    duties: ["read"],
    purpose: asked ?? (own ? asker.purpose : undefined),
  };
}

async function known({ rights }: Sharing, purpose: string): Promise<string> {
  if ((await rights.purposes()).has(purpose)) return purpose;
  throw new HubError("BAD_USER_INPUT", `没有使用目的 ${purpose}。${purpose} is no purpose of this hub.`, {
    argument: "purpose",
  });
}
