// The words of requests, grants and operations in both languages.
import { say } from "../../../../session/language";

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const REQUEST_STATES: Words = {
  FILED: ["待本部门审批", "waits for its own head"],
  DISAPPROVED: ["本部门未同意", "not approved"],
  RECEIVED: ["待答复", "waits for its answer"],
  SUPPLEMENT_ASKED: ["待补充", "waits for a supplement"],
  EXTENSION_ASKED: ["已申请延期", "extension asked for"],
  GRANTED: ["已同意", "granted"],
  DELIVERED: ["已提供", "delivered"],
  REFUSED: ["不同意", "refused"],
  NEGOTIATING: ["争议协商", "in negotiation"],
  AT_AUTHORITY: ["主管部门协调", "with the authority"],
  AT_SUPERIOR: ["上级协调", "with the superior"],
  AT_GOVERNMENT: ["报政府决定", "with the government"],
  UPHELD: ["维持不同意", "refusal upheld"],
  WITHDRAWN: ["已撤回", "withdrawn"],
  LAPSED: ["自行终止", "lapsed"],
};

const REQUEST_ACTS: Words = {
  FILE: ["提出", "Filed"],
  SPLIT: ["其余部分另成一份", "Split off"],
  RECKON: ["重新计算期限", "Reckoned anew"],
  LAPSE: ["自行终止", "Lapsed"],
  APPROVE: ["批准，送提供单位", "Approve"],
  DISAPPROVE: ["不批准", "Do not approve"],
  ASK_SUPPLEMENT: ["告知补充", "Ask for a supplement"],
  SUPPLEMENT: ["补充", "Supplement"],
  ASK_EXTENSION: ["申请延期", "Ask for an extension"],
  EXTEND: ["同意延期", "Extend"],
  DECLINE_EXTENSION: ["不同意延期", "Decline the extension"],
  GRANT: ["同意", "Grant"],
  GRANT_PART: ["部分同意", "Grant in part"],
  REFUSE: ["不同意", "Refuse"],
  DELIVER: ["已提供数据", "Delivered"],
  WITHDRAW: ["撤回", "Withdraw"],
  URGE: ["督促", "Urge"],
  DISPUTE: ["提出争议", "Dispute"],
  ESCALATE: ["提请上一级", "Escalate"],
  REMIT: ["退回重新答复", "Remit"],
  UPHOLD: ["记录维持不同意", "Uphold the refusal"],
};

const PARTIES: Words = {
  requester: ["申请方", "requester"],
  provider: ["提供单位", "provider"],
  authority: ["数据主管部门", "data authority"],
  superior: ["共同上级", "superior authority"],
  grantee: ["获授权部门", "grantee"],
  hub: ["平台", "the hub"],
};

const GRANT_STATES: Words = {
  UPCOMING: ["尚未生效", "to come"],
  IN_FORCE: ["有效", "in force"],
  SUSPENDED: ["已暂停", "suspended"],
  EXPIRED: ["已到期，待报告处置", "ended, disposal due"],
  REVOKED: ["已终止，待报告处置", "revoked, disposal due"],
  RELINQUISHED: ["已放弃，待报告处置", "given up, disposal due"],
  RECODED: ["由另一授权接续", "goes on as another"],
  DISPOSED: ["已报告处置", "disposal reported"],
};

const GRANT_ACTS: Words = {
  SUSPEND: ["立即暂停", "Suspend"],
  RESUME: ["恢复", "Resume"],
  NARROW: ["缩小范围", "Narrow"],
  REVOKE: ["终止", "Revoke"],
  RELINQUISH: ["放弃", "Give up"],
  DISPOSE: ["报告处置情况", "Report the disposal"],
  RECODE: ["由另一授权接续", "Went on as another"],
};

const OPERATION_STATES: Words = {
  REGISTERED: ["待审批", "waits for its head"],
  APPROVED: ["已批准", "approved"],
  REFUSED: ["未批准", "not approved"],
  RETIRED: ["已停用", "retired"],
};

const OPERATION_ACTS: Words = {
  REGISTER: ["登记", "Register"],
  APPROVE: ["批准", "Approve"],
  REFUSE: ["不批准", "Do not approve"],
  RETIRE: ["停用", "Retire"],
};

function inWords(words: Words) {
  return (code: string): string => {
    const known = words[code];
    return known ? say(known[0], known[1]) : code;
  };
}

export const requestStateWord = inWords(REQUEST_STATES);
export const requestActWord = inWords(REQUEST_ACTS);
export const partyWord = inWords(PARTIES);
export const grantStateWord = inWords(GRANT_STATES);
export const grantActWord = inWords(GRANT_ACTS);
export const operationStateWord = inWords(OPERATION_STATES);
export const operationActWord = inWords(OPERATION_ACTS);

const GOOD = ["GRANTED", "DELIVERED", "IN_FORCE", "APPROVED"];
const BAD = ["REFUSED", "DISAPPROVED", "UPHELD", "SUSPENDED", "REVOKED"];

/** The colour of a state's mark. */
export function toneOf(state: string): string {
  if (GOOD.includes(state)) return "good";
  return BAD.includes(state) ? "bad" : "plain";
}
