/** The door of supervision: `sharingPerformance`. */
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { DateScalar } from "../../declare";
import type { SharingContext } from "../context";
import { GROUPS, MISSED, type Side, WHOLE } from "./figures";
import type { Performance } from "./performance";
import {
  SharingPerformanceEntry,
  type SupervisedDepartmentEntry,
  type SupervisionNote,
} from "./performance-types";

const DESCRIPTION = `共享情况统计（政务数据共享条例 第三十八条第二款）：各部门申请、提供、校核、授权、目录的及时情况和缺得最多的字段。数据主管部门和审计职责看本属地各部门，其他部门看自己；不含任何人的姓名。
Figures of supervision: how in time departments of a territory answer, deliver, correct and publish, and which fields are missed most. Data authorities and the audit duty see their territory, others themselves.`;

@Resolver()
export class SharingPerformanceResolver {
  @Query(() => SharingPerformanceEntry, { description: DESCRIPTION })
  async sharingPerformance(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("from", () => DateScalar, { description: "起始日。First day." }) from: string,
    @Arg("until", () => DateScalar, { description: "截止日，不含。First day after the period." })
    until: string,
    @Arg("territory", () => String, {
      nullable: true,
      description: "属地代码，默认为本部门属地。A territory; one's own department's if left out.",
    })
    territory: string | null,
  ): Promise<SharingPerformanceEntry> {
    return shown(await sharing.supervision.performance(identity, { from, until }, territory));
  }
}

function shown({ rows, missed, ...rest }: Performance): SharingPerformanceEntry {
  const of = (side: Side) => rows.filter((row) => row.side === side) as SupervisedDepartmentEntry[];
  return {
    ...rest,
    providers: of("PROVIDER"),
    requesters: of("REQUESTER"),
    authorities: of("AUTHORITY"),
    missedFields: [...missed],
    notes: NOTES,
  };
}

const NOTES: SupervisionNote[] = [
  { figures: null, words: "整份报告。The whole report.", ...WHOLE },
  ...GROUPS.map(({ name, words, article, cannotSay }) => ({ figures: name, words, article, cannotSay })),
  { figures: "missedFields", words: "缺得最多的字段。Most-missed fields.", ...MISSED },
];
