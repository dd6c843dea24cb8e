// What my department can see: every dataset with how many of its fields are open, and how far.
import { Segmented } from "antd";
import { useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { LevelMark } from "../../parts/marks";
import { Part } from "../../parts/page";
import { SightBar } from "../../parts/sight-bar";
import { to } from "../../router";
import { type MatrixRow, type Sight as SightOf, sightsOf } from "../../sight";
import { Empty, Shown } from "../../states";
import { type Title, useTitles } from "../../titles";

interface Held {
  accessMatrix: MatrixRow[];
}

const SIGHT = /* GraphQL */ `
  query Sight($purpose: String) {
    accessMatrix(purpose: $purpose) {
      dataset field zh
      levels { level territory name condition }
    }
  }
`;

type Choice = "all" | "own" | "open" | "closed";

const CHOICES: readonly { value: Choice; zh: string; en: string }[] = [
  { value: "all", zh: "全部", en: "All" },
  { value: "own", zh: "本部门的", en: "Our own" },
  { value: "open", zh: "可见的", en: "Open to us" },
  { value: "closed", zh: "不可见的", en: "Closed" },
];

const RANK = { FULL: 0, MASKED: 1, AGGREGATE: 2, NONE: 3 };

function chosen(sights: readonly SightOf[], choice: Choice, own: ReadonlySet<string>): SightOf[] {
  const kept = sights.filter((sight) => {
    if (choice === "own") return own.has(sight.dataset);
    if (choice === "open") return sight.best !== "NONE";
    return choice === "closed" ? sight.best === "NONE" : true;
  });
  return kept.sort((one, other) => RANK[one.best] - RANK[other.best]);
}

function SightLine({ sight, entry, own }: { sight: SightOf; entry: Title | undefined; own: boolean }) {
  return (
    <li>
      <div className="hub-sight-name">
        <a href={to(["catalogue", sight.dataset])}>{entry ? say(entry.title, entry.en) : sight.dataset}</a>
        <span className="hub-quiet">
          {own ? say("本部门是数源部门", "you are its steward") : entry?.provider.zh}
        </span>
      </div>
      <SightBar sight={sight} />
      <LevelMark level={sight.best} />
    </li>
  );
}

function Sights({ data }: { data: Held }) {
  const [choice, setChoice] = useState<Choice>("all");
  const own = new Set(useMe().stewardOf);
  const entries = useTitles();
  const shown = chosen(sightsOf(data.accessMatrix), choice, own);
  return (
    <>
      <Segmented<Choice>
        value={choice}
        onChange={setChoice}
        options={CHOICES.map(({ value, zh, en }) => ({ value, label: say(zh, en) }))}
        aria-label={say("筛选", "Show")}
      />
      {shown.length === 0 ? (
        <Empty>{say("没有这样的数据集。", "There is no such dataset.")}</Empty>
      ) : (
        <ul className="hub-sights">
          {shown.map((sight) => (
            <SightLine
              key={sight.dataset}
              sight={sight}
              entry={entries.get(sight.dataset)}
              own={own.has(sight.dataset)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

export function Sight() {
  const { purpose } = useMe();
  const asked = useAsk<Held>(SIGHT, { purpose });
  return (
    <Part
      id="sight"
      title={say("本部门看得到什么", "What my department can see")}
      sub={say(
        "每个数据集有多少数据项、看到什么程度；点名称看详情、申请共享。",
        "How many fields of each dataset are open, and how far. Open one for its details, or to request more.",
      )}
    >
      <Shown asked={asked} rows={8}>
        {(data) => <Sights data={data} />}
      </Shown>
    </Part>
  );
}
