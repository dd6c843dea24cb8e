/** Names of departments: looked up among the datasets by the same planner, under a decision named after its reason. */
import { parse } from "graphql";
import { systemDecision } from "../access";
import type { Catalogue } from "../declare";
import type { Sharing } from "./context";

const DEPARTMENT = parse("query ($code: String!) { department(code: $code) { name } }");

/** The name under which a department is registered, or undefined where none has this code. */
export async function departmentName({ reader, rights }: Sharing, code: string): Promise<string | undefined> {
  const { epoch } = await rights.current();
  const { text } = await reader.answer(
    { document: DEPARTMENT, variables: { code } },
    under(reader.parts.catalogue, rights, epoch),
  );
  return (JSON.parse(text) as { department: { name: string } | null }).department?.name;
}

function under(
  catalogue: Catalogue,
  rights: Sharing["rights"],
  epoch: number,
): Parameters<Sharing["reader"]["answer"]>[1] {
  return {
    epoch,
    decide: (dataset) => systemDecision(catalogue.dataset(dataset), "names of departments", epoch),
    purposesFor: () => [],
    refresh: async () => under(catalogue, rights, (await rights.refresh()).epoch),
  };
}

/** Words for a kind of department, e.g. 民政部门 for `civil-affairs`, as the enum of the kinds says them. */
export function kindWords(catalogue: Catalogue, kind: string): string {
  for (const { fields } of catalogue.datasets)
    for (const { enum: words } of fields)
      if (words?.name === "DepartmentKind")
        return words.values[kind.replaceAll("-", "_").toUpperCase()] ?? kind;
  return kind;
}
