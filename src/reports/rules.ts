/** `rules`: the rules that rows are held against, as data. */
import { GraphQLString } from "graphql";
import { Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { DateScalar, enumObject, type RuleEntry, ruleName } from "../declare";
import { enumType } from "../read";
import type { ReportContext } from "./context";

const RuleMark = enumType("RuleMark", "规则的来源程度。How surely a rule is known.", {
  V: "已读全文。read in full text",
  P: "仅见摘录。seen in an excerpt",
  OWN: "平台的理解或者自定数字。a reading or a number of the hub's own",
});

@ObjectType("Rule", {
  description: "一条规则：依据、公式、效力期间。A rule with its article, formula and validity.",
})
export class RuleDescription {
  @Field(() => GraphQLString, { description: "规则编号，如 I-01。its number" })
  code: string;

  @Field(() => enumObject("FindingRule") as never, { description: "findings 中的名称。its name in findings" })
  name: string;

  @Field(() => GraphQLString, { description: "内容。what it says, in Chinese" })
  zh: string;

  @Field(() => GraphQLString, { description: "英文。in English" })
  en: string;

  @Field(() => GraphQLString, { description: "依据。articles" })
  article: string;

  @Field(() => GraphQLString, { description: "公式。formula" })
  formula: string;

  @Field(() => GraphQLString, { description: "检查的数据集或者报表。dataset or report that it looks at" })
  on: string;

  @Field(() => enumObject("FindingWeight") as never, { description: "分量。its weight" })
  weight: string;

  @Field(() => RuleMark as never, { description: "来源程度。how surely it is known" })
  mark: string;

  @Field(() => DateScalar, { description: "效力起始日。first day of its validity" })
  validFrom: string;

  @Field(() => DateScalar, { nullable: true, description: "效力截止日，不含。first day after it" })
  validTo?: string;
}

@Resolver()
export class RuleResolver {
  @Query(() => [RuleDescription], {
    description: "规则检查所用的规则；结果见 findings。The rules that findings are of.",
  })
  rules(@Ctx() { catalogue }: ReportContext): RuleDescription[] {
    return catalogue.reports.flatMap(({ findings = [] }) => findings.map(described));
  }
}

function described(rule: RuleEntry): RuleDescription {
  const { code, zh, en, article, formula, on, weight, mark, from, until } = rule;
  return {
    code,
    name: ruleName(rule),
    zh,
    en,
    article,
    formula,
    on,
    weight,
    mark,
    validFrom: from,
    validTo: until,
  };
}
