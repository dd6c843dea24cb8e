// The bar above GraphiQL: the hub's name, who asks, for which purpose, and the language.
import { useState } from "react";
import { nameOf, say, switchLanguage } from "../../session/language";
import {
  acceptToken,
  chooseDepartment,
  choosePurpose,
  chooseRole,
  identityOf,
  type Role,
  type Session,
  session,
} from "../../session/session";

function DepartmentChoice({ state }: { state: Session }) {
  return (
    <label className="hub-field">
      <span>{say("以此部门提问", "Ask as")}</span>
      <select
        name="department"
        value={state.department}
        onChange={(event) => chooseDepartment(event.target.value, undefined)}
      >
        {state.identities.map((identity) => (
          <option key={identity.code} value={identity.code}>
            {nameOf(identity)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One files, the other approves what leaves the department and decides what comes to it. */
function RoleChoice({ state }: { state: Session }) {
  return (
    <label className="hub-field">
      <span>{say("身份", "Role")}</span>
      <select name="role" value={state.role} onChange={(event) => chooseRole(event.target.value as Role)}>
        <option value="staff">{say("经办人", "Staff")}</option>
        <option value="head">{say("负责人（审批、答复）", "Head: approves, decides")}</option>
      </select>
    </label>
  );
}

function PurposeChoice({ state }: { state: Session }) {
  const purposes = identityOf(state)?.purposes ?? [];
  const strange = state.purpose !== "" && !purposes.some((one) => one.code === state.purpose);
  return (
    <label className="hub-field">
      <span>{say("使用目的", "Purpose")}</span>
      <select name="purpose" value={state.purpose} onChange={(event) => choosePurpose(event.target.value)}>
        <option value="">{say("不声明目的", "None stated")}</option>
        {purposes.map((purpose) => (
          <option key={purpose.code} value={purpose.code}>
            {nameOf(purpose)}
          </option>
        ))}
        {strange && <option value={state.purpose}>{state.purpose}</option>}
      </select>
    </label>
  );
}

function TokenForm({ state }: { state: Session }) {
  const [draft, setDraft] = useState(state.token);
  const [purpose, setPurpose] = useState(state.purpose);
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault();
    choosePurpose(purpose.trim());
    acceptToken(draft);
  };
  return (
    <form className="hub-token" onSubmit={submit}>
      <label className="hub-field">
        <span>{say("令牌", "Token")}</span>
        <input
          name="token"
          type="password"
          autoComplete="off"
          value={draft}
          placeholder={say("粘贴部门令牌或应用密钥", "Paste a department token or app key")}
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      <label className="hub-field">
        <span>{say("使用目的", "Purpose")}</span>
        <input
          name="purpose"
          value={purpose}
          placeholder={say("目的代码，可空", "Code, optional")}
          onChange={(event) => setPurpose(event.target.value)}
        />
      </label>
      <button type="submit" className="hub-button">
        {say("使用", "Use")}
      </button>
    </form>
  );
}

export function TopBar() {
  const state = session.use();
  return (
    <header className="hub-bar">
      <a className="hub-brand" href="/" title={say("回到首页", "Home")}>
        <strong>{say("社区信息共享平台", "Community Hub")}</strong>
        <span>GraphiQL</span>
      </a>
      {state.demo === true && (
        <div className="hub-who">
          <DepartmentChoice state={state} />
          <RoleChoice state={state} />
          <PurposeChoice state={state} />
          <span className="hub-demo">{say("演示", "Demo")}</span>
        </div>
      )}
      {state.demo === false && <TokenForm state={state} />}
      <button type="button" className="hub-button hub-language" onClick={switchLanguage}>
        {say("English", "中文")}
      </button>
    </header>
  );
}
