/** Data items that several datasets collect (B-09), each dataset's one steward (B-08), and what the authority has allowed. */
import { v7 } from "uuid";
import { instantSql } from "../../database/instant";
import { inTransaction } from "../../database/transaction";
import { type Catalogue, CITY, type DatasetEntry, type FieldEntry } from "../../declare";
import { HubError } from "../../errors";
import { type Identity, inForce, type Rights } from "../../identity";
import { AUTHORITY } from "../nearest";
import { checkText } from "../requests/text";
import type { CatalogueParts } from "./parts";

export interface Allowed {
  readonly fields: readonly string[];
  readonly allowed: boolean;
  readonly reason: string;
  readonly actor: string;
  readonly department: string;
  readonly at: string;
}

export interface Duplicate {
  readonly code: "SAME_NAME" | "SAME_STANDARD" | "NO_STEWARD" | "SEVERAL_STEWARDS";
  /** Names such as `volunteer.phone`, in order; of a dataset its name alone. */
  readonly fields: readonly string[];
  readonly zh: string;
  readonly en: string;
  /** What the authority decided of just these fields, or of more. */
  readonly decision?: Allowed;
}

export async function duplicatesOf({ catalogue, rights, pool, now }: CatalogueParts): Promise<Duplicate[]> {
  const { rows } = await pool.query<{ decisions: Allowed[] }>(
    `SELECT coalesce(json_agg(json_build_object('fields', fields, 'allowed', allowed, 'reason', reason, 'actor', actor,
       'department', department, 'at', ${instantSql("at")}) ORDER BY seq DESC), '[]') AS decisions FROM catalogue_duplicate`,
  );
  const decisions = rows[0]?.decisions ?? [];
  const decided = (fields: readonly string[]) =>
    decisions.find((d) => fields.every((field) => d.fields.includes(field)));
  return [
    ...stewardFaults(catalogue, await rights.current(), now()),
    ...sameItems(catalogue).map((found) => ({ ...found, decision: decided(found.fields) })),
  ];
}

/** Exactly one source for each dataset, and at most one of its own for a field (B-08). */
export function stewardFaults(catalogue: Catalogue, { stewardships }: Rights, at: Date): Duplicate[] {
  const counts = new Map<string, number>();
  for (const s of stewardships.filter((s) => inForce(s, at))) {
    const name = s.field ? `${s.dataset}.${s.field}` : s.dataset;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const fault = (name: string, zh: string): Duplicate[] => {
    const count = counts.get(name) ?? 0;
    if (count > 1)
      return [
        {
          code: "SEVERAL_STEWARDS",
          fields: [name],
          zh: `${name}（${zh}）有 ${count} 个数源部门，应当只有一个（政务数据共享条例 第十九条）`,
          en: `${name} has ${count} stewards in force; exactly one is lawful`,
        },
      ];
    if (count === 1 || name.includes(".")) return [];
    return [
      {
        code: "NO_STEWARD",
        fields: [name],
        zh: `${name}（${zh}）没有数源部门（政务数据共享条例 第十九条）`,
        en: `${name} has no steward in force`,
      },
    ];
  };
  return catalogue.datasets.flatMap((d) => [
    ...fault(d.name, d.zh),
    ...d.fields.flatMap((f) => fault(`${d.name}.${f.name}`, f.zh)),
  ]);
}

/** One element in two datasets: the same kind under the same Chinese name, or the same code standard. */
export function sameItems(catalogue: Catalogue): Duplicate[] {
  const names = new Map<string, Declaring[]>();
  const standards = new Map<string, Declaring[]>();
  for (const dataset of catalogue.datasets)
    for (const field of collected(dataset)) {
      add(names, `${field.kind} ${field.enum?.name ?? ""} ${field.zh}`, { dataset, field });
      if (field.check) add(standards, field.check, { dataset, field });
    }
  const named = several(names).map((all) => warning("SAME_NAME", all, all[0].field.zh));
  const taken = new Set(named.map(({ fields }) => fields.join()));
  return [
    ...named,
    ...several(standards)
      .map((all) => warning("SAME_STANDARD", all, String(all[0].field.check)))
      .filter(({ fields }) => !taken.has(fields.join())),
  ];
}

interface Declaring {
  readonly dataset: DatasetEntry;
  readonly field: FieldEntry;
}

function add(groups: Map<string, Declaring[]>, name: string, one: Declaring): void {
  groups.set(name, [...(groups.get(name) ?? []), one]);
}

type Several = readonly [Declaring, ...Declaring[]];

function several(groups: ReadonlyMap<string, readonly Declaring[]>): Several[] {
  return [...groups.values()].filter(
    (all): all is Several & Declaring[] => new Set(all.map(({ dataset }) => dataset)).size > 1,
  );
}

/** Keys, the hub's own fields, and what refers to or repeats another dataset's fact are no collections of their own. */
function collected({ fields, links, follows = [] }: DatasetEntry): FieldEntry[] {
  const referring = new Set(links.filter((l) => l.holder === "here").map((l) => l.here));
  const repeated = new Set(follows.map(({ field }) => field));
  return fields.filter(
    (f) =>
      !f.key &&
      !f.generated &&
      !f.references &&
      !referring.has(f.name) &&
      !repeated.has(f.name) &&
      f.check !== "division",
  );
}

function warning(code: Duplicate["code"], all: Several, element: string): Duplicate {
  const fields = all.map(({ dataset, field }) => `${dataset.name}.${field.name}`).sort();
  return {
    code,
    fields,
    zh: `${fields.join("、")} 都收集“${element}”：同一事实应由一个数据集收集，其余关联到它，不重复收集（政务数据共享条例 第十九条）`,
    en: `${fields.join(", ")} collect the same element: where it is one fact, let one dataset collect it and link the others to it`,
  };
}

/** The authority says, with a reason, that these data items may both be collected, or that they may no more. */
export async function decideDuplicate(
  parts: CatalogueParts,
  asker: Identity,
  given: { readonly fields: readonly string[]; readonly allowed: boolean; readonly reason: string },
): Promise<void> {
  const authority = `${AUTHORITY}@${CITY}`;
  if (asker.department.code !== authority || !asker.duties.includes("decide"))
    throw new HubError(
      "FORBIDDEN",
      `由 ${authority} 的 decide 职责决定。This is decided by ${authority} with the duty decide`,
      { department: authority, duty: "decide" },
    );
  checkText("reason", given.reason);
  const fields = [...new Set(given.fields)].sort();
  const found = sameItems(parts.catalogue);
  if (!found.some((d) => d.fields.every((f) => fields.includes(f)) && d.fields.length === fields.length))
    throw new HubError(
      "BAD_USER_INPUT",
      "fields 须为一条重复收集提示的全部数据项，见 catalogueWarnings。These fields are those of no warning: see catalogueWarnings",
      { argument: "fields" },
    );
  await inTransaction(parts.pool, async (client) => {
    await client.query(
      `INSERT INTO catalogue_duplicate (id, fields, allowed, reason, actor, department, duty, at)
       VALUES ($1, $2, $3, $4, $5, $6, 'decide', $7)`,
      [
        ...[v7(), fields, given.allowed, given.reason.trim()],
        ...[asker.subject, asker.department.code, parts.now()],
      ],
    );
  });
}
