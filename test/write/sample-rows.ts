// Rows with which nothing is wrong, each with a key of its own, for tests of the write path.
import { ELSEWHERE, FIRST } from "./small-city";

type Given = Record<string, unknown>;

let serial = 0;

export function facility(given: Given = {}, community: string = FIRST) {
  serial += 1;
  const code = `${community}${String(serial).padStart(4, "0")}`;
  return { code, name: "合成设施", kind: "OFFICE", status: "IN_USE", territory: community, ...given };
}

export function member(given: Given = {}) {
  serial += 1;
  return {
    memberNo: `M${serial}`,
    name: "合成甲",
    position: "MEMBER",
    termFrom: "2025-01-01",
    territory: FIRST,
    ...given,
  };
}

export function volunteer(given: Given = {}) {
  serial += 1;
  return {
    volunteerNo: `V${serial}`,
    name: "合成丙",
    birthDate: "1990-01-01",
    registeredAt: "2024-01-01",
    consent: "GRANTED",
    consentAt: "2024-01-01",
    lawfulBasis: "CONSENT",
    retentionUntil: "2030-01-01",
    territory: FIRST,
    ...given,
  };
}

export function volunteerRecord(volunteerId: string, given: Given = {}) {
  serial += 1;
  return {
    recordNo: `R${serial}`,
    volunteerId,
    serviceKind: "LEGAL",
    startedAt: "2025-05-01T09:00:00+08:00",
    endedAt: "2025-05-01T10:00:00+08:00",
    hours: 1,
    consent: "GRANTED",
    territory: ELSEWHERE,
    ...given,
  };
}
