// Whose matrices are shown beside each other: the city's departments for the security duty, else my own purposes.
import { nameOf, say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { useReads } from "./names";

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

const STEWARDS = /* GraphQL */ `
  query Stewards {
    catalogue { provider { kind zh } }
  }
`;

interface Departments {
  departments: { nodes: { code: string; name: string }[] };
}

interface Stewards {
  catalogue: { provider: { kind: string; zh: string } }[];
}

/** Whoever reads no data knows departments from the catalogue: its stewards, at the level of the own territory. */
function useOthers(): Viewer[] {
  const { duties, department } = useMe();
  const all = duties.includes("security");
  const reads = useReads();
  const named = useAsk<Departments>(all && reads ? CITY : null);
  const told = useAsk<Stewards>(all && !reads ? STEWARDS : null);
  const nodes = named.answer?.data.departments?.nodes ?? [];
  const kinds = new Map(told.answer?.data.catalogue.map(({ provider }) => [provider.kind, provider.zh]));
  const stewards = [...kinds].map(([kind, name]) => ({ code: `${kind}@${department.territory}`, name }));
  return [...nodes, ...stewards].map(({ code, name }) => ({ key: code, name, as: code, purpose: null }));
}

export function useViewers(): Viewer[] {
  const { duties, purposes, department } = useMe();
  const others = useOthers();
  if (duties.includes("security")) return others;
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
