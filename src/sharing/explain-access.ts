/** `explainAccess`: plans a question and tells what it would cost, be refused and see, without running it. */
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { joined, type Prepared } from "../read";
import type { SharingContext } from "./context";
import { decisionsUnder } from "./decisions";
import { AccessExplanation, type RefusedField } from "./explanation-types";
import { fieldsOf } from "./question";
import { shownLevels } from "./shown";
import { viewpoint } from "./viewpoint";

const DESCRIPTION = `说明一个查询的权限：成本、会被拒绝的部分、脱敏与不可见的字段及依据；不读取任何记录。查看其他部门须有安全管理职责。
Explains what a question may see and why, reading no row; as another department for the security duty alone.`;

@Resolver()
export class ExplainAccessResolver {
  @Query(() => AccessExplanation, { description: DESCRIPTION })
  async explainAccess(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("operation", () => String, { description: "GraphQL 查询文本。Text of the question." })
    operation: string,
    @Arg("variables", () => String, {
      nullable: true,
      description: "变量，JSON 文本。Its variables as JSON text.",
    })
    variables: string | null,
    @Arg("operationName", () => String, {
      nullable: true,
      description: "文本含多个操作时的操作名。Which operation, where there are several.",
    })
    operationName: string | null,
    @Arg("as", () => String, {
      nullable: true,
      description: "部门代码，默认为自己。A department's code; oneself if left out.",
    })
    as: string | null,
    @Arg("purpose", () => String, {
      nullable: true,
      description: "使用目的，默认为本次请求的。A purpose; that of this request if left out.",
    })
    purpose: string | null,
  ): Promise<AccessExplanation> {
    const { reader, rights: store } = sharing;
    const who = await viewpoint(sharing, identity, as, purpose);
    const fields = fieldsOf(sharing, { operation, variables, operationName });
    const rights = await store.current();
    const decisions = decisionsUnder(sharing, who, rights);
    const { cost, access, apply, touched, roots } = reader.prepare(fields, decisions);
    const levelsOf = shownLevels(sharing, rights);
    return {
      cost,
      refused: refusedOf(roots),
      apply: joined(apply as string[]),
      notes: access.map((note) => ({ ...note, held: [...note.held], purposes: [...note.purposes] })),
      fields: touched.flatMap(({ dataset, fields: of }) =>
        [...new Set(of.map((f) => f.field))].map((field) => ({
          dataset,
          field,
          levels: levelsOf(decisions.decide(dataset), field),
        })),
      ),
      unexplained: fields
        .filter((asked, i) => asked.name !== "__typename" && roots[i]?.is === "typename")
        .map((asked) => asked.key),
    };
  }
}

function refusedOf(roots: Prepared["roots"]): RefusedField[] {
  return roots.flatMap((root) => {
    if (root.is !== "refused") return [];
    const { message, code, extensions } = root.error;
    const { dataset, field, apply } = extensions as { dataset?: string; field?: string; apply?: string };
    return [{ path: [root.key], code, message, dataset, field, apply }];
  });
}
