// A few rows, as this department may see them: what is withheld is a mark, never an empty cell.
import { Button } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { type Answer, useAsk } from "../../ask";
import { Download } from "../../parts/download";
import { GraphqlLink } from "../../parts/graphql-link";
import { Withheld } from "../../parts/marks";
import { Part } from "../../parts/page";
import { moment, number } from "../../parts/time";
import { Empty, Shown } from "../../states";
import type { Entry, Field } from "./entry";

type Row = Record<string, unknown>;
interface SomeRows {
  rows: { totalCount: number; nodes: Row[] };
}

const SHOWN = 5;
/** Book-keeping of the hub: every dataset has it, nobody looks at it first. */
const BOOKS = new Set([
  "id",
  "version",
  "createdAt",
  "createdBy",
  "changedAt",
  "changedBy",
  "retiredAt",
  "validFrom",
  "validTo",
  "source",
]);

function columnsOf(entry: Entry): Field[] {
  return entry.fields.filter(({ name, kind }) => !BOOKS.has(name) && kind !== "reference");
}

/** A few rows with how many there are; or, for a file, all of them. */
function questionOf(entry: Entry, columns: readonly Field[], few: boolean): string {
  return `query ${few ? "SomeRows" : "AllRows"} {
  rows: ${entry.plural}${few ? `(first: ${SHOWN})` : ""} {${few ? "\n    totalCount" : ""}
    nodes {
      ${columns.map(({ name }) => name).join("\n      ")}
    }
  }
}`;
}

function cell(value: unknown, field: Field): string {
  if (Array.isArray(value)) return value.map((one) => cell(one, field)).join(say("、", ", "));
  if (typeof value === "boolean") return value ? say("是", "yes") : say("否", "no");
  if (field.kind === "datetime") return moment(String(value));
  if (typeof value === "number" && field.kind === "float") return number(value);
  const named = field.values.find(({ name }) => name === value);
  return named ? say(named.zh, named.name) : String(value);
}

/** Null is withheld where the answer says so of its field, and otherwise not filled in. */
function Cell({ value, field, withheld }: { value: unknown; field: Field; withheld: boolean }) {
  if (value !== null && value !== undefined) return <>{cell(value, field)}</>;
  return withheld ? <Withheld /> : <span className="hub-quiet">—</span>;
}

function Table({ entry, columns, answer }: { entry: Entry; columns: Field[]; answer: Answer<SomeRows> }) {
  const { nodes, totalCount } = answer.data.rows;
  const withheld = new Set(
    answer.access.filter(({ dataset }) => dataset === entry.name).map(({ field }) => field),
  );
  if (nodes.length === 0)
    return <Empty>{say("本部门没有可见的记录。", "No row is visible to your department.")}</Empty>;
  return (
    <>
      <p className="hub-quiet">
        {say(
          `可见 ${number(totalCount)} 行，这里是前 ${nodes.length} 行`,
          `${number(totalCount)} rows are visible; the first ${nodes.length}`,
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="hub-scroll" aria-label={say("记录", "Rows")} tabIndex={0}>
        <table className="hub-table">
          <thead>
            <tr>
              {columns.map((field) => (
                <th key={field.name} scope="col">
                  {say(field.zh, field.en)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer, never moved.
              <tr key={index}>
                {columns.map((field) => (
                  <td key={field.name}>
                    <Cell value={row[field.name]} field={field} withheld={withheld.has(field.name)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** Reading rows leaves an access record: they are asked for only when somebody wants to see them. */
export function Rows({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false);
  const columns = columnsOf(entry);
  const question = questionOf(entry, columns, true);
  const asked = useAsk<SomeRows>(open ? question : null);
  return (
    <Part
      id="rows"
      title={say("看几行", "A few rows")}
      sub={say(
        "按本部门的权限显示；查看会留下访问记录。",
        "As your department may see them; looking leaves an access record.",
      )}
      actions={
        <>
          {open && <Download question={questionOf(entry, columns, false)} name={entry.name} />}
          <GraphqlLink question={question} />
        </>
      }
    >
      {open ? (
        <Shown asked={asked}>
          {(_data, answer) => <Table entry={entry} columns={columns} answer={answer} />}
        </Shown>
      ) : (
        <Button onClick={() => setOpen(true)}>{say("显示", "Show")}</Button>
      )}
    </Part>
  );
}
