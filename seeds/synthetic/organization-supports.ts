// Support that community organizations receive: venues, free facilities, matters taken over.
import { bureauOf, committeeOf, streetOfficeOf } from "./bureau";
import { dayOf, dayText, TODAY } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { facilityId } from "./provision";
import { contractsOf } from "./purchase-contracts";
import { type Row, row, streamOf, twoDecimals, yuan } from "./row";
import { type Organization, organizationsOf } from "./social-organizations";

const CONTENTS: Readonly<Record<string, string>> = {
  MATTER: "承接社区服务事项（合成）",
  VENUE: "提供活动场地（合成）",
  LAND: "提供活动用地（合成）",
  FREE_FACILITY: "无偿提供社区综合服务设施（合成）",
};

export function* organizationSupports(city: City): Generator<Row> {
  for (const place of city.places)
    for (const organization of organizationsOf(city, place))
      if (streamOf("supported", place, organization.number).chance(0.45))
        yield supportRow(city, place, organization);
}

function supportRow(city: City, place: Place, organization: Organization): Row {
  const { number, id, tier } = organization;
  const stream = streamOf("organizationSupport", place, number);
  const facility = facilityId(city, place, stream.whole(0, 2));
  const contract = contractsOf(city, place).find(({ organization: carrier }) => carrier?.number === number);
  const kind = contract
    ? "MATTER"
    : stream.weighted({ MATTER: 0.15, VENUE: 0.4, LAND: 0.05, FREE_FACILITY: facility ? 0.4 : 0 });
  const from = dayOf(stream.whole(2022, 2026), stream.whole(1, 10), stream.whole(1, 28));
  const giver = stream.weighted({ GOVERNMENT: 0.2, STREET: 0.35, COMMITTEE: 0.45 });
  return row("organizationSupport", place, number, {
    supportNo: `ZC${place.code}${String(number + 1).padStart(4, "0")}`,
    organizationId: id,
    organizationTier: tier,
    kind,
    giver,
    departmentCode: departmentOf(place, giver),
    facilityId: kind === "FREE_FACILITY" ? facility : undefined,
    contractId: contract?.id,
    content: CONTENTS[kind],
    area: kind === "MATTER" ? undefined : twoDecimals(stream.longTail(80, 0.5)),
    weeklyHours: kind === "MATTER" || kind === "LAND" ? undefined : stream.whole(2, 40),
    price: kind === "FREE_FACILITY" || stream.chance(0.5) ? "0.00" : yuan(stream.whole(1, 60) * 10_000),
    documentNo: `合成支持〔${dayText(from).slice(0, 4)}〕${stream.whole(1, 400)}号`,
    supportFrom: dayText(Math.min(from, TODAY)),
    supportTo: stream.chance(0.5) ? dayText(from + 365 * stream.whole(1, 4)) : undefined,
  });
}

function departmentOf(place: Place, giver: string): string {
  if (giver === "COMMITTEE") return committeeOf(place);
  return giver === "STREET" ? streetOfficeOf(place) : bureauOf("civil-affairs", place);
}
