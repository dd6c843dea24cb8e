// Names of datasets, fields, purposes and departments for the codes that requests, grants and records carry.
import { nameOf, say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";

const NAMES = /* GraphQL */ `
  query Names {
    catalogue { name title en fields { name zh en } }
    purposes { code zh en legalBasis }
  }
`;

interface Known {
  catalogue: {
    name: string;
    title: string;
    en: string;
    fields: { name: string; zh: string; en: string }[];
  }[];
  purposes: { code: string; zh: string; en: string; legalBasis: string }[];
}

export interface Names {
  datasets: readonly { name: string; text: string; fields: readonly { name: string; text: string }[] }[];
  purposes: Known["purposes"];
  dataset(name: string): string;
  field(dataset: string, name: string): string;
  fields(dataset: string, names: readonly string[]): string;
  purpose(code: string | null): string;
}

const headOf = (title: string) => title.split(/[：:；;]/)[0] ?? title;

/** What stands before the explanation, where that alone tells it from the others. */
function shortOf(title: string, all: readonly string[]): string {
  const short = headOf(title);
  return all.filter((one) => headOf(one) === short).length > 1 ? title : short;
}

/** Until they are there, and where there is none, the code itself. */
export function useNames(): Names {
  const { answer } = useAsk<Known>(NAMES);
  const known = answer?.data;
  const titles = (known?.catalogue ?? []).map(({ title, en }) => say(title, en));
  const datasets = (known?.catalogue ?? []).map(({ name, title, en, fields }) => ({
    name,
    text: shortOf(say(title, en), titles),
    fields: fields.map((one) => ({ name: one.name, text: say(one.zh, one.en).split(/[；;]/)[0] ?? "" })),
  }));
  const purposes = known?.purposes ?? [];
  const entry = (name: string) => datasets.find((one) => one.name === name);
  const field = (dataset: string, name: string) =>
    entry(dataset)?.fields.find((one) => one.name === name)?.text ?? name;
  return {
    datasets,
    purposes,
    dataset: (name) => entry(name)?.text ?? name,
    field,
    fields: (dataset, names) =>
      names.length === 0
        ? say("除不予共享外的全部数据项", "all fields that may be shared")
        : names.map((name) => field(dataset, name)).join(say("、", ", ")),
    purpose: (code) => {
      if (code === null) return say("未指明目的", "no purpose");
      const one = purposes.find((purpose) => purpose.code === code);
      return one ? nameOf(one) : code;
    },
  };
}

const DEPARTMENTS = /* GraphQL */ `
  query DepartmentNames($codes: [String!]) {
    departments(where: { code: { in: $codes } }, first: 200) {
      nodes { code name }
    }
  }
`;

/** Whoever only administers, secures or audits reads no data, not even names of departments. */
export function useReads(): boolean {
  return useMe().duties.some((duty) => !["admin", "security", "audit"].includes(duty));
}

/** The name of each department, or its code. */
export function useDepartments(codes: readonly string[]): (code: string) => string {
  const reads = useReads();
  const wanted = reads ? [...new Set(codes)].sort().slice(0, 200) : [];
  const asked = useAsk<{ departments: { nodes: { code: string; name: string }[] } }>(
    wanted.length > 0 ? DEPARTMENTS : null,
    { codes: wanted },
  );
  const named = new Map(asked.answer?.data.departments?.nodes.map(({ code, name }) => [code, name]));
  return (code) => named.get(code) ?? code;
}
