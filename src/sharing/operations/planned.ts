/** What an operation touches, found by planning it under its purpose: what its approver sees, and the bounds it then has. */
import { parse } from "graphql";
import { type Bounds, boundsOf, type Decision, type Decisions } from "../../access";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { mergeTouched, type Prepared, rootNames, toId } from "../../read";
import type { Asked } from "../../read/asked";
import type { Sharing } from "../context";
import { decisionsUnder } from "../decisions";
import { fieldsOf } from "../question";
import { shownLevels } from "../shown";
import type { HeldLevel } from "../types";
import { normalised, onlyOperation } from "./document";

export interface Summary {
  readonly datasets: readonly string[];
  /** Fields with the levels held by territory, and on what grounds. */
  readonly fields: readonly {
    readonly dataset: string;
    readonly field: string;
    readonly levels: readonly HeldLevel[];
  }[];
  /** Root fields that are no dataset's own. */
  readonly doors: readonly string[];
  readonly personal: boolean;
  /** The most that one of the examples may cost, in rows. */
  readonly cost: number;
}

export interface Planned {
  readonly document: string;
  readonly summary: Summary;
  readonly bounds: Bounds;
}

export interface PlannedFor {
  readonly asker: Identity;
  readonly app: string;
  readonly purpose?: string;
  /** Sets of variables as JSON text; one without any if left out. */
  readonly examples?: readonly string[] | null;
}

const MOST_EXAMPLES = 20;

/** Plans the document once with each example; reads no row. */
export async function planned(sharing: Sharing, text: string, given: PlannedFor): Promise<Planned> {
  const { department } = given.asker;
  const examples = given.examples?.length ? given.examples : ["{}"];
  if (examples.length > MOST_EXAMPLES)
    throw new HubError(
      "BAD_USER_INPUT",
      `examples 至多 ${MOST_EXAMPLES} 组。At most ${MOST_EXAMPLES} examples`,
      {
        argument: "examples",
        limit: MOST_EXAMPLES,
      },
    );
  const rights = await sharing.rights.current();
  const who: Identity = {
    subject: given.asker.subject,
    department,
    duties: ["read"],
    app: given.app,
    purpose: given.purpose,
  };
  const decided = new Map<string, Decision>();
  const decisions = watched(decisionsUnder(sharing, who, rights), decided);
  const each = examples.map((variables) => {
    const fields = fieldsOf(sharing, { operation: text, variables });
    refuseUntold(rootsOf(text));
    const prepared = sharing.reader.prepare(
      fields.flatMap((asked) => plannable(sharing, asked)),
      decisions,
    );
    refuseRefused(prepared);
    return prepared;
  });
  const touched = mergeTouched(each.map((prepared) => prepared.touched));
  const levelsOf = shownLevels(sharing, rights);
  const fields = touched.flatMap(({ dataset, fields: of }) =>
    [...new Set(of.map((f) => f.field))].map((field) => ({
      dataset,
      field,
      levels: levelsOf(decisions.decide(dataset), field),
    })),
  );
  return {
    document: normalised(text),
    bounds: boundsOf([...decided.values()], touched),
    summary: {
      datasets: [...decided.keys()].sort(),
      fields,
      doors: doorsOf(sharing, rootsOf(text)),
      personal: each.some(({ personal }) => personal),
      cost: Math.max(...each.map((prepared) => prepared.cost)),
    },
  };
}

/** Notes which datasets a plan asks for: those are the ones it may read later. */
function watched(decisions: Decisions, decided: Map<string, Decision>): Decisions {
  return {
    ...decisions,
    decide(dataset) {
      const decision = decisions.decide(dataset);
      decided.set(dataset, decision);
      return decision;
    },
  };
}

/** Root fields whichever variables it is run with: none that an example leaves out is passed over. */
function rootsOf(text: string): readonly string[] {
  // Parsed and validated before, within its limits.
  const document = parse(text, { noLocation: true });
  return [...rootNames(document, onlyOperation(document))].sort();
}

/** Root fields whose rows no plan of their own reads. */
function doorsOf({ reader }: Sharing, roots: readonly string[]): string[] {
  const { readable } = reader.parts.catalogue;
  const own = readable.flatMap(({ name, plural }) => [name, plural, `${plural}Aggregate`, `${name}History`]);
  const known = new Set(["__typename", "node", ...own]);
  return roots.filter((name) => !known.has(name));
}

/** What a root field reads, as root fields that can be planned: a feed reads rows of the dataset that it names. */
function plannable({ reader }: Sharing, asked: Asked): readonly Asked[] {
  if (asked.name !== "changes") return [asked];
  const dataset = reader.parts.catalogue.find(String(asked.args.dataset));
  const named = (name: string, from: readonly Asked[]) => from.filter((one) => one.name === name);
  const changes = [
    ...named("nodes", asked.of()),
    ...named("edges", asked.of()).flatMap((edge) => named("node", edge.of())),
  ];
  const rows = changes.flatMap((change) => named("node", change.of()));
  if (!dataset || rows.length === 0)
    throw new HubError(
      "BAD_USER_INPUT",
      "changes 须指明数据集并选取 node 的字段。changes names a dataset, and selects fields of node",
      { argument: "document", path: [asked.key] },
    );
  const args = { id: toId(dataset.name, NO_ROW) };
  return rows.map((row) => ({ ...row, name: "node", args }));
}

const NO_ROW = "00000000-0000-0000-0000-000000000000";

/** It reads a dataset that only its argument names, in columns of its own. */
const UNTOLD = "report";

function refuseUntold(roots: readonly string[]): void {
  const name = roots.find((root) => root === UNTOLD || (root.startsWith("_") && root !== "__typename"));
  if (name === undefined) return;
  throw new HubError(
    "BAD_USER_INPUT",
    name === UNTOLD
      ? `${name} 涉及的内容无法事先说明，不能登记；报表请用其列表查询。What ${name} reads cannot be told beforehand, so it is not registered; of a report use its list query`
      : `${name} 不能登记：应用不得读取模式。${name} is not registered: apps do not read the schema`,
    { argument: "document", path: [name] },
  );
}

/** What would be refused when it runs is refused now, in the same words. */
function refuseRefused({ roots }: Prepared): void {
  for (const root of roots) if (root.is === "refused") throw root.error;
}
