/** The statements of supervision figures: one for each kind of bookkeeping, grouped in the database by side and department. */

/** What every statement is given, in this order. */
export interface Given {
  /** The period's first instant, and the first after it. */
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
  /** Departments of a subtree, or one of them. */
  readonly rangeFrom: string;
  readonly rangeTo: string;
  readonly department: string | null;
}

export const valuesOf = (given: Given): unknown[] => [
  given.from,
  given.until,
  given.now,
  given.rangeFrom,
  given.rangeTo,
  given.department,
];

/** Whether the reader sees figures of this department. */
const seen = (column: string) => `(CASE WHEN $6::text IS NULL
  THEN split_part(${column}, '@', 2) COLLATE "C" >= $4::text AND split_part(${column}, '@', 2) COLLATE "C" < $5::text
  ELSE ${column} = $6::text END)`;

const period = (column: string) => `${column} >= $1::timestamptz AND ${column} < $2::timestamptz`;
/** Named by every statement, also where nothing depends on it: PostgreSQL takes no value of unknown type. */
const NOW = "$3::timestamptz";

/** Working days after the day of one instant, up to and with that of another: $7 holds them in order. */
const workingDays = (from: string, until: string) => `(${ordinal(until)} - ${ordinal(from)})`;
const ordinal = (instant: string) =>
  `width_bucket((${instant} AT TIME ZONE 'Asia/Shanghai')::date, $7::date[])`;

const medianOf = (column: string) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${column})`;
const count = (condition: string, name: string) => `count(*) FILTER (WHERE ${condition})::int AS "${name}"`;

/** Groups rows that have these columns by each of them, as far as they are seen. */
const bySide = (sides: readonly (readonly [side: string, column: string])[]) => {
  const cases = sides.map(([side, column]) => `WHEN grouping(${column}) = 0 THEN '${side}'`);
  const columns = sides.map(([, column]) => column);
  return {
    columns: `CASE ${cases.join(" ")} END AS side,
  CASE ${columns.map((column) => `WHEN grouping(${column}) = 0 THEN ${column}`).join(" ")} END AS department`,
    seen: columns.map(seen).join(" OR "),
    sets: `GROUPING SETS (${columns.map((column) => `(${column})`).join(", ")})`,
    having: columns.map((column) => `grouping(${column}) = 0 AND ${seen(column)}`).join(" OR "),
  };
};

const PARTIES = bySide([
  ["PROVIDER", "provider"],
  ["REQUESTER", "requester"],
]);

/**
 * A term: from the head's approval, or from a remittal, to the first step that ends it. In time is what ended before the
 * deadline that stood then.
 */
const TERM = `
term AS (
  SELECT r.requester, r.provider, b.act = 'REMIT' AS remitted, r.state, r.due, e.at AS ended, e.act AS ending, e.criterion,
    (SELECT p.due FROM access_request_transition p WHERE p.request = b.request AND p.seq = e.seq - 1) AS was_due,
    coalesce(between_them.extended, false) AS extended,
    ${workingDays("b.at", "e.at")} - coalesce(${workingDays("between_them.paused", "between_them.resumed")}, 0) AS days
  FROM access_request_transition b
    JOIN access_request r ON r.id = b.request
    LEFT JOIN LATERAL (
      SELECT t.seq, t.at, t.act, t.criterion FROM access_request_transition t
       WHERE t.request = b.request AND t.seq > b.seq AND t.act IN ('GRANT', 'GRANT_PART', 'REFUSE', 'WITHDRAW', 'LAPSE')
       ORDER BY t.seq LIMIT 1) AS e ON true
    LEFT JOIN LATERAL (
      SELECT bool_or(t.act = 'EXTEND') AS extended, min(t.at) FILTER (WHERE t.act = 'ASK_SUPPLEMENT') AS paused,
        min(t.at) FILTER (WHERE t.act = 'SUPPLEMENT') AS resumed
       FROM access_request_transition t
       WHERE t.request = b.request AND t.seq > b.seq AND t.seq < coalesce(e.seq, 2147483647)) AS between_them ON true
  WHERE b.act IN ('APPROVE', 'REMIT') AND ${period("b.at")} AND (${PARTIES.seen})
)`;

const ANSWERED = "ending IN ('GRANT', 'GRANT_PART', 'REFUSE')";
const IS_LATE = "coalesce(ended >= was_due, false)";
const IS_OVERDUE = `coalesce(due <= ${NOW}, false)`;

/** Beside the whole rows of a department one for each condition on which it refused, in part too. */
export const TERMS = `WITH ${TERM}
SELECT ${PARTIES.columns}, CASE WHEN grouping(criterion) = 0 THEN criterion END AS criterion,
  grouping(criterion) = 0 AS refusals,
  count(*)::int AS received, ${count("remitted", "remitted")},
  ${count(`${ANSWERED} AND NOT ${IS_LATE}`, "inTime")}, ${count(`${ANSWERED} AND ${IS_LATE}`, "late")},
  ${count(`ending IS NULL AND ${IS_OVERDUE}`, "overdue")},
  ${count(`ending IS NULL AND NOT ${IS_OVERDUE} AND state <> 'SUPPLEMENT_ASKED'`, "running")},
  ${count("ending IS NULL AND state = 'SUPPLEMENT_ASKED'", "paused")},
  ${count("ending IN ('WITHDRAW', 'LAPSE')", "unanswered")},
  ${count("ending = 'GRANT'", "granted")}, ${count("ending = 'GRANT_PART'", "grantedInPart")},
  ${count("ending = 'REFUSE'", "refused")}, ${count("extended", "extended")},
  ${medianOf(`CASE WHEN ${ANSWERED} THEN days END`)} AS "medianWorkingDays"
FROM term GROUP BY GROUPING SETS ((provider), (requester), (provider, criterion), (requester, criterion))
HAVING (${PARTIES.having}) AND (grouping(criterion) = 1 OR criterion IS NOT NULL)`;

/** What was done in the period, whenever the request was received. */
export const REQUEST_ACTS_DONE = `
SELECT ${PARTIES.columns}, ${count("act = 'FILE'", "filed")}, ${count("act = 'DISAPPROVE'", "disapproved")},
  ${count("act = 'DISPUTE'", "disputed")}, ${count("act = 'UPHOLD'", "upheld")}, ${count("act = 'URGE'", "urged")}
FROM access_request_transition t JOIN access_request r ON r.id = t.request
WHERE act IN ('FILE', 'DISAPPROVE', 'DISPUTE', 'UPHOLD', 'URGE') AND ${period("at")} AND (${PARTIES.seen})
  AND ${NOW} IS NOT NULL
GROUP BY ${PARTIES.sets} HAVING ${PARTIES.having}`;

/** What is to be delivered was granted with a deadline. */
export const DELIVERIES = `
WITH consent AS (
  SELECT r.requester, r.provider, r.state, r.due, e.at AS ended, e.act AS ending,
    (SELECT p.due FROM access_request_transition p WHERE p.request = b.request AND p.seq = e.seq - 1) AS was_due
  FROM access_request_transition b
    JOIN access_request r ON r.id = b.request
    LEFT JOIN LATERAL (
      SELECT t.seq, t.at, t.act FROM access_request_transition t
       WHERE t.request = b.request AND t.seq > b.seq AND t.act IN ('DELIVER', 'LAPSE') ORDER BY t.seq LIMIT 1) AS e ON true
  WHERE b.act IN ('GRANT', 'GRANT_PART') AND b.due IS NOT NULL AND ${period("b.at")} AND (${PARTIES.seen})
)
SELECT ${PARTIES.columns}, count(*)::int AS consented,
  ${count(`ending = 'DELIVER' AND NOT ${IS_LATE}`, "inTime")}, ${count(`ending = 'DELIVER' AND ${IS_LATE}`, "late")},
  ${count(`ending IS NULL AND ${IS_OVERDUE}`, "overdue")}, ${count(`ending IS NULL AND NOT ${IS_OVERDUE}`, "running")},
  ${count("ending = 'LAPSE'", "lapsed")}
FROM consent GROUP BY ${PARTIES.sets} HAVING ${PARTIES.having}`;

/** A correction that is not open was ended by its last transition; the one before holds the deadline that stood. */
export const CORRECTIONS = `
WITH filed AS (
  SELECT c.requester, c.provider, c.state, c.due, c.open, p.due AS was_due, e.at AS ended,
    ${workingDays("c.filed_at", "e.at")} AS days
  FROM correction c
    LEFT JOIN correction_transition e ON e.correction = c.id AND e.seq = c.seq AND NOT c.open
    LEFT JOIN correction_transition p ON p.correction = c.id AND p.seq = c.seq - 1 AND NOT c.open
  WHERE ${period("c.filed_at")} AND (${PARTIES.seen})
)
SELECT ${PARTIES.columns}, count(*)::int AS received,
  ${count(`NOT open AND state <> 'WITHDRAWN' AND NOT ${IS_LATE}`, "inTime")},
  ${count(`NOT open AND state <> 'WITHDRAWN' AND ${IS_LATE}`, "late")},
  ${count(`open AND ${IS_OVERDUE}`, "overdue")}, ${count(`open AND NOT ${IS_OVERDUE}`, "running")},
  ${count("state = 'WITHDRAWN'", "withdrawn")}, ${count("state = 'CORRECTED'", "corrected")},
  ${count("state = 'REJECTED'", "rejected")}, ${count("state = 'RETIRED'", "retired")},
  ${medianOf("CASE WHEN NOT open AND state <> 'WITHDRAWN' THEN days END")} AS "medianWorkingDays"
FROM filed GROUP BY ${PARTIES.sets} HAVING ${PARTIES.having}`;

const GRANT_SIDES = bySide([
  ["PROVIDER", "granted_by"],
  ["REQUESTER", "department"],
]);
const GRANT_ACTS = "SUSPEND NARROW REVOKE RELINQUISH DISPOSE".split(" ");
const DONE = "suspended narrowed revoked relinquished disposed".split(" ");

/** $7: days without use; $8: grants that were used in them. One that goes on after a division change is not given anew. */
export const GRANTS = `
WITH acted AS (
  SELECT grant_id, ${GRANT_ACTS.map((act, i) => `${count(`act = '${act}'`, DONE[i] as string)}`).join(", ")}
    FROM access_grant_act WHERE ${period("at")} GROUP BY grant_id
), standing AS (
  SELECT g.*, a.suspended, a.narrowed, a.revoked, a.relinquished, a.disposed,
    g.state = 'ACTIVE' AND g.starts_at <= ${NOW} AND (g.ends_at IS NULL OR g.ends_at > ${NOW}) AS in_force,
    former.successor IS NOT NULL AS goes_on, used.id IS NOT NULL AS is_used
  FROM access_grant g LEFT JOIN acted a ON a.grant_id = g.id
    LEFT JOIN (SELECT DISTINCT successor FROM access_grant_act) AS former ON former.successor = g.id
    LEFT JOIN (SELECT DISTINCT unnest($8::uuid[]) AS id) AS used ON used.id = g.id
  WHERE ${GRANT_SIDES.seen}
)
SELECT ${GRANT_SIDES.columns}, ${count(`NOT goes_on AND ${period("starts_at")}`, "given")}, ${count("in_force", "inForce")},
  ${count(`in_force AND NOT is_used AND starts_at <= ${NOW} - make_interval(days => $7::int)`, "unused")},
  ${DONE.map((name) => `coalesce(sum(${name}), 0)::int AS ${name}`).join(", ")}
FROM standing GROUP BY ${GRANT_SIDES.sets} HAVING ${GRANT_SIDES.having}`;

const PROVIDERS = bySide([["PROVIDER", "provider"]]);

/** A proposal that was returned is judged by the last time it went to review. */
export const CATALOGUE = `
WITH opened AS (
  SELECT u.provider, u.state, u.due, a.at AS ended,
    (SELECT p.due FROM catalogue_transition p WHERE p.update_id = u.id AND p.seq = a.seq - 1) AS was_due,
    EXISTS (SELECT FROM catalogue_transition x WHERE x.update_id = u.id AND x.act = 'EXTEND') AS extended
  FROM catalogue_update u
    LEFT JOIN LATERAL (SELECT t.seq, t.at FROM catalogue_transition t WHERE t.update_id = u.id AND t.act = 'APPROVE'
      AND u.state IN ('IN_REVIEW', 'PUBLISHED') ORDER BY t.seq DESC LIMIT 1) AS a ON true
  WHERE ${period("u.opened_at")} AND (${PROVIDERS.seen})
)
SELECT ${PROVIDERS.columns}, count(*)::int AS opened, ${count(`was_due IS NOT NULL AND NOT ${IS_LATE}`, "inTime")},
  ${count(IS_LATE, "late")}, ${count(`state IN ('OPEN', 'RETURNED', 'EXTENSION_ASKED', 'PROPOSED') AND ${IS_OVERDUE}`, "overdue")},
  ${count("state = 'PUBLISHED'", "published")}, ${count("extended", "extended")}
FROM opened GROUP BY ${PROVIDERS.sets} HAVING ${PROVIDERS.having}`;

const AUTHORITIES = bySide([["AUTHORITY", "authority"]]);

/** A review ends with the next step that leaves it; the hub itself returns what changed meanwhile. */
export const REVIEWS = `
WITH review AS (
  SELECT u.authority, u.due, e.at AS ended, e.act AS ending,
    (SELECT p.due FROM catalogue_transition p WHERE p.update_id = u.id AND p.seq = e.seq - 1) AS was_due
  FROM catalogue_transition t
    JOIN catalogue_update u ON u.id = t.update_id
    LEFT JOIN LATERAL (SELECT e.seq, e.at, e.act FROM catalogue_transition e
      WHERE e.update_id = t.update_id AND e.seq > t.seq AND e.act IN ('PUBLISH', 'RETURN', 'NOTICE')
      ORDER BY e.seq LIMIT 1) AS e ON true
  WHERE t.act = 'APPROVE' AND ${period("t.at")} AND (${AUTHORITIES.seen})
)
SELECT ${AUTHORITIES.columns}, count(*)::int AS received, ${count(`ended IS NOT NULL AND NOT ${IS_LATE}`, "inTime")},
  ${count(IS_LATE, "late")}, ${count(`ended IS NULL AND ${IS_OVERDUE}`, "overdue")},
  ${count(`ended IS NULL AND NOT ${IS_OVERDUE}`, "running")}
FROM review GROUP BY ${AUTHORITIES.sets} HAVING ${AUTHORITIES.having}`;

/** Fields that departments touched and did not hold in full, and those they asked for in requests. */
export const MISSED = `
WITH touched AS (
  SELECT department, footprint, count(*)::int AS answers FROM access_record
   WHERE ${period("at")} AND ${seen("department")} AND ${NOW} IS NOT NULL GROUP BY department, footprint
), lacked AS (
  SELECT t.department, t.footprint, t.answers, d ->> 'dataset' AS dataset, f ->> 'field' AS field,
    min(array_position('{NONE,AGGREGATE,MASKED}'::text[], f ->> 'level')) AS least
  FROM touched t JOIN access_footprint p ON p.hash = t.footprint
    CROSS JOIN LATERAL jsonb_array_elements(p.datasets) AS d
    CROSS JOIN LATERAL jsonb_array_elements(d -> 'fields') AS f
  WHERE f ->> 'level' <> 'FULL'
  GROUP BY t.department, t.footprint, t.answers, dataset, field
), asked AS (
  SELECT r.requester AS department, i.dataset, field, count(DISTINCT r.id)::int AS requests
  FROM access_request r JOIN access_request_item i ON i.request = r.id CROSS JOIN LATERAL unnest(i.fields) AS field
  WHERE ${period("r.filed_at")} AND r.part_of IS NULL AND ${seen("r.requester")}
  GROUP BY r.requester, i.dataset, field
), missed AS (
  SELECT department, dataset, field, sum(answers)::int AS answers, min(least) AS least, 0 AS requests
    FROM lacked GROUP BY department, dataset, field
  UNION ALL SELECT department, dataset, field, 0, NULL, requests FROM asked
)
SELECT dataset, field, count(DISTINCT department)::int AS departments,
  count(DISTINCT department) FILTER (WHERE least = 1)::int AS "withNone",
  sum(answers)::int AS answers, count(DISTINCT department) FILTER (WHERE requests > 0)::int AS "requestedBy",
  sum(requests)::int AS requests
FROM missed GROUP BY dataset, field
ORDER BY departments DESC, answers DESC, requests DESC, dataset COLLATE "C", field COLLATE "C" LIMIT $7::int`;
