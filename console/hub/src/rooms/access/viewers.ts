// Whose matrices are shown beside each other: the city's departments for the security duty, else my own purposes.
import { nameOf, say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";

export interface Viewer {
  key: string;
  name: string;
  /** Null: my own department. */
  as: string | null;
  purpose: string | null;
}

const CITY = /* GraphQL */ `
  query CityDepartments {
    departments(where: { level: { eq: CITY } }, orderBy: [{ field: CODE }], first: 40) {
      nodes { code name }
    }
  }
`;

export function useViewers(): Viewer[] {
  const { duties, purposes, department } = useMe();
  const all = duties.includes("security");
  const asked = useAsk<{ departments: { nodes: { code: string; name: string }[] } }>(all ? CITY : null);
  if (all)
    return (asked.answer?.data.departments?.nodes ?? []).map(({ code, name }) => ({
      key: code,
      name,
      as: code,
      purpose: null,
    }));
  const standing = {
    key: department.code,
    name: say("常设权限", "Standing rights"),
    as: null,
    purpose: null,
  };
  return [
    standing,
    ...purposes.map((one) => ({ key: one.code, name: nameOf(one), as: null, purpose: one.code })),
  ];
}
