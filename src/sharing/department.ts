/** Names of departments and of their kinds, as the registers and the declarations have them. */
import type { Catalogue } from "../declare";
import { departmentName, SystemRows } from "../read";
import type { Sharing } from "./context";

/** The name under which a department is registered, or undefined where none has this code. */
export function nameOfDepartment({ reader }: Sharing, code: string): Promise<string | undefined> {
  const { catalogue, pool } = reader.parts;
  return departmentName(new SystemRows(catalogue, pool, "names of departments"), code);
}

/** Words for a kind of department, e.g. 民政部门 for `civil-affairs`, as the enum of the kinds says them. */
export function kindWords(catalogue: Catalogue, kind: string): string {
  for (const { fields } of catalogue.datasets)
    for (const { enum: words } of fields)
      if (words?.name === "DepartmentKind")
        return words.values[kind.replaceAll("-", "_").toUpperCase()] ?? kind;
  return kind;
}
