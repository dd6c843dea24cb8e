// Who asks, and for which purpose: a button in the bar that opens the choice.
import { DownOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Drawer, Radio, Select } from "antd";
import { useState } from "react";
import { nameOf, say } from "../../../session/language";
import {
  acceptToken,
  chooseDepartment,
  choosePurpose,
  chooseRole,
  identityOf,
  type Role,
  session,
} from "../../../session/session";
import { useDepartmentName, useMe } from "../me";
import { dutyWord } from "../words";

/** The stated purpose in words; empty where none is. */
function usePurpose(): string {
  const me = useMe();
  const state = session.use();
  const known = [...(identityOf(state)?.purposes ?? []), ...me.purposes];
  const stated = known.find(({ code }) => code === state.purpose);
  return stated ? nameOf(stated) : state.purpose;
}

function DemoChoice() {
  const state = session.use();
  return (
    <>
      <p className="hub-demo">
        {say(
          "演示模式：可以扮演任何部门，数据为虚构。",
          "Demo: you may be any department; the data is invented.",
        )}
      </p>
      <label className="hub-field" htmlFor="hub-department">
        {say("部门", "Department")}
      </label>
      <Select
        id="hub-department"
        showSearch={{ optionFilterProp: "label" }}
        value={state.department}
        onChange={(code) => chooseDepartment(code, undefined)}
        options={state.identities.map((one) => ({ value: one.code, label: nameOf(one) }))}
      />
      <span className="hub-field" id="hub-role">
        {say("身份", "Role")}
      </span>
      <Radio.Group
        aria-labelledby="hub-role"
        value={state.role}
        onChange={(event) => chooseRole(event.target.value as Role)}
        options={[
          { value: "staff", label: say("经办人", "Staff") },
          { value: "head", label: say("负责人（审批、答复）", "Head: approves, decides") },
        ]}
      />
    </>
  );
}

function PurposeChoice() {
  const me = useMe();
  const state = session.use();
  const known = identityOf(state)?.purposes ?? me.purposes;
  const strange = state.purpose !== "" && !known.some((one) => one.code === state.purpose);
  const options = [
    { value: "", label: say("不声明目的", "None stated") },
    ...known.map((one) => ({ value: one.code, label: nameOf(one) })),
    ...(strange ? [{ value: state.purpose, label: state.purpose }] : []),
  ];
  return (
    <>
      <label className="hub-field" htmlFor="hub-purpose">
        {say("使用目的", "Purpose")}
      </label>
      <Select id="hub-purpose" value={state.purpose} onChange={choosePurpose} options={options} />
      <p className="hub-quiet">
        {say(
          "授权按目的生效：选了目的，才看得到为它授权的数据。",
          "A grant holds for its purpose: choose it to see what was granted for it.",
        )}
      </p>
    </>
  );
}

export function Who() {
  const me = useMe();
  const { demo, token } = session.use();
  const [open, setOpen] = useState(false);
  const name = useDepartmentName();
  const purpose = usePurpose();
  return (
    <>
      <Button
        className="hub-who"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        icon={<UserOutlined />}
      >
        <span className="hub-who-name">
          {name}
          {purpose && <span className="hub-who-purpose"> · {purpose}</span>}
        </span>
        <DownOutlined aria-hidden />
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={say("以谁的身份", "Who asks")}
        size={360}
        rootClassName="hub-who-drawer"
      >
        <p className="hub-who-title">{name}</p>
        <p className="hub-code">{me.department.code}</p>
        <p>
          {say("职责：", "Duties: ")}
          {me.duties.map(dutyWord).join(say("、", ", "))}
        </p>
        {demo === true && <DemoChoice />}
        <PurposeChoice />
        {demo === false && token !== "" && (
          <Button onClick={() => acceptToken("")}>{say("退出", "Sign out")}</Button>
        )}
      </Drawer>
    </>
  );
}
