// Invented addresses: streets and communities are real, the roads and houses in them stand nowhere.
import type { Place } from "./place";
import type { Stream } from "./stream";

/** The address of an office, a facility or a group in the community. */
export function addressOf(place: Place, stream: Stream): string {
  return `${streetOf(place)}${place.shortName}合成路${stream.whole(1, 300)}号`;
}

/** A flat; the community's own word stands in it, so that the masked form ends there. */
export function homeOf(place: Place, stream: Stream): string {
  const community = place.kind === "RESIDENTS" ? place.shortName : place.name;
  const house = `合成路${stream.whole(1, 99)}号${stream.whole(1, 30)}栋${stream.whole(101, 2806)}室`;
  return `${streetOf(place)}${community}${house}`;
}

function streetOf({ district, street }: Place): string {
  return `太原市${district.name}${street.name}`;
}
