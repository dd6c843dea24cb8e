/** The one pure decision: identity × dataset × rights in force → level per field and territory, with its grounds. */
import { createHash } from "node:crypto";
import {
  areaOf,
  CITY,
  type Code,
  type DatasetEntry,
  EVERYWHERE,
  type FieldEntry,
  higher,
  type Level,
  type Range,
  type Sharing,
} from "../declare";
import {
  type Grant,
  type Identity,
  inForce,
  nextChange,
  type Rights,
  readsData,
  type Standing,
  stewardshipsOf,
} from "../identity";
import type { Decision, FieldRight, Ground, Span } from "./decision";

/** One right as it bears on one field. */
interface Claim extends Range {
  /** The node that the right names. */
  readonly node: Code;
  readonly level: Level;
  readonly ground: Ground;
}

/**
 * Decides what `identity` may see of `dataset` at the instant `at`.
 * The union of stewardship, standing rights and the grants of the asked purpose; nothing else opens anything.
 */
export function decide(identity: Identity, dataset: DatasetEntry, rights: Rights, at: Date): Decision {
  const fields = new Map<string, FieldRight>();
  const nodes = new Set<Code>([CITY]);
  const own = ownRights(identity, dataset, rights, at);
  const bearing = (field: FieldEntry, sharing: Sharing) => {
    const claimed = claims(field, sharing, identity, dataset, own, at);
    for (const claim of claimed) nodes.add(claim.node);
    return spread(claimed);
  };
  for (const field of readsData(identity) ? dataset.fields : []) {
    if (field.key) continue;
    const spans = bearing(field, field.sharing);
    const condition = field.stricter;
    fields.set(
      field.name,
      condition ? { spans, strict: { condition, spans: bearing(field, condition.sharing) } } : { spans },
    );
  }
  const until = nextChange([...rights.stewardships, ...rights.standings, ...rights.grants], at);
  return seal({ dataset: dataset.name, epoch: rights.epoch, until, fields, territories: [...nodes].sort() });
}

/** The rights that can bear on any field of the dataset, sought once and not for each field: a city has thousands. */
function ownRights(identity: Identity, dataset: DatasetEntry, rights: Rights, at: Date): Rights {
  return {
    epoch: rights.epoch,
    stewardships: rights.stewardships.filter((s) => s.dataset === dataset.name && inForce(s, at)),
    standings: rights.standings.filter((s) => belongsTo(s, identity) && inForce(s, at)),
    grants: rights.grants.filter((g) => isFor(g, identity) && g.dataset === dataset.name && inForce(g, at)),
  };
}

/** Other purposes under which this department's grants would bear on the field: what `extensions.access` points to. */
export function purposesFor(
  identity: Identity,
  dataset: string,
  field: string,
  rights: Rights,
  at: Date,
): string[] {
  const held = rights.grants.filter(
    (g) =>
      g.dataset === dataset &&
      g.department === identity.department.code &&
      g.purpose !== identity.purpose &&
      inForce(g, at), // last: it reads two instants
  );
  return [
    ...new Set(held.filter((g) => g.fields.length === 0 || g.fields.includes(field)).map((g) => g.purpose)),
  ].sort();
}

/** The decision under which the hub itself looks something up, by name (semantics 6). */
export function systemDecision(dataset: DatasetEntry, reason: string, epoch: number): Decision {
  const span: Span = { ...EVERYWHERE, level: "FULL", grounds: [{ kind: "SYSTEM", id: reason }] };
  const fields = new Map(
    dataset.fields.filter((f) => !f.key).map((f): [string, FieldRight] => [f.name, { spans: [span] }]),
  );
  return seal({ dataset: dataset.name, epoch, until: Number.POSITIVE_INFINITY, fields, territories: [CITY] });
}

/** Where this identity may write rows of the dataset: its steward with the duty, in its own territory (semantics 1). */
export function writable(
  identity: Identity,
  dataset: DatasetEntry,
  rights: Rights,
  at: Date,
  field?: string,
): Range[] {
  if (!identity.duties.includes("steward")) return [];
  return stewardClaims(identity, dataset, rights, at, field).map(({ from, to }) => ({ from, to }));
}

/** Closes a decision with its fingerprint. */
export function seal(decision: Omit<Decision, "fingerprint">): Decision {
  const bare = [...decision.fields].map(([name, right]) => [
    name,
    levelsOf(right.spans),
    right.strict?.condition.code,
    right.strict && levelsOf(right.strict.spans),
  ]);
  const hash = createHash("sha256").update(JSON.stringify([decision.dataset, bare]));
  return { ...decision, fingerprint: hash.digest("base64url").slice(0, 22) };
}

/** Where each level holds, whatever the grounds: neighbours of one level are one. */
export function levelsOf(spans: readonly Span[]): [Code, Code, Level][] {
  const levels: [Code, Code, Level][] = [];
  for (const { from, to, level } of spans) {
    const last = levels.at(-1);
    if (last && last[1] === from && last[2] === level) last[1] = to;
    else levels.push([from, to, level]);
  }
  return levels;
}

/** All rights that bear on a field shared as `sharing`. */
function claims(
  field: FieldEntry,
  sharing: Sharing,
  identity: Identity,
  dataset: DatasetEntry,
  rights: Rights,
  at: Date,
): Claim[] {
  const steward = stewardClaims(identity, dataset, rights, at, field.name);
  if (sharing === "NOT_SHARED") return steward;
  const standing = rights.standings
    .filter((s) => inForce(s, at) && belongsTo(s, identity) && bearsOn(s, field, sharing))
    .map((s) => standingClaim(s, identity));
  const granted = rights.grants
    .filter((g) => inForce(g, at) && isFor(g, identity) && g.dataset === dataset.name && opens(g, field))
    .map((g): Claim => ({ ...nodeRange(g.territory), level: g.level, ground: { kind: "GRANT", id: g.id } }));
  return [...steward, ...standing, ...granted];
}

function stewardClaims(
  identity: Identity,
  dataset: DatasetEntry,
  rights: Rights,
  at: Date,
  field?: string,
): Claim[] {
  return stewardshipsOf(rights, { dataset: dataset.name, field }, at)
    .filter((s) => s.kind === identity.department.kind)
    .map((s) => ({
      ...nodeRange(identity.department.territory),
      level: "FULL",
      ground: { kind: "STEWARD", id: s.id },
    }));
}

function belongsTo(standing: Standing, identity: Identity): boolean {
  const kind = identity.department.kind;
  return standing.kind === kind || (standing.kind === "*" && !standing.except.includes(kind));
}

function bearsOn(standing: Standing, field: FieldEntry, sharing: Sharing): boolean {
  return standing.over === "AGGREGATE_OPEN" ? field.aggregateOpen : standing.over === sharing;
}

function standingClaim(standing: Standing, identity: Identity): Claim {
  const area = nodeRange(standing.scope === "CITY" ? CITY : identity.department.territory);
  return { ...area, level: standing.level, ground: { kind: "STANDING", id: standing.id } };
}

/** Without a purpose, standing rights alone (semantics 2). */
function isFor(grant: Grant, identity: Identity): boolean {
  return (
    identity.purpose !== undefined &&
    grant.purpose === identity.purpose &&
    grant.department === identity.department.code
  );
}

function opens(grant: Grant, field: FieldEntry): boolean {
  return grant.fields.length === 0 || grant.fields.includes(field.name);
}

function nodeRange(node: Code): Range & { node: Code } {
  return { node, ...areaOf(node) };
}

/** Lays overlapping claims out as disjoint spans in code order, the highest level of each with all its grounds. */
function spread(claimed: readonly Claim[]): Span[] {
  const edges = [...new Set(claimed.flatMap((c) => [c.from, c.to]))].sort();
  const spans: Span[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i] as Code, edges[i + 1] as Code];
    const here = claimed.filter((c) => c.from <= from && to <= c.to);
    const level = here.reduce<Level>((best, c) => higher(best, c.level), "NONE");
    if (level === "NONE") continue;
    const grounds = here.filter((c) => c.level === level).map((c) => c.ground);
    const last = spans.at(-1);
    if (last && last.to === from && last.level === level && same(last.grounds, grounds))
      spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, level, grounds });
  }
  return spans;
}

function same(a: readonly Ground[], b: readonly Ground[]): boolean {
  return a.length === b.length && a.every((g, i) => g.kind === b[i]?.kind && g.id === b[i]?.id);
}
