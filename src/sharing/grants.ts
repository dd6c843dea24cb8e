/** `grants`: which grants an identity may look at, and how they are shown. */
import { Arg, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { areaOf, type Code, DateTimeScalar, intersect } from "../declare";
import { type Grant, type Identity, inForce, type Rights, watches } from "../identity";
import type { SharingContext } from "./context";
import { AccessLevel } from "./types";

@ObjectType("Grant", {
  description: "共享授权（政务数据共享条例 第二十五条）。A grant, in force or to come.",
})
export class GrantEntry {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "获授权部门。The department it is given to." })
  department: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => [String], {
    description: "字段；为空表示除不予共享外的全部。Fields; empty for all that may be shared.",
  })
  fields: readonly string[];

  @Field(() => AccessLevel, { description: "级别。The level." })
  level: string;

  @Field(() => String, { description: "属地代码。The territory." })
  territory: Code;

  @Field(() => String, { description: "属地名称。Its name." })
  territoryName: string;

  @Field(() => String, { description: "使用目的。The purpose." })
  purpose: string;

  @Field(() => String, { description: "依据。Its legal basis." })
  legalBasis: string;

  @Field(() => String, { description: "授权部门。The department that granted it." })
  grantedBy: string;

  @Field(() => String, { nullable: true, description: "所依申请。The request it came from." })
  request?: string;

  @Field(() => DateTimeScalar, { description: "自此时起。In force from." })
  from: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "至此时止（不含）。In force until, not included.",
  })
  until?: string;

  @Field(() => Boolean, { description: "现在是否有效。Whether it is in force now." })
  inForce: boolean;
}

const DESCRIPTION = `有效和将生效的共享授权。获授权部门看自己的，数源部门看本属地内对其数据集的，安全、审计职责看全部。
Grants in force or to come: the grantee sees its own, the steward those on its datasets in its territory, security and audit duties all.`;

@Resolver()
export class GrantsResolver {
  @Query(() => [GrantEntry], { description: DESCRIPTION })
  async grants(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("department", () => String, {
      nullable: true,
      description: "获授权部门。The department they are given to.",
    })
    department: string | null,
    @Arg("dataset", () => String, { nullable: true, description: "数据集名。Name of a dataset." })
    dataset: string | null,
  ): Promise<GrantEntry[]> {
    const rights = await sharing.rights.current();
    const { nameOf } = sharing.reader.parts;
    const now = new Date();
    return grantsShownTo(identity, rights, now)
      .filter((g) => (!department || g.department === department) && (!dataset || g.dataset === dataset))
      .map((g) => ({ ...g, territoryName: nameOf(g.territory) ?? g.territory, inForce: inForce(g, now) }));
  }
}

/** The grantee, the steward where their territories meet, and the duties that watch. */
export function grantsShownTo(identity: Identity, rights: Rights, at: Date): Grant[] {
  const { department } = identity;
  const own = rights.stewardships.filter((s) => s.kind === department.kind && inForce(s, at));
  const provides = (grant: Grant) =>
    own.some((s) => s.dataset === grant.dataset && bears(s.field, grant)) &&
    intersect([areaOf(department.territory)], [areaOf(grant.territory)]).length > 0;
  return rights.grants
    .filter((g) => watches(identity) || g.department === department.code || provides(g))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function bears(field: string | undefined, { fields }: Grant): boolean {
  return field === undefined || fields.length === 0 || fields.includes(field);
}

function orderOf(g: Grant): string {
  return [g.department, g.purpose, g.dataset, g.territory, g.id].join(" ");
}
