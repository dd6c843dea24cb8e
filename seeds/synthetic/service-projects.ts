// Service projects of stations and organizations.

import { dayOf, dayText, TODAY } from "./calendar";
import type { City } from "./city";
import { mobileOf, nameOf } from "./person";
import type { Place } from "./place";
import { contractsOf } from "./purchase-contracts";
import { type Row, row, rowId, streamOf } from "./row";
import { operatorFor } from "./social-organizations";
import type { Stream } from "./stream";
import { SERVICE_KINDS, stationIdOf } from "./volunteer-stations";

const NAMES: Readonly<Record<string, string>> = {
  HOUSEKEEPING: "邻里家政帮扶",
  CULTURE_SPORT: "文体活动周",
  COUNSELLING: "心理疏导小屋",
  HEALTH: "健康义诊",
  LEGAL: "法律咨询日",
  TRAFFIC_SAFETY: "交通安全宣传",
  OTHER: "社区服务",
};

export function projectIdOf(city: City, place: Place, stream: Stream): string | undefined {
  const count = city.count("serviceProject", place);
  return count === 0 ? undefined : rowId("serviceProject", place, stream.whole(0, count - 1));
}

export function* serviceProjects(city: City): Generator<Row> {
  for (const place of city.places)
    for (let number = 0; number < city.count("serviceProject", place); number++)
      yield projectRow(city, place, number);
}

function projectRow(city: City, place: Place, number: number): Row {
  const stream = streamOf("serviceProject", place, number);
  const serviceKind = stream.pick(SERVICE_KINDS);
  const started = dayOf(stream.whole(2023, 2026), stream.whole(1, 12), stream.whole(1, 28));
  const ended = started + stream.whole(1, 400);
  const contract = stream.chance(0.2) ? contractsOf(city, place).at(number) : undefined;
  const organization = contract
    ? contract.organization
    : stream.chance(0.4)
      ? operatorFor(city, place, stream)
      : undefined;
  const emergency = stream.chance(0.03);
  return row("serviceProject", place, number, {
    projectNo: `XM${place.code}${String(number + 1).padStart(4, "0")}`,
    name: `${place.shortName}${NAMES[serviceKind]}（合成${number + 1}）`,
    serviceKind,
    supplyMode: contract ? "GOVERNMENT_PURCHASE" : stream.pick(["RESIDENT_VOLUNTEERING", "DONATION"]),
    state: stateOf(stream, started, ended),
    stationId: stationIdOf(city, place, number),
    organizationId: organization?.id,
    contractId: contract?.id,
    startedAt: dayText(started),
    endedAt: dayText(ended),
    ...service(stream),
    minimumAge: emergency ? 18 : stream.pick([8, 14, 16, 18]),
    emergency,
    risky: emergency || stream.chance(0.04),
    insured: stream.chance(emergency ? 0.9 : 0.5),
    place: `${place.shortName}合成路${stream.whole(1, 200)}号`,
    summary: "合成项目：按居民需求组织志愿服务",
    leaderName: nameOf(stream),
    leaderPhone: mobileOf(stream),
  });
}

function stateOf(stream: Stream, started: number, ended: number): string {
  if (stream.chance(0.03)) return "CANCELLED";
  if (started > TODAY) return stream.pick(["PLANNED", "RECRUITING"]);
  return ended > TODAY ? "RUNNING" : "FINISHED";
}

function service(stream: Stream): Row {
  const wanted = stream.whole(4, 40);
  return {
    recipientKind: stream.pick(["RESIDENTS", "ELDERLY", "MINORS", "DISABLED", "HARDSHIP", "PUBLIC_SPACE"]),
    recipientCount: Math.round(stream.longTail(30, 0.8)),
    volunteersWanted: wanted,
    volunteersEnrolled: Math.round(wanted * stream.between(0.3, 1.2)),
    plannedHours: wanted * stream.whole(2, 12),
  };
}
