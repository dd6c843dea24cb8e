// Idle assets: offered to communities first or not, and what became of them.
import { addressOf } from "./address";
import { dayOf, dayText, TODAY } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { facilityCode } from "./provision";
import { enterpriseOf } from "./register-number";
import { type Row, row, streamOf, twoDecimals } from "./row";

const NAMES: Readonly<Record<string, string>> = {
  OFFICE: "闲置办公用房",
  SCHOOL: "闲置校舍",
  FACTORY: "闲置厂房",
  SHOP: "闲置商铺",
  LAND: "闲置土地",
  OTHER: "其他闲置资源",
};

export function* idleAssets(city: City): Generator<Row> {
  const most = city.scale === "city" ? 3 : 1;
  for (const place of city.places)
    for (let number = 0; number < most; number++)
      if (streamOf("idle", place, number).chance(number === 0 ? 0.5 : 0.3))
        yield assetRow(city, place, number);
}

function assetRow(city: City, place: Place, number: number): Row {
  const stream = streamOf("idleAsset", place, number);
  const kind = stream.pick(Object.keys(NAMES));
  const owner = enterpriseOf(place, stream.whole(0, 39));
  const idle = dayOf(stream.whole(2016, 2025), stream.whole(1, 12), stream.whole(1, 28));
  const state = stateOf(city, place, stream.unit());
  const offered = state === "REGISTERED" ? undefined : Math.min(idle + stream.whole(20, 500), TODAY - 60);
  const decided = offered && state.startsWith("ASSIGNED") ? stream.whole(offered, TODAY) : undefined;
  const elsewhere = state === "ASSIGNED_ELSEWHERE";
  return row("idleAsset", place, number, {
    code: `XZ${place.code}${String(number + 1).padStart(2, "0")}`,
    name: `${place.shortName}${NAMES[kind]}（合成${number + 1}）`,
    kind,
    state,
    owner: owner.name,
    ownerCreditCode: owner.creditCode,
    buildingArea: kind === "LAND" ? undefined : twoDecimals(stream.longTail(600, 0.6)),
    landArea: twoDecimals(stream.longTail(900, 0.6)),
    titleNo: `合成晋（${stream.whole(1998, 2020)}）不动产权第${stream.digits(7)}号`,
    idleSince: dayText(idle),
    offeredAt: offered === undefined ? undefined : dayText(offered),
    firstRefusal: offered === undefined ? undefined : stream.chance(elsewhere ? 0.4 : 0.95),
    decidedAt: decided === undefined ? undefined : dayText(decided),
    assignedTo: decided === undefined ? undefined : elsewhere ? enterpriseOf(place, number).name : place.name,
    facilityCode: state === "ASSIGNED_TO_COMMUNITY" ? facilityCode(place, number) : undefined,
    address: addressOf(place, stream),
  });
}

/** Only where the community has a facility can the asset have become it. */
function stateOf(city: City, place: Place, chance: number): string {
  if (chance < 0.3) return "REGISTERED";
  if (chance < 0.55) return "OFFERED";
  if (chance < 0.6) return "WITHDRAWN";
  return chance < 0.85 && city.count("facility", place) > 2 ? "ASSIGNED_TO_COMMUNITY" : "ASSIGNED_ELSEWHERE";
}
