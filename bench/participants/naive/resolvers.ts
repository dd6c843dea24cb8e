// The resolvers: root fields read entities, fields of relations go through the request's loaders.
import { Arg, Ctx, Field, FieldResolver, Float, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { And, type DataSource, IsNull, LessThan, MoreThanOrEqual } from "typeorm";
import { Committee, Community, Division, Facility, FundTransaction, Volunteer } from "./entities";
import type { Loaders } from "./loaders";

export interface Context {
  readonly source: DataSource;
  readonly loaders: Loaders;
}

const inUse = { retiredAt: IsNull() };
const within = (first: string, next: string) => And(MoreThanOrEqual(first), LessThan(next));

@ObjectType()
class CommitteePage {
  @Field(() => [Committee])
  nodes: Committee[];

  @Field(() => Boolean)
  hasNextPage: boolean;
}

@Resolver(() => Committee)
export class CommitteeResolver {
  @Query(() => Committee, { nullable: true })
  committee(@Arg("code", () => String) code: string, @Ctx() { source }: Context) {
    return source.getRepository(Committee).findOneBy({ code, ...inUse } as never);
  }

  @Query(() => CommitteePage)
  async committees(
    @Arg("first", () => String) first: string,
    @Arg("next", () => String) next: string,
    @Arg("from", () => String) from: string,
    @Arg("take", () => Int) take: number,
    @Ctx() { source }: Context,
  ): Promise<CommitteePage> {
    const where = { territory: within(first, next), code: MoreThanOrEqual(from), ...inUse };
    const found = await source
      .getRepository(Committee)
      .find({ where: where as never, order: { code: "ASC" } as never, take: take + 1 });
    return { nodes: found.slice(0, take), hasNextPage: found.length > take };
  }

  @FieldResolver(() => [Facility])
  facilities(@Root() { territory }: Committee, @Ctx() { loaders }: Context) {
    return loaders.facilities.load(territory);
  }

  @FieldResolver(() => [FundTransaction])
  latestTransactions(@Root() { territory }: Committee, @Ctx() { loaders }: Context) {
    return loaders.latestTransactions.load(territory);
  }

  @FieldResolver(() => Int)
  async workers(@Root() { territory }: Committee, @Ctx() { loaders }: Context) {
    return Number((await loaders.workers.load(territory)) ?? 0);
  }
}

@Resolver(() => Division)
export class DivisionResolver {
  @Query(() => Division, { nullable: true })
  division(@Arg("code", () => String) code: string, @Ctx() { source }: Context) {
    const where = { scheme: "STATISTICS", edition: "2023", code, ...inUse };
    return source.getRepository(Division).findOneBy(where as never);
  }

  @FieldResolver(() => [Division])
  children(@Root() { node }: Division & { node: string }, @Ctx() { loaders }: Context) {
    return loaders.children.load(node);
  }

  @FieldResolver(() => [Community])
  communities(@Root() { node }: Division & { node: string }, @Ctx() { loaders }: Context) {
    return loaders.communities.load(node);
  }
}

@Resolver(() => Community)
export class CommunityResolver {
  @FieldResolver(() => [Facility])
  firstFacilities(@Root() { territory }: Community, @Ctx() { loaders }: Context) {
    return loaders.firstFacilities.load(territory);
  }
}

@Resolver(() => Volunteer)
export class VolunteerResolver {
  @Query(() => [Volunteer])
  volunteers(
    @Arg("first", () => String) first: string,
    @Arg("next", () => String) next: string,
    @Arg("since", () => String) since: string,
    @Arg("take", () => Int) take: number,
    @Ctx() { source }: Context,
  ) {
    const where = { territory: within(first, next), registeredAt: MoreThanOrEqual(since), ...inUse };
    const order = { registeredAt: "ASC", id: "ASC" };
    return source.getRepository(Volunteer).find({ where: where as never, order: order as never, take });
  }
}

@ObjectType()
class FundingGroup {
  @Field(() => String)
  district: string;

  @Field(() => Int)
  year: number;

  @Field(() => String)
  category: string;

  @Field(() => Int)
  count: number;

  @Field(() => String)
  amount: string;
}

@Resolver()
export class FundingResolver {
  @Query(() => [FundingGroup])
  async fundingGroups(
    @Arg("first", () => String) first: string,
    @Arg("next", () => String) next: string,
    @Ctx() { source }: Context,
  ) {
    const groups = await source
      .getRepository(FundTransaction)
      .createQueryBuilder("t")
      .select("left(t.territory, 6) || '000000'", "district")
      .addSelect("t.year", "year")
      .addSelect("t.category", "category")
      .addSelect("count(*)", "count")
      .addSelect("sum(t.amount)", "amount")
      .where("t.territory >= :first AND t.territory < :next AND t.retired_at IS NULL", { first, next })
      .groupBy("left(t.territory, 6) || '000000'")
      .addGroupBy("t.year")
      .addGroupBy("t.category")
      .getRawMany();
    return groups.map((group) => ({ ...group, count: Number(group.count) }));
  }
}

@ObjectType()
class CommunityOverview {
  @Field(() => String)
  code: string;

  @Field(() => String)
  name: string;

  households: number | null;
}

@Resolver(() => CommunityOverview)
export class OverviewResolver {
  @Query(() => [CommunityOverview])
  communityOverviews(
    @Arg("first", () => String) first: string,
    @Arg("next", () => String) next: string,
    @Arg("take", () => Int) take: number,
    @Ctx() { source }: Context,
  ) {
    const where = { territory: within(first, next), ...inUse };
    return source
      .getRepository(Community)
      .find({ where: where as never, order: { code: "ASC" } as never, take });
  }

  @FieldResolver(() => Float, { nullable: true })
  async facilityAreaPer100Households(
    @Root() { code, households }: CommunityOverview,
    @Ctx() { loaders }: Context,
  ) {
    const area = await loaders.area.load(code);
    return area === undefined || !households ? null : rounded((Number(area) * 100) / households);
  }

  @FieldResolver(() => Int)
  async workers(@Root() { code }: CommunityOverview, @Ctx() { loaders }: Context) {
    return Number((await loaders.workers.load(code)) ?? 0);
  }

  @FieldResolver(() => Int)
  async volunteers(@Root() { code }: CommunityOverview, @Ctx() { loaders }: Context) {
    return Number((await loaders.volunteers.load(code)) ?? 0);
  }

  @FieldResolver(() => Float, { nullable: true })
  async executionRate(@Root() { code }: CommunityOverview, @Ctx() { loaders }: Context) {
    const [spent, allocated] = await Promise.all([loaders.spent.load(code), loaders.allocated.load(code)]);
    return spent === undefined || !Number(allocated) ? null : rounded(Number(spent) / Number(allocated));
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
