// The answer of a question as a file: the same question, asked again for another format.
import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { FILE_TYPES } from "../../../../src/exchange/file-types";
import { say } from "../../../session/language";
import { post, type Variables } from "../ask";

type Format = (typeof FILE_TYPES)[number];

async function save(response: Response, name: string): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { errors?: { message?: string }[] };
    return body.errors?.[0]?.message ?? text;
  } catch {
    return text || `HTTP ${response.status}`;
  }
}

/** `question` must be of the form that files have: one list of a dataset or report; `name` is the file's. */
export function Download({
  question,
  variables = {},
  name,
}: {
  question: string;
  variables?: Variables;
  name: string;
}) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  // The hub's own list of formats: what is written there is offered here.
  const download = async (format: Format) => {
    setBusy(true);
    try {
      const response = await post(question, variables, format.type);
      const type = response.headers.get("content-type") ?? "";
      if (response.ok && type.startsWith(format.type)) await save(response, `${name}.${format.extension}`);
      else message.error((await refusal(response)).slice(0, 300));
    } catch {
      message.error(say("平台没有应答，请重试。", "The hub does not answer; try again."));
    } finally {
      setBusy(false);
    }
  };
  const items = FILE_TYPES.map((format) => ({
    key: format.extension,
    label: format.label,
    onClick: () => void download(format),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />} loading={busy}>
        {say("下载", "Download")}
      </Button>
    </Dropdown>
  );
}
