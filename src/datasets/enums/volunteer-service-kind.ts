/** VolunteerServiceKind: the kinds of community volunteering that Art. 38 lists. */
import { defineEnum } from "../../declare";

export const VolunteerServiceKind = defineEnum(
  "VolunteerServiceKind",
  { zh: "社区志愿服务内容", en: "What community volunteers do", article: "第三十八条" },
  {
    HOUSEKEEPING: "家政服务",
    CULTURE_SPORT: "文体活动",
    COUNSELLING: "心理疏导",
    HEALTH: "医疗保健",
    LEGAL: "法律服务",
    TRAFFIC_SAFETY: "交通安全宣传教育",
    OTHER: "其他",
  },
);
