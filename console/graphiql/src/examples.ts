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
  /** Asked by the head of sharing. */
  head?: true;
  query: string;
  variables?: Record<string, unknown>;
}

export const USERS: readonly { code: User; zh: string; en: string }[] = [
  { code: "developer", zh: "应用开发", en: "App developers" },
  { code: "analyst", zh: "业务分析", en: "Analysts" },
  { code: "bureau", zh: "大数据部门", en: "Big-data bureau" },
  { code: "steward", zh: "数源部门", en: "Data stewards" },
  { code: "auditor", zh: "审计与安全", en: "Auditors" },
];

const FINANCE = "finance@140100000000";
const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const BIG_DATA = "big-data@140100000000";
const STREET_OFFICE = "street-office@140105001000";

export const EXAMPLES: readonly Example[] = [
  {
    id: "street",
    zh: "一个街道的全貌：居委会、设施、社会组织、志愿者、工作者、经费",
    en: "One street whole: committees, facilities, organizations, volunteers, workers, money",
    user: "developer",
    department: FINANCE,
    purpose: "budget-review",
    variables: { street: "140105001" },
    query: `
query Street($street: String!) {
  committees(
    where: { territory: { within: $street } }
    first: 3
  ) {
    totalCount
    nodes { code name director termTo }
  }
  facilities(
    where: { territory: { within: $street } }
    first: 3
  ) {
    totalCount
    nodes { code name kind buildingArea }
  }
  socialOrganizations(
    where: { territory: { within: $street } }
    first: 3
  ) {
    totalCount
    nodes { creditCode name contactName contactPhone }
  }
  volunteers(
    where: { territory: { within: $street } }
    first: 3
  ) {
    totalCount
    nodes { volunteerNo name phone totalHours }
  }
  communityWorkers(
    where: { territory: { within: $street } }
    first: 3
  ) {
    totalCount
    nodes { workerNo name post grade monthlyPay }
  }
  fundTransactions(
    where: { territory: { within: $street } }
    first: 3
  ) {
    totalCount
    nodes { occurredAt category amount summary }
  }
}`,
  },
  {
    id: "facility-page",
    zh: "小店区的社区服务设施，按建筑面积从大到小，一页二十条",
    en: "Facilities of Xiaodian district, largest first, a page of twenty",
    user: "developer",
    department: "housing@140100000000",
    variables: { after: null },
    query: `
query FacilityPage($after: String) {
  facilities(
    where: { territory: { within: "140105" } }
    orderBy: [{ field: BUILDING_AREA, direction: DESC }]
    first: 20
    after: $after
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      code
      name
      kind
      buildingArea
      address
      committee { name officePhone }
    }
  }
}`,
  },
  {
    id: "own-street",
    zh: "本街道回流数据：各社区居委会的工作者、志愿者",
    en: "Data flowing back to a street: workers and volunteers of its committees",
    user: "developer",
    department: STREET_OFFICE,
    query: `
query OwnStreet {
  volunteers(first: 10) {
    totalCount
    nodes { name phone skills community { name } }
  }
  communityWorkers(first: 10) {
    totalCount
    nodes { name post certificate community { name } }
  }
}`,
  },
  {
    id: "two-levels",
    zh: "同一张志愿者名单：小店区完整可见，其他区脱敏",
    en: "One list of volunteers: Xiaodian in full, the other districts masked",
    user: "analyst",
    department: "youth-league@140100000000",
    purpose: "volunteer-service",
    query: `
query TwoLevels {
  full: volunteers(
    where: { territory: { within: "140105" } }
    first: 5
  ) {
    nodes { name phone totalHours }
  }
  masked: volunteers(
    where: { territory: { within: "140106" } }
    first: 5
  ) {
    nodes { name phone totalHours }
  }
}`,
  },
  {
    id: "facility-area",
    zh: "各区社区服务设施的数量和建筑面积（条例第十七条）",
    en: "Number and floor area of facilities by district (Art. 17)",
    user: "analyst",
    department: "planning@140100000000",
    query: `
query FacilityArea {
  facilitiesAggregate(
    groupBy: [TERRITORY_DISTRICT, KIND]
  ) {
    groups {
      key { territoryDistrict kind }
      count
      sum { buildingArea }
      avg { buildingArea }
    }
  }
}`,
  },
  {
    id: "spending",
    zh: "各年度、各类支出的社区经费",
    en: "Community spending by year and category",
    user: "analyst",
    department: FINANCE,
    query: `
query Spending {
  fundTransactionsAggregate(
    where: { direction: { eq: EXPENSE } }
    groupBy: [YEAR, CATEGORY]
  ) {
    groups {
      key { year category }
      count
      sum { amount }
    }
  }
}`,
  },
  {
    id: "volunteers-by-district",
    zh: "各区志愿者人数和服务时长：只见统计数，小格隐去",
    en: "Volunteers and hours by district: figures only, small cells suppressed",
    user: "bureau",
    department: BIG_DATA,
    query: `
query VolunteersByDistrict {
  volunteersAggregate(
    groupBy: [TERRITORY_DISTRICT]
  ) {
    groups {
      key { territoryDistrict }
      count
      sum { totalHours }
      suppressed
    }
    coverage { territory counted withheld }
  }
}`,
  },
  {
    id: "overview",
    zh: "社区综合概览：每百户设施面积、工作者、志愿者、经费执行",
    en: "Per community: facility area per 100 households, workers, volunteers, budget execution",
    user: "bureau",
    department: BIG_DATA,
    query: `
query Overview {
  communityOverviews(
    where: { territory: { within: "140105001" } }
    first: 20
  ) {
    nodes {
      code
      name
      households
      facilityAreaPer100Households
      workers
      volunteers
      allocated
      spent
      executionRate
    }
  }
}`,
  },
  {
    id: "committees-overdue",
    zh: "任期已届满、尚未换届的居（村）委会（居委会组织法第十四条）",
    en: "Committees whose term has ended (organic law, Art. 14)",
    user: "steward",
    department: CIVIL_AFFAIRS,
    variables: { today: "2026-01-01" },
    query: `
query CommitteesOverdue($today: Date!) {
  committees(
    where: { termTo: { lt: $today } }
    orderBy: [{ field: TERM_TO, direction: ASC }]
    first: 20
  ) {
    totalCount
    nodes { code name kind director termFrom termTo }
  }
}`,
  },
  {
    id: "requests-waiting",
    zh: "待我办理的共享申请（政务数据共享条例第二十条至第二十二条）",
    en: "Requests for access that wait for me (sharing regulation, Art. 20–22)",
    user: "steward",
    department: CIVIL_AFFAIRS,
    head: true,
    query: `
query RequestsWaiting {
  accessRequests(waitingForMe: true) {
    totalCount
    nodes {
      id
      requesterName
      scenario
      items { dataset fields level territoryName }
      state
      due
      overdue
      acts
    }
  }
}`,
  },
  {
    id: "request-decide",
    zh: "办理一份共享申请：填入 id 和步骤（APPROVE、GRANT、REFUSE……）",
    en: "Take a request one step further: fill in its id and the act (APPROVE, GRANT, REFUSE …)",
    user: "steward",
    department: CIVIL_AFFAIRS,
    head: true,
    variables: { id: "", act: "GRANT" },
    query: `
mutation DecideRequest(
  $id: String!
  $act: AccessRequestAct!
  $reason: String
  $criterion: String
) {
  decideAccessRequest(
    id: $id
    act: $act
    reason: $reason
    criterion: $criterion
  ) {
    state
    due
    grants
    acts
    transitions { at act department actor reason }
  }
}`,
  },
  {
    id: "minors",
    zh: "监护人尚未同意的未成年志愿者：仅数源部门可见",
    en: "Young volunteers without a guardian's consent: for the steward alone",
    user: "steward",
    department: CIVIL_AFFAIRS,
    query: `
query Minors {
  volunteers(
    where: {
      birthDate: { gt: "2012-01-01" }
      guardianConsent: { ne: GRANTED }
    }
    first: 20
  ) {
    totalCount
    nodes {
      volunteerNo
      name
      birthDate
      guardianName
      guardianConsent
    }
  }
}`,
  },
  {
    id: "money-trail",
    zh: "一笔经费的去向：预算、拨付、收支逐级追踪（条例第四十五条）",
    en: "Where the money went: from budget line to payment (Art. 45)",
    user: "auditor",
    department: "audit@140100000000",
    purpose: "fund-audit",
    query: `
query MoneyTrail {
  budgetLines(
    where: {
      territory: { within: "140105" }
      audits: { some: {} }
    }
    first: 3
  ) {
    nodes {
      fiscalCode
      year
      name
      approvedAmount
      allocations(first: 3) {
        nodes { allocationNo amount paidAt }
      }
      transactions(first: 3) {
        nodes { occurredAt category amount }
      }
      audits(first: 3) {
        nodes { year opinion rectifiedAt }
      }
    }
  }
}`,
  },
  {
    id: "me",
    zh: "我是谁，凭什么：当前身份、职责和有效授权",
    en: "Who am I, on which grounds: identity, duties and grants",
    user: "auditor",
    department: FINANCE,
    query: `
query WhoAmI {
  me {
    department { code name kind }
    duties
    purpose
    purposes { code zh }
    stewardOf
  }
  grants {
    nodes {
      dataset
      fields
      level
      territoryName
      purpose
      legalBasis
      until
      inForce
    }
  }
}`,
  },
];
