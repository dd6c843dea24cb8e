/** The services that Arts. 15, 35 and 36 want in reach of every community. */
import { defineEnum } from "../../declare";

export const PublicService = defineEnum(
  "PublicService",
  { zh: "基本公共服务", en: "Basic public services of the community window", article: "第三十五条" },
  {
    EMPLOYMENT: "就业",
    SOCIAL_SECURITY: "社会保障",
    SOCIAL_ASSISTANCE: "救助",
    PUBLIC_HEALTH: "公共卫生和计划生育",
    CULTURE_EDUCATION_SPORT: "文化教育体育",
    LEGAL_AID: "公益法律",
    FLOATING_POPULATION: "流动人口管理",
    PUBLIC_ORDER: "治安",
    ENVIRONMENT: "环境绿化美化",
  },
);

export const CommunityService = defineEnum(
  "CommunityService",
  { zh: "便民服务", en: "Services for residents' convenience", article: "第三十六条" },
  {
    ELDERLY_CARE: "养老",
    NURSING: "护理",
    HOUSEKEEPING: "家政",
    LEISURE: "休闲",
    FITNESS: "健身",
    CULTURE: "文化",
    TRAINING: "培训",
    RECYCLING: "再生资源回收",
  },
);

export const RuralInfrastructure = defineEnum(
  "RuralInfrastructure",
  { zh: "农村社区基础设施", en: "Infrastructure of rural communities", article: "第十五条" },
  {
    TRANSPORT: "交通运输",
    HEALTH: "卫生医疗",
    ENVIRONMENT: "环境整治",
    POST_EXPRESS: "邮政快递",
  },
);
