/** One case: a question, or a walk over pages, put to both exits of the hub and to the reference. */
import type { DatasetEntry } from "../../src/declare";
import type { Identity, Rights } from "../../src/identity";
import type { Hub, Told } from "./adapter";
import { difference, firstDifference, leak } from "./compare";
import {
  type Choose,
  grantOf,
  modelOf,
  questionOf,
  settingOf,
  type Tally,
  type Walk,
  type World,
  walkOf,
} from "./generator";
import { answer, type Question, type Reply } from "./reference/answer";
import type { Model } from "./reference/model";
import type { Refusal } from "./reference/refusals";

export interface Case {
  readonly hub: Hub;
  readonly world: World;
  readonly choose: Choose;
  readonly tally: Tally;
  readonly reader: Identity;
}

export async function askOnce(asked: Case): Promise<void> {
  const { hub, world, choose, tally, reader } = asked;
  const model = modelOf(hub.catalogue, world, reader);
  const question = questionOf(choose, settingOf(hub.types, model, tally));
  const { reply } = await askAll(asked, model, world.rights, question, question);
  seeReply(tally, reply);
}

function seeReply(tally: Tally, reply: Reply): void {
  const refusals = Object.values(reply.refused).flat();
  tally.see(refusals.length > 0 ? `refused ${refusals[0]?.code}` : "answered");
}

/** Puts the question to all three; the cursors in it are each side's own. */
async function askAll(
  asked: Case,
  model: Model,
  rights: Rights,
  question: Question,
  theirs: Question,
  before?: Rights,
) {
  const { hub, reader, tally } = asked;
  const reply = await answer(hub.types, model, theirs);
  const decisions = hub.decisions(reader, rights, before);
  const text = await hub.text(question, decisions);
  const objects = await hub.objects(question, decisions);
  for (const [exit, told] of Object.entries({ text, objects })) {
    const wrong = difference(told, reply) ?? leaked(told, model, question);
    if (wrong) fail(`the ${exit} exit: ${wrong}`, asked, question, rights);
  }
  // With several root fields the text exit explains them together, the objects exit each by itself.
  const isOne = text.errors.length === 0 && Object.keys(text.data as object).length === 1;
  const apart =
    firstDifference(text.data, objects.data, "data") ??
    (isOne ? firstDifference(text.access, objects.access, "access") : undefined);
  if (apart) fail(`the exits differ: ${apart}`, asked, question, rights);
  for (const what of model.noted) tally.see(what);
  if (hub.catalogue.datasets.some((d) => question.query.includes(`${d.plural}`) && isMixed(model, d)))
    tally.see("mixed levels");
  return { reply, text };
}

function leaked(told: Told, model: Model, question: Question): string | undefined {
  const value = leak(told, model, question);
  return value && `${value} is withheld, and in the answer: ${told.raw}`;
}

function fail(what: string, { reader }: Case, question: Question, rights: Rights): never {
  const grants = rights.grants.filter(
    (g) => g.department === reader.department.code && g.purpose === reader.purpose,
  );
  throw new Error(
    `${what}\n${question.query}\n${JSON.stringify(question.variables)}\n${JSON.stringify(reader)}\n${JSON.stringify({ grants, standings: rights.standings, stewardships: rights.stewardships.filter((s) => s.kind === reader.department.kind) })}`,
  );
}

/** A field that this reader has at different levels in different rows. */
function isMixed(model: Model, dataset: DatasetEntry): boolean {
  const rows = model.rowsOf(dataset);
  return dataset.fields.some(
    (f) => !f.key && new Set(rows.map((r) => model.policy.level(dataset, f, r))).size > 1,
  );
}

const MOST_PAGES = 6;

/** Follows the cursors of a list; between pages rights may change. */
export async function askPages(asked: Case): Promise<void> {
  const { hub, world, choose, tally, reader } = asked;
  let rights = world.rights;
  let model = modelOf(hub.catalogue, world, reader, rights);
  const walk = walkOf(choose, settingOf(hub.types, model, tally));
  let cursors: Cursors = { ours: null, theirs: null };
  for (let n = 0; n < MOST_PAGES; n++) {
    const changed = n > 0 && choose.maybe(30) ? otherRights(asked, walk, rights) : undefined;
    if (changed) {
      await hub.changeRights();
      tally.see("rights changed between pages");
    }
    const before = changed && choose.maybe(50) ? rights : undefined;
    rights = changed ?? rights;
    model = changed ? modelOf(hub.catalogue, world, reader, rights) : model;
    const { reply, text } = await askAll(
      asked,
      model,
      rights,
      at(walk, cursors.ours),
      at(walk, cursors.theirs),
      before,
    );
    const refusals = reply.refused.walk ?? [];
    if (refusals.some((r) => r.reason === "CURSOR_STALE")) stale(asked, text, refusals);
    if (refusals.length > 0) return;
    tally.see(n === 0 ? "answered" : "followed a cursor");
    const next = cursorsOf(walk, text, reply);
    if (!next) return;
    cursors = next;
  }
}

interface Cursors {
  readonly ours: string | null;
  readonly theirs: string | null;
}

const at = ({ question }: Walk, cursor: string | null): Question => ({
  ...question,
  variables: { ...question.variables, cursor },
});

function stale({ tally }: Case, text: Told, refusals: readonly Refusal[]): void {
  tally.see("stale cursor");
  if (refusals.every((r) => r.reason === "CURSOR_STALE") && text.errors[0]?.reason !== "CURSOR_STALE")
    throw new Error(`the reason should be CURSOR_STALE: ${text.raw}`);
}

function cursorsOf(walk: Walk, text: Told, reply: Reply): Cursors | undefined {
  const info = (data: unknown) =>
    (data as { walk?: { pageInfo: Record<string, string | boolean | null> } } | null)?.walk?.pageInfo;
  const [ours, theirs] = [info(text.data), info(reply.data)];
  const [more, cursor] = walk.forward ? ["hasNextPage", "endCursor"] : ["hasPreviousPage", "startCursor"];
  if (!ours?.[more as string] || !theirs || ours[cursor as string] === null) return undefined;
  return { ours: ours[cursor as string] as string, theirs: theirs[cursor as string] as string };
}

/** A grant more, mostly for this reader and this list; or a grant or a standing right less. */
function otherRights({ hub, world, choose, reader }: Case, walk: Walk, rights: Rights): Rights {
  const without = <T>(list: readonly T[]) => {
    const gone = choose.upTo(list.length - 1);
    return list.filter((_, i) => i !== gone);
  };
  const kind = choose.upTo(9);
  if (kind < 2) return { ...rights, grants: without(rights.grants) };
  if (kind < 4) return { ...rights, standings: without(rights.standings) };
  const more = grantOf(choose, hub.catalogue, world.readers, `later-${rights.grants.length}`);
  const { department, purpose = "relief" } = reader;
  const aimed = { ...more, dataset: walk.dataset.name, department: department.code, purpose, fields: [] };
  return { ...rights, grants: [...rights.grants, kind < 8 ? aimed : more] };
}
