/** Enums of grants with the words that people read beside their values. */
import { enumType } from "../../read";

export const GRANT_STATES = [
  "UPCOMING",
  "IN_FORCE",
  "SUSPENDED",
  "EXPIRED",
  "REVOKED",
  "RELINQUISHED",
  "RECODED",
  "DISPOSED",
] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** Neither ended nor given back: what the list shows unless states are named. */
export const STANDING_STATES: readonly GrantState[] = ["UPCOMING", "IN_FORCE", "SUSPENDED"];

const STATES: Record<GrantState, string> = {
  UPCOMING: "尚未生效。to come",
  IN_FORCE: "有效。in force",
  SUSPENDED: "已暂停，待整改（政务数据共享条例 第二十七条）。suspended until put right; opens nothing",
  EXPIRED: "已到期，待报告处置情况。ended by date; its disposal report is due",
  REVOKED: "提供单位已终止，待报告处置情况。ended by the provider; its disposal report is due",
  RELINQUISHED: "获授权部门已放弃，待报告处置情况。given up by the grantee; its disposal report is due",
  RECODED: "区划变更，由另一授权接续。goes on as another grant after a division change",
  DISPOSED: "已报告处置情况（第二十七条、第二十九条）。its disposal was reported",
};

export const GrantStateWord = enumType("GrantState", "授权的状态。Where a grant stands.", STATES);

const ACTS = {
  SUSPEND:
    "提供单位因不当使用立即暂停，须说明理由（第二十七条）。the provider stops a misuse at once; needs a reason",
  RESUME:
    "提供单位在整改后恢复，须说明理由。the provider lets it go on after it was put right; needs a reason",
  NARROW:
    "提供单位经协商缩小范围，并向数据主管部门备案（第二十七条）。the provider narrows it after a negotiation; filed with the data authority",
  REVOKE:
    "提供单位经协商终止，并向数据主管部门备案；因不当使用已暂停的，可直接终止（第二十七条）。the provider ends it after a negotiation, or after a suspension; filed with the data authority",
  RELINQUISH:
    "获授权部门放弃：目的已实现、无法实现或者不再需要（第二十七条）。the grantee gives it up; needs a reason",
  DISPOSE:
    "获授权部门报告数据处置情况（第二十七条、第二十九条）。the grantee reports how it disposed of the data",
};

/** Acts that people take. */
export const GrantActWord = enumType(
  "GrantAct",
  "授权的管理步骤，条文为政务数据共享条例。An act on a grant.",
  ACTS,
);

/** Beside them the hub's own. */
export const GrantRecordedAct = enumType("GrantRecordedAct", "已办步骤。An act that was taken.", {
  ...ACTS,
  RECODE: "区划变更，由另一授权接续。a division change: another grant goes on in its place",
});

export const GrantPartyWord = enumType("GrantParty", "办理方。A side of a grant.", {
  provider: "提供单位。the provider",
  grantee: "获授权部门。the department it is given to",
  hub: "平台。the hub itself",
});
