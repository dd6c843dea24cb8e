// The rows of a report for the place that is open, with every column.
import { say } from "../../../../session/language";
import { type Answer, useAsk } from "../../ask";
import { Download } from "../../parts/download";
import { GraphqlLink } from "../../parts/graphql-link";
import { Withheld } from "../../parts/marks";
import { Part } from "../../parts/page";
import { day, moment, number } from "../../parts/time";
import { Empty, Shown } from "../../states";
import type { Column, Field, Report } from "./described";
import { type Asked, rowsQuestion, type Way } from "./question";

type Row = Record<string, unknown>;
interface SomeRows {
  rows: { totalCount: number; nodes: Row[] };
}

function told(value: unknown, field: Field | undefined): string {
  if (Array.isArray(value)) return value.map((one) => told(one, field)).join(say("、", ", "));
  if (typeof value === "boolean") return value ? say("是", "yes") : say("否", "no");
  if (field?.kind === "datetime") return moment(String(value));
  if (field?.kind === "date") return day(String(value));
  if (field?.kind === "decimal") return number(Number(value));
  // A year is a number without a mark for thousands.
  if (typeof value === "number") return field?.name === "year" ? String(value) : number(value);
  const named = field?.values.find(({ name }) => name === value);
  return named ? say(named.zh, named.name) : String(value);
}

function Cell({ value, field, withheld }: { value: unknown; field: Field | undefined; withheld: boolean }) {
  if (value !== null && value !== undefined) return <>{told(value, field)}</>;
  return withheld ? <Withheld /> : <span className="hub-quiet">—</span>;
}

const isNumeric = (field: Field | undefined) =>
  field !== undefined && ["int", "float", "decimal"].includes(field.kind);

interface TableProps {
  report: Report;
  columns: readonly Column[];
  fields: ReadonlyMap<string, Field>;
  answer: Answer<SomeRows>;
}

function Table({ report, columns, fields, answer }: TableProps) {
  const { nodes, totalCount } = answer.data.rows;
  const withheld = new Set(
    answer.access.filter(({ dataset }) => dataset === report.id).map(({ field }) => field),
  );
  if (nodes.length === 0)
    return (
      <Empty>
        {say(
          "此处没有可见的行。换一个区划或者年度，或者在目录中申请来源数据。",
          "No row is visible here. Try another place or year, or request the inputs in the catalogue.",
        )}
      </Empty>
    );
  return (
    <>
      <p className="hub-quiet">
        {totalCount > nodes.length
          ? say(
              `共 ${number(totalCount)} 行，这里是前 ${nodes.length} 行；全部请下载。`,
              `The first ${nodes.length} of ${number(totalCount)} rows; download has all.`,
            )
          : say(`共 ${number(totalCount)} 行`, `${number(totalCount)} rows`)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="hub-scroll hub-report-rows" aria-label={say("报表各行", "Rows")} tabIndex={0}>
        <table className="hub-table">
          <thead>
            <tr>
              {columns.map(({ name, zh, en, unit }) => (
                <th key={name} scope="col" className={isNumeric(fields.get(name)) ? "hub-number" : ""}>
                  {say(zh, en)}
                  {unit && `（${unit}）`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer, never moved.
              <tr key={index}>
                {columns.map(({ name }) => (
                  <td key={name} className={isNumeric(fields.get(name)) ? "hub-number" : ""}>
                    <Cell value={row[name]} field={fields.get(name)} withheld={withheld.has(name)} />
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

export function Rows({
  report,
  fields,
  asked,
  way,
}: {
  report: Report;
  fields: readonly Field[];
  asked: Asked;
  way: Way;
}) {
  const known = new Map(fields.map((field) => [field.name, field]));
  const columns = report.columns.filter(({ name }) => known.has(name));
  const names = columns.map(({ name }) => name);
  const question = rowsQuestion(report, names, asked, way, true);
  const answered = useAsk<SomeRows>(question);
  return (
    <Part
      id="rows"
      title={say("各行", "Rows")}
      sub={say(
        "按本部门的权限显示；查看会留下访问记录。",
        "As your department may see them; looking leaves a record.",
      )}
      actions={
        <>
          <Download question={rowsQuestion(report, names, asked, way, false)} name={report.id} />
          <GraphqlLink question={question} />
        </>
      }
    >
      <Shown asked={answered}>
        {(_data, answer) => <Table report={report} columns={columns} fields={known} answer={answer} />}
      </Shown>
    </Part>
  );
}
