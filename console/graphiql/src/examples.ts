// Ready-made questions, as data: at least one for each kind of user of the hub.

export type User = "developer" | "analyst" | "bureau" | "steward" | "auditor";

export interface Example {
  id: string;
  zh: string;
  en: string;
  user: User;
  /** The department that asks. */
  department: string;
  purpose?: string;
  query: string;
  variables?: Record<string, unknown>;
}

export const USERS: readonly { code: User; zh: string; en: string }[] = [
  { code: "developer", zh: "应用开发", en: "App developers" },
  { code: "analyst", zh: "业务分析", en: "Analysts" },
  { code: "bureau", zh: "大数据部门", en: "Big-data bureau" },
  { code: "steward", zh: "数源单位", en: "Data stewards" },
  { code: "auditor", zh: "审计与安全", en: "Auditors" },
];

export const EXAMPLES: readonly Example[] = [
  {
    id: "street",
    zh: "一个街道的全貌：居委会、设施、社会组织、志愿者、工作者、经费",
    en: "One street whole: committees, facilities, organizations, volunteers, workers, money",
    user: "developer",
    department: "finance@140100000000",
    query: `
query Street($street: String!) {
  committees(where: { territory: { within: $street } }, first: 20) {
    totalCount
    nodes { code name kind }
  }
  facilities(where: { territory: { within: $street } }, first: 5) {
    totalCount
    nodes { name kind buildingArea }
  }
  socialOrganizations(where: { territory: { within: $street } }, first: 5) {
    totalCount
    nodes { name creditCode }
  }
  volunteers(where: { territory: { within: $street } }, first: 5) {
    totalCount
    nodes { name phone }
  }
  communityWorkers(where: { territory: { within: $street } }, first: 5) {
    totalCount
    nodes { name grade }
  }
  fundTransactions(where: { territory: { within: $street } }, first: 5) {
    totalCount
    nodes { date amount }
  }
}`,
    variables: { street: "140105001" },
  },
];
