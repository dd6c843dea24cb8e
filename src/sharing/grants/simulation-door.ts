/** `simulateGrant`: who would gain what by a grant, for those between whom it is decided, and for the security duty. */
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { areaOf, type Catalogue, contains } from "../../declare";
import { HubError } from "../../errors";
import { departmentOf, type Identity, type Rights, stewardKind } from "../../identity";
import type { Question } from "../../read";
import type { SharingContext } from "../context";
import { decisionsUnder } from "../decisions";
import { nameOfDepartment } from "../department";
import { type Item, itemsGiven, MOST_ITEMS, refuseNotShared } from "../requests/items";
import { strangersAmong } from "../requests/parts";
import { AccessRequestItemInput } from "../requests/request-types";
import { shownLevels } from "../shown";
import { openedRows } from "./opened-rows";
import { differenceOf, type Gain } from "./simulating";
import { GrantSimulation, type SimulatedField, type SimulatedGain } from "./simulation-types";

const DESCRIPTION = `授权模拟：同意之前，逐数据集、字段、属地比较授权前后的级别，并给出查询者有权看到的记录数；不授予任何权利。供须作决定的提供单位（decide 职责）、申请部门和安全职责使用。
Compares what a department may see with a grant and without it; for the provider that is to decide, the requester, and the security duty. Grants nothing.`;

interface SimulationContext extends SharingContext {
  /** Asks the planner under the request's decisions; what was read goes into the request's record. */
  readonly ask: (question: Question) => Promise<unknown>;
}

/** Whom to grant what, for which purpose. */
interface Asked {
  readonly department: string;
  readonly purpose: string;
  readonly items: readonly Item[];
}

@Resolver()
export class SimulateGrantResolver {
  @Query(() => GrantSimulation, { description: DESCRIPTION })
  async simulateGrant(
    @Ctx() context: SimulationContext,
    @Arg("request", () => String, {
      nullable: true,
      description:
        "共享申请的标识：部门、目的从申请取得，未列 items 时申请项亦然。A request, which names them.",
    })
    request: string | null,
    @Arg("department", () => String, {
      nullable: true,
      description: "获授权部门，默认为本部门。The department that would hold it; one's own if left out.",
    })
    department: string | null,
    @Arg("purpose", () => String, { nullable: true, description: "使用目的代码。Code of the purpose." })
    purpose: string | null,
    @Arg("items", () => [AccessRequestItemInput], {
      nullable: true,
      description:
        "授权的内容；与 request 同用时，即只同意其中这些。What would be granted; with request, of it.",
    })
    given: AccessRequestItemInput[] | null,
  ): Promise<GrantSimulation> {
    const { identity, sharing } = context;
    const rights = await sharing.rights.current();
    const asked = await askedOf(context, { request, department, purpose, given }, rights);
    const who = departmentOf(asked.department);
    if (!who) throw bad(`${asked.department} 不是部门代码。This is no department code`, "department");
    const { catalogue } = sharing.reader.parts;
    const grantee: Identity = {
      subject: identity.subject,
      department: who,
      duties: ["read"],
      purpose: asked.purpose,
    };
    const { before, after, supposed, gains } = differenceOf(
      catalogue,
      grantee,
      asked.items,
      rights,
      new Date(),
    );
    const own = decisionsUnder(sharing, identity, rights);
    const opened = await openedRows(catalogue, gains, own.decide, context.ask);
    const levelsOf = shownLevels(sharing, supposed);
    return {
      department: asked.department,
      departmentName: await nameOfDepartment(sharing, asked.department),
      purpose: asked.purpose,
      fields: fieldsOf(catalogue, asked.items).map(
        ({ dataset, field, ...words }): SimulatedField => ({
          ...{ dataset, field, ...words },
          before: levelsOf(before(dataset), field),
          after: levelsOf(after(dataset), field),
        }),
      ),
      gains: gains.map((gain, i) => ({
        ...shownGain(catalogue, gain),
        ...(opened[i] ?? { rows: null, suppressed: false }),
      })),
    };
  }
}

interface Given {
  readonly request: string | null;
  readonly department: string | null;
  readonly purpose: string | null;
  readonly given: AccessRequestItemInput[] | null;
}

async function askedOf(
  { identity, sharing }: SharingContext,
  { request, department, purpose, given }: Given,
  rights: Rights,
): Promise<Asked> {
  const { catalogue, pool } = sharing.reader.parts;
  const listed = given ? itemsGiven(catalogue, given, identity) : undefined;
  if (listed && (listed.length === 0 || listed.length > MOST_ITEMS))
    throw bad(`items 为 1 至 ${MOST_ITEMS} 项。There are 1 to ${MOST_ITEMS} items`, "items");
  const found = request ? await sharing.requests.one(identity, request) : undefined;
  if (request && !found)
    throw new HubError("NOT_FOUND", "没有这样的申请，或不在可见范围。No such request within your reach");
  if (found && (department || purpose))
    throw bad("部门和目的由申请给出。The request names department and purpose", "request");
  const items = listed ?? found?.items;
  if (!items) throw bad("请给出 request 或者 items。Give request or items", "items");
  const asked = {
    department: found?.requester ?? (department || identity.department.code),
    purpose: found?.purpose ?? purpose ?? "",
    items,
  };
  refuseNotShared(catalogue, items);
  refuseOthers(identity, asked, rights);
  if (!(await sharing.rights.purposes()).has(asked.purpose))
    throw bad(`没有使用目的 ${asked.purpose}。This is no purpose of this hub`, "purpose");
  if ((await nameOfDepartment(sharing, asked.department)) === undefined)
    throw bad(`没有登记部门 ${asked.department}。No such department is registered`, "department");
  const [stranger] = await strangersAmong({ catalogue, pool }, items);
  if (stranger) throw bad(`${stranger} 不是本市属地。This is no territory of the city`, "territory");
  return asked;
}

/** What another department may see is told to who provides all of it, to itself, and to the security duty. */
function refuseOthers(
  { department, duties }: Identity,
  { department: grantee, items }: Asked,
  rights: Rights,
): void {
  if (department.code === grantee || duties.includes("security")) return;
  const now = new Date();
  const provides = items.every(
    ({ dataset, fields, territory }) =>
      contains(areaOf(department.territory), territory) &&
      fields.every((f) => stewardKind(rights, dataset, f, now) === department.kind),
  );
  if (provides && duties.includes("decide")) return;
  throw new HubError(
    "FORBIDDEN",
    "授权模拟供所涉全部字段的提供单位（decide 职责）、申请部门和安全职责使用。A grant is simulated for the provider of all its fields with the duty decide, for the requester, and for the security duty",
    { duty: "decide" },
  );
}

function fieldsOf(catalogue: Catalogue, items: readonly Item[]) {
  return [...new Set(items.map((i) => i.dataset))].flatMap((name) =>
    catalogue
      .dataset(name)
      .fields.filter((f) => items.some((i) => i.dataset === name && i.fields.includes(f.name)))
      .map((f) => ({ dataset: name, field: f.name, zh: f.zh, class: f.sharing, personal: f.personal })),
  );
}

function shownGain(
  catalogue: Catalogue,
  { dataset: name, fields, from, to, nodes, exceptNodes, except }: Gain,
): Omit<SimulatedGain, "rows" | "suppressed"> {
  const dataset = catalogue.dataset(name);
  const personal = dataset.fields.some((f) => f.personal === "PERSONAL" || f.personal === "SENSITIVE");
  return {
    ...{ dataset: name, fields, from, to, territories: nodes, exceptTerritories: exceptNodes },
    exceptWhere: except?.code,
    ofPersons: personal && dataset.protected && dataset.person === undefined,
  };
}

function bad(message: string, argument: string): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument });
}
