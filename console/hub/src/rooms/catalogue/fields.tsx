// The table of fields: name, kind, class, what the asker holds and on what ground; ticked fields can be requested.
import { Checkbox } from "antd";
import { say } from "../../../../session/language";
import { ClassMark, LevelMark, PersonalMark } from "../../parts/marks";
import { bestOf } from "../../sight";
import { groundWord, kindWord } from "../../words";
import type { Entry, Field, FieldRight } from "./entry";

type Held = FieldRight["levels"][number];

/** Territories that share level and grounds stand in one line. */
function lines(levels: readonly Held[]): { level: string; where: string; ground: string }[] {
  const held = new Map<string, { level: string; places: string[]; ground: string }>();
  for (const one of levels) {
    const ground = [...new Set(one.grounds.map(({ kind }) => groundWord(kind)))].join(say("、", ", "));
    const key = `${one.level} ${ground} ${one.condition}`;
    const line = held.get(key) ?? { level: one.level, places: [], ground };
    line.places.push(one.name);
    held.set(key, line);
  }
  return [...held.values()].map(({ level, places, ground }) => ({
    level,
    ground,
    where:
      places.length > 3
        ? say(
            `${places.slice(0, 3).join("、")}等 ${places.length} 处`,
            `${places.slice(0, 3).join(", ")} and ${places.length - 3} more`,
          )
        : places.join(say("、", ", ")),
  }));
}

function Holding({ right, field }: { right: FieldRight | undefined; field: Field }) {
  if (field.key) return <span className="hub-quiet">{say("随行可见", "with its row")}</span>;
  const levels = right?.levels ?? [];
  if (levels.length === 0) return <LevelMark level={field.aggregateOpen ? "AGGREGATE" : "NONE"} />;
  return (
    <ul className="hub-holding">
      {lines(levels).map(({ level, where, ground }) => (
        <li key={`${level} ${where} ${ground}`}>
          <LevelMark level={level} />{" "}
          <span className="hub-quiet">
            {where}
            {ground && ` · ${ground}`}
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
  chosen: readonly string[];
  /** Left out: nothing can be requested here. */
  choose: ((fields: readonly string[]) => void) | undefined;
}

function Tick({ field, right, chosen, choose }: { field: Field; right: FieldRight | undefined } & Choice) {
  const lacking = bestOf(right?.levels ?? []) !== "FULL" || (right?.levels.length ?? 0) > 1;
  const possible = !field.key && field.class !== "NOT_SHARED" && lacking;
  if (!choose || !possible) return null;
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
          {choice.choose && (
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
            {choice.choose && (
              <td>
                <Tick field={field} right={held.get(field.name)} {...choice} />
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
            <td data-label={say("本部门的级别", "You hold")}>
              <Holding right={held.get(field.name)} field={field} />
            </td>
            <td data-label={say("数源部门", "Steward")}>{field.steward.zh}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
