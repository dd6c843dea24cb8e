// A March of requests and corrections under a steered clock, whose figures are counted by hand in the tests.
import { flowOn as correctionsOn } from "../corrections/flow";
import { BIG_DATA, flowOn, HOUSING, type Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";
import type { TestHub } from "../setup/hub";

export const XIAODIAN_BIG_DATA = `big-data@${XIAODIAN}`;
const STREET = "street-office@140105001000";
const REFUSAL = { reason: "目的不符", criterion: "PURPOSE" };

/** Due, where nothing else is said, at the end of Monday the 16th: ten working days after Monday the 2nd. */
export async function tellRequests(hub: TestHub, time: Time): Promise<void> {
  const flow = flowOn(hub);
  const provider = XIAODIAN_CIVIL_AFFAIRS;
  time.march("02T09:00");
  const received = async (given?: object) => (await flow.approve((await flow.filed(given)).id)).id as string;
  const volunteers = { items: [{ dataset: "volunteer", fields: ["name", "phone"], territory: XIAODIAN }] };
  const soon = await received();
  const late = await received();
  const paused = await received();
  const extended = await received();
  const disputed = await received();
  const waiting = await received(); // nobody ever answers it
  const withdrawn = await received();
  const supplemented = await received();
  const [batch, lateBatch] = [
    await received({ ...volunteers, way: "BATCH" }),
    await received({ ...volunteers, way: "BATCH" }),
  ];
  const partial = await received();
  const own = (await flow.filed()).id;
  time.march("03T09:00");
  await flow.decide(batch, "GRANT", provider); // 1 day
  await flow.decide(lateBatch, "GRANT", provider); // 1 day; to be delivered by the end of the 31st
  await flow.decide(supplemented, "ASK_SUPPLEMENT", provider, { reason: "缺依据" });
  await flow.by(own, "DISAPPROVE", HOUSING, "approve", { reason: "不需要" });
  time.march("04T09:00");
  await flow.decide(soon, "GRANT", provider); // 2 days
  await flow.decide(partial, "GRANT_PART", provider, {
    ...REFUSAL,
    part: { items: [{ dataset: "volunteer", fields: ["name"] }] },
  }); // 2 days
  time.march("05T09:00");
  await flow.decide(disputed, "REFUSE", provider, REFUSAL); // 3 days
  await flow.decide(batch, "DELIVER", provider);
  await flow.by(withdrawn, "WITHDRAW", HOUSING, "read");
  time.march("06T09:00");
  await flow.by(supplemented, "SUPPLEMENT", HOUSING, "read", { reason: "见附件" });
  await flow.by(disputed, "DISPUTE", HOUSING, "approve", { reason: "目的相符" });
  await flow.by(disputed, "ESCALATE", HOUSING, "approve", { reason: "协商不成" });
  time.march("09T09:00");
  await flow.decide(supplemented, "REFUSE", provider, { ...REFUSAL, criterion: "SCOPE" }); // 5 days, 3 of them paused
  const { authority } = await flow.seen(disputed, HOUSING);
  await flow.decide(disputed, "REMIT", authority, { reason: "重新答复" }); // due by the end of the 23rd
  time.march("10T09:00");
  await flow.decide(extended, "ASK_EXTENSION", provider, { reason: "涉及多个科室" });
  await flow.decide(extended, "EXTEND", authority);
  await flow.decide(paused, "ASK_SUPPLEMENT", provider, { reason: "缺场景" });
  time.march("18T09:00");
  await flow.decide(late, "GRANT", provider); // 12 days
  await flow.decide(waiting, "URGE", authority, { reason: "逾期" });
  time.march("20T09:00");
  await flow.decide(extended, "GRANT", provider); // 14 days
}

export async function tellCorrections(hub: TestHub, time: Time): Promise<void> {
  const flow = correctionsOn(hub);
  time.march("02T09:00");
  const asked = async () => {
    const row = await flow.facility();
    const draft = { id: row.id, field: "name", found: row.name, proposed: `${row.name}（改）` };
    return { row, proposed: draft.proposed, id: (await flow.requested(draft, STREET)).id as string };
  };
  const [soon, late, waiting, withdrawn] = [await asked(), await asked(), await asked(), await asked()];
  void waiting; // nobody ever answers it
  time.march("04T09:00");
  await flow.rename(soon.row, soon.proposed, XIAODIAN_CIVIL_AFFAIRS); // 2 days
  await flow.by(withdrawn.id, "WITHDRAW", STREET, "read");
  time.march("18T09:00");
  await flow.by(late.id, "REJECT", XIAODIAN_CIVIL_AFFAIRS, "decide", "门牌无误"); // 12 days
}

export { BIG_DATA, HOUSING, STREET, XIAODIAN_CIVIL_AFFAIRS };
