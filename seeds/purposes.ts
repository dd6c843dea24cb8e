// The purposes that data may be asked for, each with the article it rests on.

export interface PurposeSeed {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly legalBasis: string;
}

const REGULATION = "太原市城乡社区治理促进条例";

export const PURPOSES: readonly PurposeSeed[] = [
  { code: "budget-review", zh: "预算审核", en: "Budget review", legalBasis: `${REGULATION} 第四十一条` },
  { code: "fund-audit", zh: "经费审计", en: "Audit of funds", legalBasis: `${REGULATION} 第四十五条` },
  {
    code: "staffing-plan",
    zh: "社区工作者配备",
    en: "Staffing of communities",
    legalBasis: `${REGULATION} 第四十六条`,
  },
  {
    code: "post-recruitment",
    zh: "专门岗位招聘",
    en: "Recruitment to reserved posts",
    legalBasis: `${REGULATION} 第四十七条`,
  },
  {
    code: "facility-planning",
    zh: "设施规划建设",
    en: "Planning of facilities",
    legalBasis: `${REGULATION} 第十六条、第十七条`,
  },
  {
    code: "elderly-care",
    zh: "社区养老服务",
    en: "Community care for the elderly",
    legalBasis: `${REGULATION} 第三十七条`,
  },
  {
    code: "dispute-mediation",
    zh: "矛盾纠纷化解",
    en: "Mediation of disputes",
    legalBasis: `${REGULATION} 第二十七条`,
  },
  {
    code: "legal-aid",
    zh: "公益法律服务",
    en: "Public legal service",
    legalBasis: `${REGULATION} 第三十五条`,
  },
  {
    code: "volunteer-service",
    zh: "志愿服务组织",
    en: "Organizing volunteers",
    legalBasis: `${REGULATION} 第三十八条`,
  },
  {
    code: "volunteer-insurance",
    zh: "志愿者保险",
    en: "Insurance of volunteers",
    legalBasis: "志愿服务条例 第十七条",
  },
  {
    code: "emergency-response",
    zh: "突发事件应对",
    en: "Response to emergencies",
    legalBasis: `${REGULATION} 第三十二条`,
  },
];
