// Purchase contracts: one for a line of purchased services, within the line, and above all that is paid under it.
import { type Line, linesOf } from "./budget";
import { bureauOf } from "./bureau";
import { dayOf, dayText, past, TODAY } from "./calendar";
import { type City, perPlace } from "./city";
import type { Place } from "./place";
import { type Enterprise, enterpriseOf } from "./register-number";
import { type Row, row, rowId, streamOf, yuan } from "./row";
import { type Organization, registeredFor } from "./social-organizations";

export interface Contract {
  readonly number: number;
  readonly id: string;
  readonly line: Line;
  /** Empty where an enterprise supplies the service. */
  readonly organization?: Organization;
  readonly supplier: Enterprise;
}

/** All contracts of a community; kept, because six datasets name them. */
export const contractsOf = perPlace((city, place): Contract[] =>
  linesOf(city, place).flatMap((line) => {
    const stream = streamOf("contracted", place, line.number);
    if (line.purpose !== "SERVICE_PURCHASE" || !stream.chance(0.85)) return [];
    const supplier = enterpriseOf(place, stream.whole(0, 39));
    const organization = stream.chance(0.85) ? registeredFor(city, place, stream.whole(0, 9)) : undefined;
    const id = rowId("purchaseContract", place, line.number);
    return [{ number: line.number, id, line, organization, supplier }];
  }),
);

/** Codes and names of a directory that is invented: the city's own is not at hand. */
const ITEMS = [
  ["HC-A01", "社区养老服务（合成目录）", "ELDERLY_CARE", "SOCIAL_ASSISTANCE"],
  ["HC-A02", "社区助餐服务（合成目录）", "HOUSEKEEPING", "SOCIAL_ASSISTANCE"],
  ["HC-B01", "社区文体活动（合成目录）", "CULTURE", "CULTURE_EDUCATION_SPORT"],
  ["HC-B02", "社区教育培训（合成目录）", "TRAINING", "EMPLOYMENT"],
  ["HC-C01", "社区公益法律服务（合成目录）", "OTHER", "LEGAL_AID"],
  ["HC-D01", "社区环境整治（合成目录）", "RECYCLING", "ENVIRONMENT"],
] as const;

export function* purchaseContracts(city: City): Generator<Row> {
  for (const place of city.places)
    for (const contract of contractsOf(city, place)) yield contractRow(place, contract);
}

function contractRow(place: Place, { number, line, organization, supplier }: Contract): Row {
  const stream = streamOf("purchaseContract", place, number);
  const [directoryItem, directoryItemName, serviceKind, publicService] = stream.pick(ITEMS);
  const signed = dayOf(line.year, 1, 25) + stream.whole(0, 20);
  const to = dayOf(line.year, 12, 31);
  const accepted = to + stream.whole(5, 60);
  const listed = stream.chance(0.96);
  return row("purchaseContract", place, number, {
    contractNo: `HT${place.code}${String(number).padStart(3, "0")}`,
    name: `${place.shortName}${directoryItemName.replace("（合成目录）", "")}项目（合成）`,
    year: line.year,
    directoryItem: listed ? directoryItem : undefined,
    directoryItemName: listed ? directoryItemName : undefined,
    budgetLineId: line.id,
    departmentCode: bureauOf("civil-affairs", place),
    organizationId: organization?.id,
    supplierName: organization ? organization.name : supplier.name,
    supplierCreditCode: organization ? organization.creditCode : supplier.creditCode,
    supplyMode: "GOVERNMENT_PURCHASE",
    serviceKind,
    publicService,
    state: accepted <= TODAY ? "ACCEPTED" : stream.chance(0.02) ? "TERMINATED" : "RUNNING",
    amount: yuan(line.allocations.reduce((sum, { cents }) => sum + cents, 0)),
    signedAt: dayText(signed),
    serviceFrom: dayText(signed + stream.whole(1, 20)),
    serviceTo: dayText(to),
    personsServed: Math.round(stream.longTail(120, 0.6)),
    ...hours(stream.whole(200, 4000), stream.unit(), stream.unit()),
    acceptedAt: past(accepted),
    disclosedAt: stream.chance(place.profile.openness) ? past(signed + stream.whole(2, 20)) : undefined,
  });
}

/** Bought, delivered, paid: in one contract of twenty more is paid than was delivered. */
function hours(bought: number, delivery: number, luck: number): Row {
  const delivered = Math.round(bought * (0.7 + delivery * 0.3));
  const paid = luck < 0.05 ? Math.round(delivered * 1.15) : Math.round(delivered * (0.8 + luck * 0.2));
  return { purchasedHours: bought, deliveredHours: delivered, paidHours: Math.min(paid, bought) };
}
