// The first page of a department: what it can see, what waits for it, what changed.
import { say } from "../../../../session/language";
import { useDepartmentName } from "../../me";
import { Page } from "../../parts/page";
import { Changed } from "./changed";
import { Sight } from "./sight";
import { Waiting } from "./waiting";

export default function Home() {
  const name = useDepartmentName();
  return (
    <Page
      title={name}
      sub={say("看得到什么、有什么待办、有什么变化", "What you can see, what waits, what changed")}
    >
      <div className="hub-columns">
        <Waiting />
        <Changed />
      </div>
      <Sight />
    </Page>
  );
}
