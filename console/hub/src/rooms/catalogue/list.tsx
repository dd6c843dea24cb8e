// Search in the catalogue, and its datasets and reports with what I may see of each.
import { SearchOutlined } from "@ant-design/icons";
import { Input, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { GraphqlLink } from "../../parts/graphql-link";
import { ClassMark, LevelMark, PersonalMark } from "../../parts/marks";
import { Page } from "../../parts/page";
import { note, to } from "../../router";
import { type MatrixRow, sightsOf } from "../../sight";
import { Empty, Shown } from "../../states";

interface Entry {
  name: string;
  title: string;
  en: string;
  article: string | null;
  update: string | null;
  from: string | null;
  linked: string | null;
  provider: { kind: string; zh: string };
  classes: string[];
  grading: { personal: string; theme: string };
  fields: { name: string }[];
}

interface Found {
  catalogue: Entry[];
  accessMatrix: MatrixRow[];
}

const FIND = /* GraphQL */ `
  query Catalogue($search: String, $purpose: String) {
    catalogue(search: $search) {
      name title en article update from linked classes
      provider { kind zh }
      grading { personal theme }
      fields { name }
    }
    accessMatrix(purpose: $purpose) {
      dataset field zh
      levels { level territory name condition }
    }
  }
`;

function EntryCard({ entry, level }: { entry: Entry; level: string }) {
  return (
    <li className="hub-entry" data-dataset={entry.name}>
      <h2>
        <a href={to(["catalogue", entry.name])}>{say(entry.title, entry.en)}</a>
      </h2>
      <p className="hub-quiet">
        {[
          entry.provider.zh,
          entry.update && say(`${entry.update}更新`, `updated: ${entry.update}`),
          say(`${entry.fields.length} 个数据项`, `${entry.fields.length} fields`),
          entry.article,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="hub-marks">
        <LevelMark level={level} />
        {entry.from !== null && <ClassMark code={null} />}
        {entry.from === null && entry.classes.map((code) => <ClassMark key={code} code={code} />)}
        <PersonalMark code={entry.grading.personal} />
      </p>
    </li>
  );
}

interface Filters {
  provider: string;
  class: string;
}

function matching(entries: readonly Entry[], filters: Filters): Entry[] {
  return entries.filter(
    (entry) =>
      (filters.provider === "" || entry.provider.kind === filters.provider) &&
      (filters.class === "" ||
        (filters.class === "report" ? entry.from !== null : entry.classes.includes(filters.class))),
  );
}

function Entries({ data, filters }: { data: Found; filters: Filters }) {
  const levels = new Map(sightsOf(data.accessMatrix).map(({ dataset, best }) => [dataset, best]));
  const shown = matching(data.catalogue, filters);
  if (shown.length === 0)
    return (
      <Empty>
        {say(
          "没有找到。换一个词，或者去掉筛选条件。",
          "Nothing found. Try another word, or take a filter away.",
        )}
      </Empty>
    );
  return (
    <>
      <p className="hub-quiet" role="status">
        {say(`共 ${shown.length} 个`, `${shown.length} found`)}
      </p>
      <ul className="hub-entries">
        {shown.map((entry) => (
          <EntryCard key={entry.name} entry={entry} level={levels.get(entry.name) ?? "NONE"} />
        ))}
      </ul>
    </>
  );
}

const CLASSES = [
  { value: "", zh: "全部共享属性", en: "All classes" },
  { value: "UNCONDITIONAL", zh: "含无条件共享", en: "Some unconditional" },
  { value: "CONDITIONAL", zh: "含有条件共享", en: "Some on conditions" },
  { value: "NOT_SHARED", zh: "含不予共享", en: "Some not shared" },
  { value: "report", zh: "报表", en: "Reports" },
];

const PROVIDERS = "query Providers { catalogue { provider { kind zh } } }";

function ProviderChoice({ value, choose }: { value: string; choose(kind: string): void }) {
  const asked = useAsk<{ catalogue: { provider: { kind: string; zh: string } }[] }>(PROVIDERS);
  const kinds = new Map(
    (asked.answer?.data.catalogue ?? []).map(({ provider }) => [provider.kind, provider.zh]),
  );
  return (
    <Select
      aria-label={say("提供单位", "Steward")}
      value={value}
      onChange={choose}
      options={[
        { value: "", label: say("全部提供单位", "All stewards") },
        ...[...kinds].map(([kind, zh]) => ({ value: kind, label: zh })),
      ]}
    />
  );
}

export function DatasetList({ query }: { query: URLSearchParams }) {
  const { purpose } = useMe();
  const [search, setSearch] = useState(query.get("q") ?? "");
  const filters = { provider: query.get("provider") ?? "", class: query.get("class") ?? "" };
  const term = useDeferredValue(search.trim());
  const asked = useAsk<Found>(FIND, { search: term === "" ? null : term, purpose });
  const keep = (change: Partial<Filters & { q: string }>) => note({ q: search, ...filters, ...change });
  return (
    <Page
      title={say("数据目录", "Catalogue")}
      sub={say(
        "政务数据共享条例第十三条：名称、数据项、提供单位、更新频率、共享属性、使用条件。",
        "What the departments share: fields, stewards, classes, conditions of use.",
      )}
      actions={<GraphqlLink question={FIND} variables={{ search: term || null, purpose }} />}
    >
      <search className="hub-filters">
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          aria-label={say("搜索目录", "Search the catalogue")}
          placeholder={say("搜索名称、数据项、条文", "Search names, fields, articles")}
          value={search}
          onChange={({ target }) => {
            setSearch(target.value);
            keep({ q: target.value });
          }}
        />
        <ProviderChoice value={filters.provider} choose={(provider) => keep({ provider })} />
        <Select
          aria-label={say("共享属性", "Sharing class")}
          value={filters.class}
          onChange={(code) => keep({ class: code })}
          options={CLASSES.map(({ value, zh, en }) => ({ value, label: say(zh, en) }))}
        />
      </search>
      <Shown asked={asked} rows={8}>
        {(data) => <Entries data={data} filters={filters} />}
      </Shown>
    </Page>
  );
}
