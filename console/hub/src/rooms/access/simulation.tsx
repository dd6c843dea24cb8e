// Who would gain what, shown before anybody decides; nothing is granted by looking.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { GraphqlLink } from "../../parts/graphql-link";
import { LevelMark, PersonalMark, Suppressed } from "../../parts/marks";
import { Part } from "../../parts/page";
import { number } from "../../parts/time";
import { Empty, Shown } from "../../states";
import type { Names } from "./names";

const SIMULATION = /* GraphQL */ `
  query WhatItOpens($request: String, $items: [AccessRequestItemInput!]) {
    simulateGrant(request: $request, items: $items) {
      departmentName
      gains { dataset fields from to territories exceptTerritories exceptWhere rows suppressed ofPersons }
      fields {
        dataset field personal
        before { territory name }
        after { territory name }
      }
    }
  }
`;

export interface PartItem {
  dataset: string;
  fields: readonly string[];
  level: string;
  territory: string;
}

interface Gain {
  dataset: string;
  fields: string[];
  from: string;
  to: string;
  territories: string[];
  exceptTerritories: string[];
  exceptWhere: string | null;
  rows: number | null;
  suppressed: boolean;
  ofPersons: boolean;
}

interface Place {
  territory: string;
  name: string;
}

interface Simulated {
  simulateGrant: {
    departmentName: string | null;
    gains: Gain[];
    fields: { dataset: string; field: string; personal: string; before: Place[]; after: Place[] }[];
  };
}

function Rows({ gain }: { gain: Gain }) {
  if (gain.suppressed) return <Suppressed />;
  if (gain.rows === null)
    return (
      <span className="hub-quiet">{say("记录数本部门无权统计", "how many rows is not yours to count")}</span>
    );
  return (
    <strong>
      {number(gain.rows)} {gain.ofPersons ? say("人", "persons") : say("条记录", "rows")}
    </strong>
  );
}

function Gains({ data, names }: { data: Simulated["simulateGrant"]; names: Names }) {
  const places = new Map(
    data.fields.flatMap(({ before, after }) => [...before, ...after]).map((p) => [p.territory, p.name]),
  );
  const worded = (codes: readonly string[]) =>
    codes.map((code) => places.get(code) ?? code).join(say("、", ", "));
  const personal = new Map(data.fields.map((one) => [`${one.dataset}.${one.field}`, one.personal]));
  if (data.gains.length === 0)
    return <Empty>{say("同意后不增加任何可见的内容。", "Granting it would open nothing new.")}</Empty>;
  return (
    <ul className="hub-gains">
      {data.gains.map((gain) => (
        <li key={JSON.stringify(gain)} className="hub-gain" data-gain={gain.dataset}>
          <p>
            <strong>{names.dataset(gain.dataset)}</strong>：
            {gain.fields.map((field) => (
              <span key={field}>
                {names.field(gain.dataset, field)}{" "}
                <PersonalMark code={personal.get(`${gain.dataset}.${field}`) ?? "NONE"} />{" "}
              </span>
            ))}
          </p>
          <p>
            <LevelMark level={gain.from} /> → <LevelMark level={gain.to} /> · {worded(gain.territories)}
            {gain.exceptTerritories.length > 0 &&
              say(`（${worded(gain.exceptTerritories)}除外）`, ` (but ${worded(gain.exceptTerritories)})`)}
            {" · "}
            <Rows gain={gain} />
          </p>
          {gain.exceptWhere && (
            <p className="hub-quiet">
              {say("符合此条件的记录仍不开放：", "Rows under this condition stay closed: ")}
              <code>{gain.exceptWhere}</code>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

export function Gained({
  request,
  items,
  names,
}: {
  request: string;
  items?: readonly PartItem[];
  names: Names;
}) {
  const asked = useAsk<Simulated>(SIMULATION, { request, items: items ?? null });
  return <Shown asked={asked}>{(data) => <Gains data={data.simulateGrant} names={names} />}</Shown>;
}

export function Simulation({ request, names }: { request: string; names: Names }) {
  return (
    <Part
      id="simulation"
      title={say("同意后会开放什么", "What granting it would open")}
      sub={say(
        "按现在的权限推算，只是看，不授予任何权利。",
        "Worked out from today's rights; looking grants nothing.",
      )}
      actions={<GraphqlLink question={SIMULATION} variables={{ request }} />}
    >
      <Gained request={request} names={names} />
    </Part>
  );
}
