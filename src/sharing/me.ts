/** `me` and `purposes`: who the hub takes the asker for, and what it may ask for. */
import { Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver } from "type-graphql";
import { type Identity, inForce, type Purpose, type Rights } from "../identity";
import type { SharingContext } from "./context";
import { nameOfDepartment } from "./department";
import { PurposeEntry } from "./types";

@ObjectType("MyDepartment", { description: "请求者所在部门。The asker's department." })
export class MyDepartment {
  @Field(() => String, { description: "部门代码，如 finance@140100000000。Its code." })
  code: string;

  @Field(() => String, { description: "部门类别，如 finance。Its kind." })
  kind: string;

  @Field(() => String, { description: "属地代码。The division it acts for." })
  territory: string;

  @Field(() => String, { description: "名称。Its name." })
  name: string;
}

@ObjectType("Me", { description: "当前身份。Who asks." })
export class Me {
  @Field(() => String, { description: "账号或应用的标识，不是证件号码。The account, a pseudonym." })
  subject: string;

  @Field(() => MyDepartment, { description: "部门。The department." })
  department: MyDepartment;

  @Field(() => [String], { description: "职责；系统、安全、审计三员分立。Duties held." })
  duties: string[];

  @Field(() => String, { nullable: true, description: "应用名称。The app that asks." })
  app?: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "应用是否只能运行已批准的登记操作；人员为空。Whether the app runs approved operations alone; null for people.",
  })
  registeredOnly?: boolean;

  @Field(() => String, { nullable: true, description: "本次请求的使用目的。The purpose of this request." })
  purpose?: string;

  @Field(() => [PurposeEntry], {
    description: "本部门已获授权的使用目的。Purposes for which this department holds grants.",
  })
  purposes: PurposeEntry[];

  @Field(() => [String], {
    description: "本部门任数源部门的数据集。Datasets of which this department is steward.",
  })
  stewardOf: string[];

  @Field(() => [String], {
    description: "本部门单独任数源部门的字段，如 facility.titleNo。Single fields of which it is steward.",
  })
  stewardOfFields: string[];
}

@ObjectType("MyWaiting", { description: "待我办理的。What waits for me." })
export class MyWaiting {
  @Field(() => Int, {
    description:
      "待我办理的共享申请数，同 accessRequests(waitingForMe: true)；数据主管部门含逾期的。Requests that wait for me; for a data authority those that are overdue, too.",
  })
  requests: number;

  @Field(() => Int, { description: "其中逾期的。Those of them that are overdue." })
  overdue: number;
}

@Resolver(() => Me)
export class MeResolver {
  @FieldResolver(() => MyWaiting, { description: "待我办理的。What waits for me." })
  waiting(@Ctx() { identity, sharing }: SharingContext): Promise<MyWaiting> {
    return sharing.requests.waiting(identity);
  }

  @Query(() => Me, { description: "当前身份、职责、使用目的。Who asks, with its duties and purposes." })
  async me(@Ctx() { identity, sharing }: SharingContext): Promise<Me> {
    const [rights, purposes] = await Promise.all([sharing.rights.current(), sharing.rights.purposes()]);
    const { subject, department, duties, app, registeredOnly, purpose } = identity;
    const name = (await nameOfDepartment(sharing, department.code)) ?? department.code;
    return {
      subject,
      department: { ...department, name },
      duties: [...duties],
      app,
      registeredOnly: app === undefined ? undefined : registeredOnly === true,
      purpose,
      purposes: purposesHeld(identity, rights, purposes),
      ...stewardships(identity, rights),
    };
  }

  @Query(() => [PurposeEntry], { description: "全部使用目的。All purposes of the hub." })
  async purposes(@Ctx() { sharing }: SharingContext): Promise<PurposeEntry[]> {
    return [...(await sharing.rights.purposes()).values()];
  }
}

function purposesHeld(
  { department }: Identity,
  { grants }: Rights,
  purposes: ReadonlyMap<string, Purpose>,
): Purpose[] {
  const now = new Date();
  const held = new Set(
    grants.filter((g) => g.department === department.code && inForce(g, now)).map((g) => g.purpose),
  );
  return [...purposes.values()].filter((p) => held.has(p.code));
}

function stewardships({ department }: Identity, { stewardships: all }: Rights) {
  const now = new Date();
  const own = all.filter((s) => s.kind === department.kind && inForce(s, now));
  return {
    stewardOf: own
      .filter((s) => s.field === undefined)
      .map((s) => s.dataset)
      .sort(),
    stewardOfFields: own.flatMap((s) => (s.field === undefined ? [] : [`${s.dataset}.${s.field}`])).sort(),
  };
}
