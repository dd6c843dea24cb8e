/** `accessMatrix`: what a department may see, field by field, and why. */
import { Arg, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { HubError } from "../errors";
import type { SharingContext } from "./context";
import { decisionsUnder } from "./decisions";
import { shownLevels } from "./shown";
import { HeldLevel, PersonalClass, SharingClass } from "./types";
import { viewpoint } from "./viewpoint";

@ObjectType("AccessMatrixRow", { description: "一个字段的权限。The rights to one field." })
export class AccessMatrixRow {
  @Field(() => String, { description: "数据集名。The dataset's name." })
  dataset: string;

  @Field(() => String, {
    description:
      "字段名；关键字段随行可见，不单列。The field's name; key fields go with their row and are not listed.",
  })
  field: string;

  @Field(() => String, { description: "字段中文名。The field in Chinese." })
  zh: string;

  @Field(() => SharingClass, {
    nullable: true,
    description: "共享属性；报表的字段没有。Its sharing class; none in a report.",
  })
  class?: string;

  @Field(() => PersonalClass, { description: "个人信息类别。Its class of personal data." })
  personal: string;

  @Field(() => [HeldLevel], { description: "各属地的级别及依据。Levels by territory, with their grounds." })
  levels: HeldLevel[];
}

const DESCRIPTION = `权限矩阵：数据集 × 字段 × 级别 × 属地，附依据。默认为本部门，查看其他部门须有安全管理职责。
The access matrix of one's own department, or of another one for the security duty.`;

@Resolver()
export class AccessMatrixResolver {
  @Query(() => [AccessMatrixRow], { description: DESCRIPTION })
  async accessMatrix(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("as", () => String, { nullable: true, description: "部门代码。A department's code." })
    as: string | null,
    @Arg("purpose", () => String, {
      nullable: true,
      description: "使用目的，默认为本次请求的。A purpose; that of this request if left out.",
    })
    purpose: string | null,
    @Arg("dataset", () => String, { nullable: true, description: "只看此数据集。This dataset alone." })
    dataset: string | null,
  ): Promise<AccessMatrixRow[]> {
    // A department's rights, whichever duty looks at them: an auditor reads no rows, its department may.
    const who = await viewpoint(sharing, identity, as || identity.department.code, purpose);
    const rights = await sharing.rights.current();
    const { decide } = decisionsUnder(sharing, who, rights);
    const { catalogue } = sharing.reader.parts;
    const levelsOf = shownLevels(sharing, rights);
    if (dataset && !catalogue.find(dataset))
      throw new HubError("BAD_USER_INPUT", `没有数据集 ${dataset}。No dataset is called ${dataset}.`, {
        argument: "dataset",
      });
    return catalogue.readable
      .filter((entry) => !dataset || entry.name === dataset)
      .flatMap((entry) => {
        const decision = decide(entry.name);
        return entry.fields
          .filter((f) => !f.key)
          .map((f) => ({
            dataset: entry.name,
            field: f.name,
            zh: f.zh,
            class: entry.from ? undefined : f.sharing,
            personal: f.personal,
            levels: levelsOf(decision, f.name),
          }));
      });
  }
}
