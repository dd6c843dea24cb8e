// Donations: of persons, enterprises and others; a third wish not to be named.

import { type Day, dayOf, dayText, past, TODAY, yearsAfter } from "./calendar";
import type { City } from "./city";
import { mobileOf, nameOf } from "./person";
import type { Place } from "./place";
import { enterpriseOf } from "./register-number";
import { type Row, row, rowId, streamOf, yuan } from "./row";
import { registeredFor } from "./social-organizations";
import type { Stream } from "./stream";

export interface Donation {
  readonly number: number;
  readonly id: string;
  readonly kind: "MONEY" | "GOODS" | "SERVICE";
  /** Cents. */
  readonly cents: number;
  readonly received: Day;
  readonly donorKind: string;
}

export function donationsOf(city: City, place: Place): Donation[] {
  return Array.from({ length: city.count("donation", place) }, (_, number) => {
    const stream = streamOf("donation", place, number);
    const donorKind = stream.weighted({
      PERSON: 0.55,
      ENTERPRISE: 0.25,
      SOCIAL_ORGANIZATION: 0.1,
      INSTITUTION: 0.06,
      OTHER: 0.04,
    });
    const median = donorKind === "PERSON" ? 300 : 8_000;
    return {
      number,
      id: rowId("donation", place, number),
      kind: stream.weighted({ MONEY: 0.7, GOODS: 0.22, SERVICE: 0.08 }),
      cents: Math.max(10, Math.round(Math.min(stream.longTail(median, 1), 500_000))) * 100,
      received: stream.whole(dayOf(2021, 2), TODAY - 1),
      donorKind,
    };
  });
}

export function* donations(city: City): Generator<Row> {
  for (const place of city.places)
    for (const donation of donationsOf(city, place)) yield donationRow(city, place, donation);
}

function donationRow(city: City, place: Place, donation: Donation): Row {
  const { number, kind, cents, received, donorKind } = donation;
  const stream = streamOf("donation facts", place, number);
  const recipient = recipientOf(city, place, stream);
  return row("donation", place, number, {
    donationNo: `JZ${place.code}${String(number + 1).padStart(4, "0")}`,
    donorKind,
    anonymous: stream.chance(donorKind === "PERSON" ? 0.35 : 0.1),
    ...donor(stream, place, donorKind, received),
    kind,
    ...recipient,
    amount: yuan(cents),
    goods: kind === "MONEY" ? undefined : kind === "GOODS" ? "合成：米面粮油等物资" : "合成：义务维修服务",
    earmarked: stream.chance(0.4),
    purpose: stream.pick(["困难帮扶（合成）", "社区养老（合成）", "社区活动（合成）"]),
    receivedAt: dayText(received),
    receiptNo: stream.chance(0.9) ? `HCPJ${stream.digits(9)}` : undefined,
    disclosedAt: stream.chance(place.profile.openness) ? past(received + stream.whole(5, 90)) : undefined,
    lawfulBasis: "CONSENT",
    retentionUntil: dayText(yearsAfter(received, 10)),
  });
}

function donor(stream: Stream, place: Place, kind: string, received: Day): Row {
  if (kind === "PERSON") {
    const consent = stream.weighted({ GRANTED: 0.6, NONE: 0.35, WITHDRAWN: 0.05 });
    return {
      donorName: nameOf(stream),
      donorPhone: stream.chance(0.6) ? mobileOf(stream) : undefined,
      consent,
      consentAt: consent === "NONE" ? undefined : dayText(received),
    };
  }
  const enterprise = enterpriseOf(place, stream.whole(0, 39));
  if (kind === "ENTERPRISE") return { donorName: enterprise.name, donorCreditCode: enterprise.creditCode };
  return { donorName: `合成捐赠单位${stream.whole(1, 99)}` };
}

function recipientOf(city: City, place: Place, stream: Stream): Row {
  const organization = stream.chance(0.3) ? registeredFor(city, place, stream.whole(0, 9)) : undefined;
  if (!organization)
    return { recipientKind: stream.chance(0.85) ? "COMMITTEE" : "STREET", fundSource: "DONATION" };
  const foundation = organization.kind === "FOUNDATION";
  return {
    recipientKind: foundation ? "FOUNDATION" : "SOCIAL_ORGANIZATION",
    fundSource: foundation ? "FOUNDATION" : "DONATION",
    organizationId: organization.id,
  };
}
