// Which department stands behind a community.
import type { Place } from "./place";

const CITY = "140100000000";
/** An area of statistics without bureaus of its own: those of the city do its work. */
const STATISTICAL_AREA = "140171000000";

/** The bureau of this kind of the community's district. */
export function bureauOf(kind: string, place: Place): string {
  const district = place.district.code;
  return `${kind}@${district === STATISTICAL_AREA ? CITY : district}`;
}

export function streetOfficeOf(place: Place): string {
  return `street-office@${place.street.code}`;
}

export function committeeOf(place: Place): string {
  return `committee@${place.code}`;
}
