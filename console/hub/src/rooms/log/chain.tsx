// Whether the log is whole: the newest seal, the head that was published outside, and since when all agrees.
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { GraphqlLink } from "../../parts/graphql-link";
import { Part } from "../../parts/page";
import { moment, number } from "../../parts/time";
import { Shown } from "../../states";
import { Fact } from "../access/fact";

const CHAIN = /* GraphQL */ `
  query Chain {
    chainStatus {
      agrees coveredUntil head publishedAt publishedHead publishedSeal records seal sealedAt waiting
    }
  }
`;

interface Status {
  agrees: boolean | null;
  coveredUntil: string | null;
  head: string | null;
  publishedAt: string | null;
  publishedHead: string | null;
  publishedSeal: number | null;
  records: number;
  seal: number | null;
  sealedAt: string | null;
  waiting: number;
}

function Agrees({ agrees }: { agrees: boolean | null }) {
  if (agrees === null)
    return <span className="hub-mark">{say("尚未公布链首", "no head was published yet")}</span>;
  return agrees ? (
    <span className="hub-mark" data-tone="good">
      {say("与公布的链首一致", "agrees with the published head")}
    </span>
  ) : (
    <span className="hub-mark" data-tone="bad">
      {say("与公布的链首不一致", "differs from the published head")}
    </span>
  );
}

function Facts({ status }: { status: Status }) {
  return (
    <>
      {status.agrees === false && (
        <p className="hub-note" role="alert">
          {say(
            "请立即运行 hub audit verify，找出被改动的记录。",
            "Run hub audit verify at once: it finds what was changed.",
          )}
        </p>
      )}
      <dl className="hub-facts">
        <Fact name={say("封存链", "The chain")}>
          <Agrees agrees={status.agrees} />
        </Fact>
        <Fact name={say("此前的记录均已封存并公布", "All from before is sealed and published")}>
          {moment(status.coveredUntil)}
        </Fact>
        <Fact name={say("最近公布的链首", "Head published last")}>
          {say(`第 ${status.publishedSeal ?? "—"} 号，`, `seal ${status.publishedSeal ?? "—"}, `)}
          {moment(status.publishedAt)}
          <br />
          <code>{status.publishedHead ?? "—"}</code>
        </Fact>
        <Fact name={say("最新的封存", "Newest seal")}>
          {say(`第 ${status.seal ?? "—"} 号，`, `seal ${status.seal ?? "—"}, `)}
          {moment(status.sealedAt)}
          <br />
          <code>{status.head ?? "—"}</code>
        </Fact>
        <Fact name={say("已封存的记录", "Records under seals")}>{number(status.records)}</Fact>
        <Fact name={say("待封存的记录", "Records that wait for a seal")}>{number(status.waiting)}</Fact>
      </dl>
    </>
  );
}

export function Chain() {
  const sees = useMe().duties.some((duty) => duty === "audit" || duty === "security");
  const asked = useAsk<{ chainStatus: Status }>(sees ? CHAIN : null);
  return (
    <Part
      id="chain"
      title={say("记录是否完整", "Is the log whole?")}
      sub={say(
        "每隔数秒封存一批，链首在数据库之外公布：事后改动会被发现。",
        "Sealed every few seconds, the head published outside the database: later changes are found out.",
      )}
      actions={sees && <GraphqlLink question={CHAIN} />}
    >
      {sees ? (
        <Shown asked={asked}>{({ chainStatus }) => <Facts status={chainStatus} />}</Shown>
      ) : (
        <p className="hub-quiet">
          {say(
            "封存链的状态供审计、安全职责查看。",
            "The chain's state is for the audit and security duties.",
          )}
        </p>
      )}
    </Part>
  );
}
