// The states that a page can be in beside its content: loading, failed, empty. One component each, for all rooms.
import { Alert, Button, Empty as NothingDrawn, Skeleton } from "antd";
import type { ReactNode } from "react";
import { say } from "../../session/language";
import type { Answer, Asked, Fault } from "./ask";

export function Loading({ rows = 4 }: { rows?: number }) {
  return (
    <div role="status" aria-live="polite" className="hub-loading">
      <span className="hub-unseen">{say("正在读取", "Loading")}</span>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** What went wrong and what to do next, in the hub's own words; `again` repeats the question. */
export function Problem({ fault, again }: { fault: Fault; again?: () => void }) {
  const retry = again && (
    <Button size="small" onClick={again}>
      {say("重试", "Try again")}
    </Button>
  );
  return (
    <Alert
      className="hub-problem"
      type="error"
      showIcon
      role="alert"
      title={fault.message}
      description={
        <>
          {fault.hint && <p>{fault.hint}</p>}
          <p className="hub-code">{fault.code}</p>
        </>
      }
      action={retry}
    />
  );
}

/** Nothing to show: says of what, and what one could do. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <NothingDrawn
      image={NothingDrawn.PRESENTED_IMAGE_SIMPLE}
      className="hub-empty"
      description={<span>{children}</span>}
    >
      {action}
    </NothingDrawn>
  );
}

/** Shows an asked question in whichever state it is; what was answered before stays while it is asked again. */
export function Shown<T>({
  asked,
  rows,
  children,
}: {
  asked: Asked<T>;
  rows?: number;
  children: (data: T, answer: Answer<T>) => ReactNode;
}) {
  if (asked.fault) return <Problem fault={asked.fault} again={asked.again} />;
  if (!asked.answer) return <Loading {...(rows === undefined ? {} : { rows })} />;
  const { answer } = asked;
  return (
    <div aria-busy={asked.asking} className={asked.asking ? "hub-asking" : ""}>
      {answer.faults.map((fault) => (
        <Problem key={`${fault.path?.join(".")}${fault.message}`} fault={fault} again={asked.again} />
      ))}
      {children(answer.data, answer)}
    </div>
  );
}
