// What waits for the one who asks: steps that are open to it, by kind, the most urgent first.
import { say } from "../../../../session/language";
import { type Answer, useAsk } from "../../ask";
import { graphqlAddress } from "../../parts/graphql-link";
import { Overdue } from "../../parts/marks";
import { Part } from "../../parts/page";
import { daysUntil } from "../../parts/time";
import { roomOf } from "../../rooms";
import { to } from "../../router";
import { Empty, Shown } from "../../states";
import { shortTitle, useTitles } from "../../titles";

interface Task {
  id: string;
  dataset?: string;
  providerName?: string;
  requesterName?: string;
  department?: string;
  due?: string | null;
  overdue?: boolean;
}

interface Tasks {
  requests: { totalCount: number; nodes: Task[] };
  corrections: { totalCount: number; nodes: Task[] };
  updates: { totalCount: number; nodes: Task[] };
  cases: { totalCount: number; nodes: Task[] };
  grants: { totalCount: number; nodes: Task[] };
}

const WAITING = /* GraphQL */ `
  query Waiting {
    requests: accessRequests(waitingForMe: true, first: 5) {
      totalCount
      nodes { id requesterName providerName due overdue }
    }
    corrections(waitingForMe: true, first: 5) {
      totalCount
      nodes { id dataset requesterName due overdue }
    }
    updates: catalogueUpdates(waitingForMe: true, first: 5) {
      totalCount
      nodes { id dataset providerName due overdue }
    }
    cases: rightsCases(waitingForMe: true, first: 5) {
      totalCount
      nodes { id dataset }
    }
    grants(waitingForMe: true, first: 5) {
      totalCount
      nodes { id dataset department }
    }
  }
`;

interface Kind {
  part: keyof Tasks;
  zh: string;
  en: string;
  /** Where its room shows one of them, once that room exists. */
  room: string;
  place(task: Task): string[];
  question(task: Task): string;
  /** `title` is the dataset's. */
  words(task: Task, title: string): string;
}

const quoted = (id: string) => JSON.stringify(id);

const KINDS: readonly Kind[] = [
  {
    part: "requests",
    zh: "共享申请",
    en: "Access requests",
    room: "access",
    place: ({ id }) => ["requests", id],
    question: ({ id }) =>
      `{\n  accessRequest(id: ${quoted(id)}) {\n    state due acts scenario legalBasis\n    items { dataset fields level territoryName }\n  }\n}`,
    words: (task) =>
      say(
        `${task.requesterName ?? ""} 向 ${task.providerName ?? ""} 提出`,
        `${task.requesterName ?? ""} asks ${task.providerName ?? ""}`,
      ),
  },
  {
    part: "corrections",
    zh: "校核",
    en: "Corrections",
    room: "data",
    place: ({ id }) => ["corrections", id],
    question: ({ id }) =>
      `{\n  correction(id: ${quoted(id)}) {\n    state due acts dataset field\n    content { found proposed reason }\n  }\n}`,
    words: (task, title) =>
      say(`${task.requesterName ?? ""}：${title}`, `${task.requesterName ?? ""}: ${title}`),
  },
  {
    part: "updates",
    zh: "目录更新",
    en: "Catalogue updates",
    room: "catalogue",
    place: ({ dataset }) => [dataset ?? ""],
    question: ({ id }) =>
      `{\n  catalogueUpdate(id: ${quoted(id)}) {\n    dataset state due acts\n    differences { zh en }\n  }\n}`,
    words: (task, title) =>
      say(`${task.providerName ?? ""}：${title}`, `${task.providerName ?? ""}: ${title}`),
  },
  {
    part: "cases",
    zh: "个人权利事项",
    en: "Cases of persons' rights",
    room: "data",
    place: ({ id }) => ["cases", id],
    question: ({ id }) => `{\n  rightsCase(id: ${quoted(id)}) {\n    kind state acts dataset\n  }\n}`,
    words: (_task, title) => title,
  },
  {
    part: "grants",
    zh: "共享授权",
    en: "Grants",
    room: "access",
    place: ({ id }) => ["grants", id],
    question: () =>
      "{\n  grants(waitingForMe: true) {\n    nodes { id dataset department state until openActs }\n  }\n}",
    words: (task, title) => `${title} · ${task.department}`,
  },
];

const isMissing = (kind: Kind) => roomOf(kind.room) === undefined;

/** The room's own page where the room exists; until then the question in GraphiQL. */
function addressOf(kind: Kind, task: Task): string {
  return isMissing(kind) ? graphqlAddress(kind.question(task)) : to([kind.room, ...kind.place(task)]);
}

function TaskLine({ kind, task }: { kind: Kind; task: Task }) {
  const titles = useTitles();
  const elsewhere = isMissing(kind) ? { target: "_blank", rel: "opener" } : {};
  return (
    <li>
      <a href={addressOf(kind, task)} {...elsewhere}>
        {kind.words(task, shortTitle(titles, task.dataset ?? ""))}
      </a>
      {task.overdue && <Overdue />}
      {task.due && !task.overdue && <span className="hub-quiet">{daysUntil(task.due)}</span>}
    </li>
  );
}

function Kinds({ data }: { data: Tasks }) {
  const waiting = KINDS.map((kind) => ({ kind, ...data[kind.part] })).filter(
    ({ totalCount }) => totalCount > 0,
  );
  if (waiting.length === 0) return <Empty>{say("没有待办。", "Nothing waits for you.")}</Empty>;
  return waiting.map(({ kind, totalCount, nodes }) => (
    <div key={kind.part} className="hub-tasks">
      <h3>
        {say(kind.zh, kind.en)} <span className="hub-count">{totalCount}</span>
      </h3>
      <ul>
        {nodes.map((task) => (
          <TaskLine key={task.id} kind={kind} task={task} />
        ))}
      </ul>
      {totalCount > nodes.length && (
        <p className="hub-quiet">
          {say(`另有 ${totalCount - nodes.length} 件`, `${totalCount - nodes.length} more`)}
        </p>
      )}
    </div>
  ));
}

export function Waiting() {
  const asked = useAsk<Tasks>(WAITING);
  return (
    <Part id="waiting" title={say("待我办理", "Waits for me")}>
      <Shown asked={asked}>{(data: Tasks, _answer: Answer<Tasks>) => <Kinds data={data} />}</Shown>
    </Part>
  );
}
