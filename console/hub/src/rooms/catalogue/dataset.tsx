// One dataset: what it is, its fields with what I hold of each, how fresh it is, some rows, and a request for more.
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { say } from "../../../../session/language";
import { useAsk } from "../../ask";
import { useMe } from "../../me";
import { GraphqlLink } from "../../parts/graphql-link";
import { LevelMark, PersonalMark } from "../../parts/marks";
import { Page, Part } from "../../parts/page";
import { SightBar } from "../../parts/sight-bar";
import { to } from "../../router";
import { sightsOf } from "../../sight";
import { Empty, Shown } from "../../states";
import { ENTRY, type Entry, type EntryAnswer, type FieldRight, lacking } from "./entry";
import { Facts } from "./facts";
import { Fields } from "./fields";
import { Conditions, Links, Versions } from "./more";
import { Rows } from "./rows";

const RequestForm = lazy(() => import("./request-form"));

interface Chosen {
  fields: readonly string[];
  open: boolean;
}

function Dataset({ entry, rights }: { entry: Entry; rights: FieldRight[] }) {
  const { stewardOf, duties } = useMe();
  const [chosen, setChosen] = useState<Chosen>({ fields: [], open: false });
  const [sight] = sightsOf(rights);
  const own = stewardOf.includes(entry.name);
  const open = lacking(entry, rights).map(({ name }) => name);
  const mayAsk = !own && open.length > 0 && duties.includes("read");
  const choose = (fields: readonly string[]) => setChosen({ fields, open: false });
  return (
    <Page
      back={{ href: to(["catalogue"]), text: say("数据目录", "Catalogue") }}
      title={say(entry.title, entry.en)}
      sub={
        <>
          {say(entry.en, entry.title)} <code>{entry.name}</code>
        </>
      }
      actions={
        mayAsk && (
          <Button type="primary" onClick={() => setChosen({ ...chosen, open: true })}>
            {chosen.fields.length === 0
              ? say("申请共享", "Request access")
              : say(`申请所选 ${chosen.fields.length} 项`, `Request ${chosen.fields.length} chosen`)}
          </Button>
        )
      }
    >
      {sight && (
        <div className="hub-sight-head">
          <LevelMark level={sight.best} />
          <PersonalMark code={entry.grading.personal} />
          <SightBar sight={sight} />
        </div>
      )}
      <Facts entry={entry} />
      <Part
        id="fields"
        title={say("数据项和本部门的权限", "Fields, and what you hold")}
        sub={
          mayAsk
            ? say("勾选未开放的数据项，再点“申请共享”。", "Tick the fields you lack, then request access.")
            : own
              ? say("本部门是数源部门。", "Your department is the steward.")
              : undefined
        }
        actions={<GraphqlLink question={ENTRY} variables={{ dataset: entry.name, purpose: null }} />}
      >
        <Fields
          entry={entry}
          rights={rights}
          chosen={chosen.fields}
          lacking={mayAsk ? open : []}
          choose={choose}
        />
      </Part>
      <Rows entry={entry} />
      <Conditions entry={entry} />
      <Links entry={entry} />
      <Versions entry={entry} />
      {chosen.open && (
        <Suspense fallback={null}>
          <RequestForm
            entry={entry}
            rights={rights}
            fields={chosen.fields}
            close={() => setChosen({ ...chosen, open: false })}
          />
        </Suspense>
      )}
    </Page>
  );
}

export function DatasetPage({ name }: { name: string }) {
  const { purpose } = useMe();
  const asked = useAsk<EntryAnswer>(ENTRY, { dataset: name, purpose });
  return (
    <Shown asked={asked} rows={10}>
      {({ catalogueEntry: entry, accessMatrix }) =>
        entry === null ? (
          <Empty action={<a href={to(["catalogue"])}>{say("回到数据目录", "Back to the catalogue")}</a>}>
            {say(`目录中没有 ${name}`, `The catalogue has no ${name}`)}
          </Empty>
        ) : (
          <Dataset entry={entry} rights={accessMatrix} />
        )
      }
    </Shown>
  );
}
