// The table of fields: name, kind, class, what the asker holds and on what ground; ticked fields can be requested.
import { Checkbox } from "antd";
import { say } from "../../../../session/language";
import { ClassMark, LevelMark, PersonalMark } from "../../parts/marks";
import { groundWord, kindWord } from "../../words";
import type { Entry, Field, FieldRight } from "./entry";

type Held = FieldRight["levels"][number];

interface Line {
  level: string;
  places: string[];
  ground: string;
  /** In which rows alone it holds. */
  where: string;
}

/** Territories that share level and grounds stand in one line; that a row under a condition is closed too, in none. */
function lines(levels: readonly Held[], { stricter }: Field): Line[] {
  const held = new Map<string, Line>();
  const told = levels.filter(
    ({ level, condition }) => condition === null || level !== "NONE" || levels.length === 1,
  );
  for (const { level, condition, grounds, name } of told.length > 0 ? told : levels) {
    const ground = [...new Set(grounds.map(({ kind }) => groundWord(kind)))].join(say("、", ", "));
    const where = condition === null ? "" : stricter ? say(stricter.zh, stricter.en) : condition;
    const key = `${level} ${ground} ${where}`;
    const line = held.get(key) ?? { level, places: [], ground, where };
    line.places.push(name);
    held.set(key, line);
  }
  return [...held.values()];
}

function placesOf({ places }: Line): string {
  const first = places.slice(0, 3).join(say("、", ", "));
  if (places.length <= 3) return first;
  return say(`${first}等 ${places.length} 处`, `${first} and ${places.length - 3} more`);
}

function Holding({ right, field }: { right: FieldRight | undefined; field: Field }) {
  if (field.key) return <span className="hub-quiet">{say("随行可见", "with its row")}</span>;
  const levels = right?.levels ?? [];
  if (levels.length === 0) return <LevelMark level={field.aggregateOpen ? "AGGREGATE" : "NONE"} />;
  return (
    <ul className="hub-holding">
      {lines(levels, field).map((line) => (
        <li key={`${line.level} ${line.where} ${line.ground}`}>
          <LevelMark level={line.level} />{" "}
          <span className="hub-quiet">
            {[placesOf(line), line.ground, line.where].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Nature({ field }: { field: Field }) {
  const words = [
    kindWord(field.kind) + (field.unit ? say(`（${field.unit}）`, ` (${field.unit})`) : ""),
    field.required && say("必填", "required"),
    field.encrypted && say("加密存储", "encrypted"),
  ];
  const values = field.values.map(({ name, zh }) => say(zh, name));
  return (
    <>
      {words.filter(Boolean).join(say("，", ", "))}
      {values.length > 0 && (
        <details>
          <summary>{say(`${values.length} 个选项`, `${values.length} values`)}</summary>
          {values.join(say("、", ", "))}
        </details>
      )}
    </>
  );
}

function Sharing({ field, report }: { field: Field; report: boolean }) {
  return (
    <>
      <span className="hub-marks">
        <ClassMark code={report ? null : field.class} />
        <PersonalMark code={field.personal} />
      </span>
      {field.stricter && (
        <span className="hub-quiet">
          {say(`${field.stricter.zh}时从严：`, `Where ${field.stricter.en}: `)}
          <ClassMark code={field.stricter.class} />
        </span>
      )}
      {field.closure && (
        <span className="hub-quiet">
          {field.closure.reason}（{field.closure.law}）
        </span>
      )}
    </>
  );
}

interface Choice {
  /** Fields that can be requested; none: no column of ticks. */
  lacking: readonly string[];
  chosen: readonly string[];
  choose: (fields: readonly string[]) => void;
}

function Tick({ field, lacking, chosen, choose }: { field: Field } & Choice) {
  if (!lacking.includes(field.name)) return null;
  return (
    <Checkbox
      checked={chosen.includes(field.name)}
      onChange={({ target }) =>
        choose(target.checked ? [...chosen, field.name] : chosen.filter((name) => name !== field.name))
      }
      aria-label={say(`申请 ${field.zh}`, `Request ${field.en}`)}
    />
  );
}

export function Fields({ entry, rights, ...choice }: { entry: Entry; rights: FieldRight[] } & Choice) {
  const held = new Map(rights.map((right) => [right.field, right]));
  // What belongs to the hub's book-keeping alone stands behind what people ask for.
  const fields = [...entry.fields.filter(({ key }) => !key), ...entry.fields.filter(({ key }) => key)];
  return (
    <table className="hub-table hub-fields">
      <thead>
        <tr>
          {choice.lacking.length > 0 && (
            <th scope="col">
              <span className="hub-unseen">{say("申请", "Request")}</span>
            </th>
          )}
          <th scope="col">{say("数据项", "Field")}</th>
          <th scope="col">{say("类型", "Kind")}</th>
          <th scope="col">{say("共享属性", "Class")}</th>
          <th scope="col">{say("本部门的级别", "You hold")}</th>
          <th scope="col">{say("数源部门", "Steward")}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} data-field={field.name}>
            {choice.lacking.length > 0 && (
              <td data-column="tick">
                <Tick field={field} {...choice} />
              </td>
            )}
            <th scope="row" data-label={say("数据项", "Field")}>
              {say(field.zh, field.en)} <code>{field.name}</code>
              {field.article && <span className="hub-quiet"> {field.article}</span>}
            </th>
            <td data-label={say("类型", "Kind")}>
              <Nature field={field} />
            </td>
            <td data-label={say("共享属性", "Class")}>
              <Sharing field={field} report={entry.from !== null} />
            </td>
            <td data-column="held" data-label={say("本部门的级别", "You hold")}>
              <Holding right={held.get(field.name)} field={field} />
            </td>
            <td data-label={say("数源部门", "Steward")}>{field.steward.zh}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
