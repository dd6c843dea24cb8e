// The matrix of rights as a picture, and as a table that tells the same: datasets, and who sees how much of each.
import { Segmented } from "antd";
import { useEffect, useState } from "react";
import { say } from "../../../../session/language";
import { ask, Fault } from "../../ask";
import { useMe } from "../../me";
import { GraphqlLink } from "../../parts/graphql-link";
import { LevelMark } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { note, to } from "../../router";
import { type MatrixRow, type Sight, sightsOf } from "../../sight";
import { Empty, Loading, Problem } from "../../states";
import { LEVEL_ORDER, levelWord } from "../../words";
import { type Names, useNames } from "./names";
import { Tabs } from "./tabs";
import { useViewers, type Viewer } from "./viewers";

const MATRIX = /* GraphQL */ `
  query Matrix($as: String, $purpose: String) {
    accessMatrix(as: $as, purpose: $purpose) {
      dataset field zh
      levels { level territory name condition }
    }
  }
`;

interface Column {
  viewer: Viewer;
  sights?: Map<string, Sight>;
  fault?: Fault;
}

/** One after the other: a matrix of a department is some hundred fields. */
function useColumns(viewers: readonly Viewer[]): Column[] {
  const [columns, setColumns] = useState<Column[]>([]);
  const key = JSON.stringify(viewers);
  useEffect(() => {
    const stop = new AbortController();
    const wanted = JSON.parse(key) as Viewer[];
    setColumns([]);
    void (async () => {
      for (const viewer of wanted) {
        const column = await columnOf(viewer, stop.signal);
        if (stop.signal.aborted) return;
        setColumns((before) => [...before, column]);
      }
    })();
    return () => stop.abort();
  }, [key]);
  return columns;
}

async function columnOf(viewer: Viewer, signal: AbortSignal): Promise<Column> {
  try {
    const variables = { as: viewer.as, purpose: viewer.purpose };
    const { data } = await ask<{ accessMatrix: MatrixRow[] }>(MATRIX, variables, signal);
    return { viewer, sights: new Map(sightsOf(data.accessMatrix).map((one) => [one.dataset, one])) };
  } catch (error) {
    return error instanceof Fault ? { viewer, fault: error } : { viewer };
  }
}

function Picture({ columns, datasets, names }: { columns: Column[]; datasets: string[]; names: Names }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="hub-scroll" tabIndex={0} aria-label={say("权限矩阵，图", "The matrix, a picture")}>
      <div
        className="hub-matrix-picture"
        role="img"
        aria-label={say("同样的内容见下表。", "The table below tells the same.")}
        style={{ gridTemplateColumns: `max-content repeat(${columns.length}, minmax(26px, 64px))` }}
      >
        <span />
        {columns.map(({ viewer }) => (
          <span key={viewer.key} className="hub-matrix-head">
            {viewer.name}
          </span>
        ))}
        {datasets.map((dataset) => [
          <span key={dataset}>{names.dataset(dataset)}</span>,
          ...columns.map(({ viewer, sights }) => {
            const sight = sights?.get(dataset);
            const level = sight?.best ?? "NONE";
            return (
              <i
                key={`${dataset} ${viewer.key}`}
                data-level={level}
                title={`${viewer.name} · ${names.dataset(dataset)} · ${levelWord(level)}`}
                style={{ opacity: opacityOf(sight) }}
              />
            );
          }),
        ])}
      </div>
    </section>
  );
}

/** The paler, the fewer of the fields are open. */
function opacityOf(sight: Sight | undefined): number {
  if (sight === undefined || sight.best === "NONE") return 1;
  const open = sight.fields - sight.counts.NONE;
  return 0.35 + (0.65 * open) / sight.fields;
}

function Cell({ sight }: { sight: Sight | undefined }) {
  if (sight === undefined) return <>—</>;
  const open = sight.fields - sight.counts.NONE;
  return (
    <>
      <LevelMark level={sight.best} />{" "}
      <span className="hub-quiet">
        {say(`${open}/${sight.fields} 项`, `${open} of ${sight.fields}`)}
        {sight.partly && say("，各地不一", ", differs")}
      </span>
    </>
  );
}

function Table({ columns, datasets, names }: { columns: Column[]; datasets: string[]; names: Names }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="hub-scroll" tabIndex={0} aria-label={say("权限矩阵，表", "The matrix, a table")}>
      <table className="hub-table hub-matrix">
        <thead>
          <tr>
            <th scope="col">{say("数据集", "Dataset")}</th>
            {columns.map(({ viewer }) => (
              <th key={viewer.key} scope="col">
                {viewer.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <tr key={dataset} data-dataset={dataset}>
              <th scope="row">
                <a href={to(["catalogue", dataset])}>{names.dataset(dataset)}</a>
              </th>
              {columns.map(({ viewer, sights }) => (
                <td key={viewer.key}>
                  <Cell sight={sights?.get(dataset)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Legend() {
  return (
    <p className="hub-legend">
      {LEVEL_ORDER.map((level) => (
        <span key={level}>
          <i data-level={level} />
          {levelWord(level)}
        </span>
      ))}
      <span className="hub-quiet">
        {say("颜色越浅，开放的数据项越少", "the paler, the fewer fields are open")}
      </span>
    </p>
  );
}

export function Matrix({ query }: { query: URLSearchParams }) {
  const me = useMe();
  const names = useNames();
  const view = query.get("view") ?? "both";
  const viewers = useViewers();
  const columns = useColumns(viewers);
  const datasets = [...new Set(columns.flatMap(({ sights }) => [...(sights?.keys() ?? [])]))];
  const all = me.duties.includes("security");
  const waits = columns.length < viewers.length;
  return (
    <Page
      title={say("权限矩阵", "The matrix of rights")}
      sub={
        all
          ? say(
              "市级各部门凭常设权限看得到什么。",
              "What each department of the city sees by standing rights.",
            )
          : say(
              "本部门凭常设权限和各个使用目的看得到什么；其他部门的矩阵供安全管理职责查看。",
              "What your department sees by standing rights and for each purpose; those of others are for the security duty.",
            )
      }
      actions={<GraphqlLink question={MATRIX} variables={{ as: null, purpose: me.purpose }} />}
    >
      <Tabs open="matrix" />
      <Part id="matrix" title={say("数据集 × 谁", "Datasets × who")}>
        <Segmented
          aria-label={say("显示方式", "View")}
          value={view}
          onChange={(chosen: string) => note({ view: chosen })}
          options={[
            { value: "both", label: say("图和表", "Both") },
            { value: "picture", label: say("图", "Picture") },
            { value: "table", label: say("表", "Table") },
          ]}
        />
        {columns.map(({ viewer, fault }) => fault && <Problem key={viewer.key} fault={fault} />)}
        {waits && <Loading rows={3} />}
        {!waits && datasets.length === 0 && (
          <Empty>{say("没有可以显示的矩阵。", "There is no matrix to show.")}</Empty>
        )}
        {datasets.length > 0 && (
          <>
            <Legend />
            {view !== "table" && <Picture columns={columns} datasets={datasets} names={names} />}
            {view !== "picture" && <Table columns={columns} datasets={datasets} names={names} />}
          </>
        )}
      </Part>
    </Page>
  );
}
