// The request for what an answer lacked, as a mutation; the texts that the law asks for are left to whoever files it.
import { say } from "../../session/language";

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Empty texts are refused by the hub: nobody files what nobody wrote. */
export function filing(id: string, purpose: string): string {
  const until = new Date(Date.now() + YEAR).toISOString().slice(0, 10);
  const line = (text: string, zh: string, en: string) => `    ${text}  # ${say(zh, en)}`;
  return [
    say(
      "# 申请所缺的内容（政务数据共享条例 第二十条）。\n# 填好后运行；再由负责人审批、提供单位答复。",
      "# Asks for what the answer lacked.\n# Complete it and run it; then the head approves.",
    ),
    "mutation {",
    "  requestAccess(",
    `    missing: ${JSON.stringify(id)}`,
    line(`purpose: ${JSON.stringify(purpose)}`, "使用目的，见 purposes", "a code, see purposes"),
    line('legalBasis: ""', "使用依据", "the legal basis"),
    line('scenario: ""', "使用场景", "the scenario of use"),
    line('scope: ""', "使用范围", "the scope of use"),
    line("way: API", "共享方式：API、BATCH、FILE", "API, BATCH or FILE"),
    line(`until: "${until}T00:00:00+08:00"`, "使用时限", "the time of use ends then"),
    "  ) {",
    "    id",
    "    providerName",
    "    class",
    "    state",
    "    items { dataset fields level territoryName }",
    "  }",
    "}",
    "",
  ].join("\n");
}
