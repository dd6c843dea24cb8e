// Bugs that a planner could have, each one textual change of its source; the differential test must find every one.
// `from` must stand in the file exactly once: a change of the source that removes it must bring its mutant along.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of source text
const read = "src/read/";

module.exports = [
  {
    name: "a withheld leaf is false, so that its negation is true",
    file: `${read}predicate.ts`,
    from: 'return readable.is === "false" ? UNKNOWN : { is: "when", readable, then };',
    to: 'return readable.is === "false" ? FALSE : { is: "and", of: [readable, then] };',
  },
  {
    name: "notIn holds for a missing value",
    file: `${read}sql/predicate.ts`,
    from: "(CASE WHEN ${own} IS NOT NULL THEN ${own} <> ALL(${to.bind(value, `${cast}[]`)}) END)",
    to: "(${own} IS NULL OR ${own} <> ALL(${to.bind(value, `${cast}[]`)}))",
  },
  {
    name: "every passes over rows where its condition is unknown",
    file: `${read}sql/predicate.ts`,
    from: "`(${predicateSql(where, to)}) IS NOT TRUE`",
    to: "`(${predicateSql(where, to)}) IS FALSE`",
  },
  {
    name: "a subtree reaches the node after it",
    file: `${read}sql/predicate.ts`,
    from: "${territory} < ${r.to}",
    to: "${territory} <= ${r.to}",
  },
  {
    name: "percent signs of a client are wildcards",
    file: `${read}sql/predicate.ts`,
    from: 'return String(value).replace(/[\\\\%_]/g, "\\\\$&");',
    to: "return String(value);",
  },
  {
    name: "lists show rows that are only counted",
    file: `${read}planning.ts`,
    from: "const seen = visible(at,",
    to: "const seen = counted(at,",
  },
  {
    name: "a masked field shows its true value",
    file: `${read}plan.ts`,
    from: 'full: level("FULL"), masked',
    to: 'full: level("MASKED"), masked',
  },
  {
    name: "a row's stricter condition is forgotten",
    file: `${read}reach.ts`,
    from: "if (!right.strict) return open;",
    to: "if (right) return open;",
  },
  {
    name: "a row under its stricter condition keeps its former class beside it",
    file: `${read}reach.ts`,
    from: "or(and(open, not(held)), and(strict, held))",
    to: "or(open, and(strict, held))",
  },
  {
    name: "a version stays open where the condition holds in its row as it is now",
    file: `${read}version.ts`,
    from: "test: condition.when, condition },",
    to: 'test: { field: "territory", is: "nowhere" }, condition },',
  },
  {
    name: "a version stays open where the row that it follows is closed now",
    file: `${read}version.ts`,
    from: "...leading(catalogue, held, condition),",
    to: "",
  },
  {
    name: "a link is followed whether its key is readable or not",
    file: `${read}where.ts`,
    from: ": readableThere(end, there), join);",
    to: ": TRUE, join);",
  },
  {
    name: "a link filter ranges over rows that are only counted",
    file: `${read}where.ts`,
    from: "return planning.rows(target, era, (row) => joined(",
    to: "return planning.countedRows(target, era, (row) => joined(",
  },
  {
    name: "a condition on a field withheld everywhere is not refused",
    file: `${read}where.ts`,
    from: 'if (!somewhere(rightOf(decision, field.name), crowd ? "AGGREGATE" : "FULL"))',
    to: "if (decision === undefined)",
  },
  {
    name: "retired rows asked for at the root are missing below it",
    file: `${read}plan.ts`,
    from: "const linked = planning.rows(target, era,",
    to: "const linked = planning.rows(target, { ...era, retired: false },",
  },
  {
    name: "a cursor outlives the decision it was made under",
    file: `${read}page.ts`,
    from: "args.orderBy ?? [], source.asOf ?? null, fingerprint]",
    to: "args.orderBy ?? [], source.asOf ?? null]",
  },
  {
    name: "rows are ordered by values that are withheld",
    file: `${read}sql/order.ts`,
    from: 'return key.readable.is === "true" ? own :',
    to: "return own ? own :",
  },
  {
    name: "nulls change ends on backward pages",
    file: `${read}sql/order.ts`,
    from: 'key.nullsFirst !== backward ? "FIRST" : "LAST"',
    to: 'key.nullsFirst ? "FIRST" : "LAST"',
  },
  {
    name: "the row of a cursor is shown again",
    file: `${read}sql/order.ts`,
    from: '${plan.backward ? "<" : ">"} ${to.bind(from.at(-1), "uuid")}',
    to: '${plan.backward ? "<=" : ">="} ${to.bind(from.at(-1), "uuid")}',
  },
  {
    name: "a page does not look beyond its end",
    file: `${read}sql/rows.ts`,
    from: "needed.more ? size + 1 : size",
    to: "size",
  },
  {
    name: "cells of four persons are published",
    file: `${read}sql/published.ts`,
    from: "const K = 5;",
    to: "const K = 4;",
  },
  {
    name: "cells count records instead of persons",
    file: `${read}sql/cells.ts`,
    from: '"count(*) FILTER (WHERE p > 0) AS c_persons",',
    to: '"coalesce(sum(p), 0) AS c_persons",',
  },
  {
    name: "a protected count is published without its noise",
    file: `${read}sql/published.ts`,
    from: "THEN c_n${cell} + ${protectedRows} + ${noise} ELSE",
    to: "THEN c_n${cell} + ${protectedRows} ELSE",
  },
  {
    name: "a sum is published that one person makes most of",
    file: `${read}sql/published.ts`,
    from: "OR largest_${i} * 2 > magnitude_${i} THEN NULL",
    to: "THEN NULL",
  },
  {
    name: "least and greatest are told where some rows of the group hide them",
    file: `${read}sql/cells.ts`,
    from: "`bool_and(${full}) AS all_${i}`",
    to: "`bool_or(${full}) AS all_${i}`",
  },
  {
    name: "rows are grouped by keys that are withheld",
    file: `${read}sql/cells.ts`,
    from: 'plan.keys.filter((k) => k.is !== "territory").map((k) => k.readable)',
    to: "[]",
  },
  {
    name: "a decision of a former epoch answers",
    file: `${read}sql/root.ts`,
    from: "(SELECT epoch FROM grant_epoch) = ${decided}",
    to: "${decided} IS NOT NULL",
  },
  {
    name: "a grant serves every purpose",
    file: "src/access/decide.ts",
    from: "    identity.purpose !== undefined &&\n    grant.purpose === identity.purpose &&\n",
    to: "",
  },
  {
    name: "a grant opens what is not shared",
    file: "src/access/decide.ts",
    from: 'if (sharing === "NOT_SHARED") return steward;',
    to: "",
  },
  {
    name: "figures that single rows out are cut by coded values all the same",
    file: `${read}where.ts`,
    from: "const crowd = dimension && !scene.cut?.singled;",
    to: "const crowd = dimension;",
  },
];
