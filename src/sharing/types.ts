/** What several doors of access show: levels, classes, grounds, purposes, steps that were taken, deadlines. */
import { Field, Int, ObjectType } from "type-graphql";
import { DateTimeScalar, LEVELS, PERSONAL, SHARING } from "../declare";
import { enumType } from "../read";

const words = <T extends string>(values: readonly T[], texts: readonly string[]) =>
  Object.fromEntries(values.map((value, i) => [value, texts[i] ?? value]));

export const AccessLevel = enumType(
  "AccessLevel",
  "访问级别，由低到高。Access levels, each opening all that the former opens.",
  words(LEVELS, [
    "不可见。nothing",
    "仅汇总数字。figures only",
    "脱敏后可见。rows with masked values",
    "完整可见。rows with full values",
  ]),
);

export const SharingClass = enumType(
  "SharingClass",
  "共享属性（政务数据共享条例 第十四条）。Sharing classes.",
  words(SHARING, [
    "无条件共享。shared without condition",
    "有条件共享。shared on condition",
    "不予共享。not shared",
  ]),
);

export const PersonalClass = enumType(
  "PersonalClass",
  "个人信息类别。What a field says about a person.",
  words(PERSONAL, [
    "非个人信息。nothing",
    "公职信息。a public office",
    "个人信息。personal data",
    "敏感个人信息（个人信息保护法 第二十八条）。sensitive personal data",
  ]),
);

export const GroundKind = enumType("GroundKind", "权限依据的种类。What a right rests on.", {
  STEWARD: "数源部门（政务数据共享条例 第十九条）。stewardship",
  STANDING: "常设权限，含回流（政务数据共享条例 第二十四条）。a standing right",
  GRANT: "共享授权（政务数据共享条例 第二十五条）。a grant",
  SYSTEM: "平台自身查询。the hub's own look-up",
});

@ObjectType("AccessGround", { description: "权限依据：哪一条权利给予该级别。The right that gives a level." })
export class AccessGround {
  @Field(() => GroundKind, { description: "种类。Its kind." })
  kind: string;

  @Field(() => String, { description: "权利的标识。Id of the right." })
  id: string;

  @Field(() => String, { nullable: true, description: "授权的使用目的。Purpose of a grant." })
  purpose?: string;
}

@ObjectType("HeldLevel", { description: "某属地内的访问级别。The level held in a territory." })
export class HeldLevel {
  @Field(() => String, {
    description: "属地代码，含其下级，下级另列的除外。The node and all under it that is not listed itself.",
  })
  territory: string;

  @Field(() => String, { description: "属地名称。Its name." })
  name: string;

  @Field(() => AccessLevel, { description: "级别。The level." })
  level: string;

  @Field(() => String, {
    nullable: true,
    description: "仅在符合此条件的记录中适用（代码见 catalogue）。Holds in rows under this condition alone.",
  })
  condition?: string;

  @Field(() => [AccessGround], { description: "依据。What it rests on." })
  grounds: AccessGround[];
}

@ObjectType("Purpose", {
  description: "使用目的（政务数据共享条例 第二十五条）。A use for which data may be asked.",
})
export class PurposeEntry {
  @Field(() => String, {
    description: "代码，用于请求头 Hub-Purpose。Its code, as the header Hub-Purpose takes it.",
  })
  code: string;

  @Field(() => String, { description: "中文名称。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文名称。In English." })
  en: string;

  @Field(() => String, { description: "依据。Its legal basis." })
  legalBasis: string;
}

/** What every step says that somebody took, whatever it was taken on. */
@ObjectType()
export abstract class TakenStep {
  @Field(() => Int, { description: "序号。Its number." })
  seq: number;

  @Field(() => DateTimeScalar, { description: "时间。When." })
  at: string;

  @Field(() => String, { description: "职责。The duty." })
  duty: string;

  @Field(() => String, { description: "账号（谁管理谁负责，第三十四条）。The account that took it." })
  actor: string;

  @Field(() => String, { description: "部门。Its department." })
  department: string;
}

/** What every deadline says that is counted in working days. */
@ObjectType()
export abstract class WorkingDeadline {
  @Field(() => Int, {
    description: "工作日数；收到之日为第 0 日。Working days; the day of receipt is day 0.",
  })
  workingDays: number;

  @Field(() => String, { description: "依据。The article it comes from." })
  article: string;

  @Field(() => Boolean, {
    description:
      "所涉年份的国务院放假通知是否已录入；未录入时只按周末推算。Whether the yearly notice of holidays was entered; without it only weekends are off.",
  })
  calendarKnown: boolean;
}

/** One that a place may have shortened. */
@ObjectType()
export abstract class LocalDeadline extends WorkingDeadline {
  @Field(() => String, {
    nullable: true,
    description:
      "缩短期限的地方（第二十三条）；为空为条例本身。The place that shortened it; null: the law itself.",
  })
  territory?: string;
}
