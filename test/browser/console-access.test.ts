// Access and the log in a real browser: two departments go from a withheld field to its value; grants, apps, matrix, records.
import type { Browser } from "playwright-core";
import { mayBeSkipped, startChromium } from "./chromium";
import { ConsolePage, type Manner } from "./console-page";
import { type DemoHub, startDemoHub } from "./demo-hub";

const FINANCE = "finance@140100000000";
const HUMAN_RESOURCES = "human-resources@140100000000";
const STREET_OFFICE = "street-office@140105001000";
const BIG_DATA = "big-data@140100000000";
const PURPOSE = "budget-review";
const QUESTION = "{ communityWorkers(first: 3) { nodes { workerNo name phone } } }";
const NEXT_YEAR = new Date().getFullYear() + 1;

jest.setTimeout(240_000);

const describeInBrowser = mayBeSkipped() ? describe.skip : describe;
if (mayBeSkipped()) {
  console.warn("NOT TESTED: access and log in a browser. No Chromium found; install one or set CHROMIUM.");
}

const phones = (answer: Record<string, unknown>) =>
  (answer.data as { communityWorkers: { nodes: { phone: string | null }[] } }).communityWorkers.nodes.map(
    ({ phone }) => phone,
  );

describeInBrowser("the console's rooms of sharing", () => {
  let hub: DemoHub;
  let browser: Browser;
  let open: ConsolePage;
  let request: string;

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await startChromium();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.close();
  });

  const enter = async (manner: Manner = {}) => {
    open = await ConsolePage.open(browser, hub.url, manner);
    return open;
  };

  /** Signs in with a token, as where the hub is no demo. */
  const enterWith = async (token: string, at: string, manner: Manner = {}) => {
    await enter({ ...manner, at });
    await open.page.route("**/demo/identities", (route) => route.fulfill({ status: 404, body: "{}" }));
    await open.page.reload();
    await open.settled();
    await open.page.getByLabel("令牌").fill(token);
    await open.page.getByRole("button", { name: "登录" }).click();
    await open.page.locator(".hub-part").first().waitFor();
    await open.settled();
  };

  afterEach(async () => {
    const { foreign, broken, paths } = open;
    await open.close();
    expect([foreign, broken]).toEqual([[], []]);
    const known = ["/", "/console/assets/", "/demo/identities", "/graphql"];
    expect([...paths].filter((path) => !known.includes(path))).toEqual([]);
  });

  const part = (id: string) => open.page.locator(`[data-part="${id}"]`);
  const button = (name: string | RegExp) => open.page.getByRole("button", { name });

  test("staff file a request from the ready-made id; what the hub refuses loses nothing typed", async () => {
    expect(phones(await hub.askBeside(QUESTION, FINANCE, PURPOSE))).toEqual([null, null, null]);
    await enter({ as: FINANCE, at: "#/access" });
    expect(await open.text('[data-part="requests"]')).toContain("还没有共享申请");
    await open.go("#/access/new?missing=communityWorker.nothing:FULL");
    const { page } = open;
    await page.getByRole("combobox", { name: "使用目的" }).click();
    await page.getByTitle("预算审核").click();
    await page.getByLabel("使用依据").fill("太原市城乡社区治理促进条例");
    await page.getByLabel("使用场景").fill("核对社区工作者岗位经费");
    await page.getByLabel("使用范围").fill("本局预算处");
    await page.getByLabel(/使用至/).fill(`${NEXT_YEAR}-06-30`);
    await button("提出申请").click();
    await page.locator(".hub-problem").waitFor();
    expect(await page.getByLabel("使用场景").inputValue()).toBe("核对社区工作者岗位经费");
    expect(await open.barriers()).toEqual([]);
    await open.shoot("new-refused");
    await page.getByRole("textbox", { name: /申请标识/ }).fill("communityWorker.phone,name:FULL");
    await button("提出申请").click();
    await part("filed").waitFor();
    await part("filed").getByRole("link").click();
    await part("acts").waitFor();
    request = decodeURIComponent(page.url().split("/").at(-1) ?? "");
    await part("items").getByText("联系电话").waitFor();
    expect(await open.text()).toContain("待本部门审批");
    expect(await page.locator("[data-act]").allInnerTexts()).toEqual(["撤回"]);
  });

  test("the head sees what it would open, and approves: the clock of the provider runs", async () => {
    await enter({ as: FINANCE, role: "head", at: "#/access/requests?show=waiting" });
    await open.page.locator(`[data-request="${request}"] a`).click();
    await part("simulation").locator("[data-gain=communityWorker]").waitFor();
    await open.page.locator("[data-act=APPROVE]").click();
    await button(/确认：批准/).click();
    await part("acts").getByText("已办：批准").waitFor();
    await open.settled();
    const text = await open.text();
    expect(text).toMatch(/待答复[\s\S]*前答复[\s\S]*个工作日/);
  });

  test("the provider looks at what a part would open, is told what a refusal lacks, and grants", async () => {
    await enter({ as: HUMAN_RESOURCES, role: "head", at: `#/access/requests/${request}` });
    expect(await open.text('[data-gain="communityWorker"]')).toMatch(/不可见[\s\S]*完整可见[\s\S]*\d+ 人/);
    expect(await open.barriers()).toEqual([]);
    await open.shoot("decide");
    await open.page.locator("[data-act=REFUSE]").click();
    await open.page.getByLabel("理由").fill("岗位经费已另行汇总");
    await button(/确认：不同意/).click();
    await open.page.locator(".hub-problem").waitFor();
    expect(await open.page.getByLabel("理由").inputValue()).toBe("岗位经费已另行汇总");
    await open.page.locator("[data-act=GRANT_PART]").click();
    const kept = open.page.locator(".hub-act .ant-checkbox-wrapper");
    expect(await kept.count()).toBe(2);
    await kept.first().click();
    await button("看这部分会开放什么").click();
    await open.page.locator(".hub-act [data-gain]").waitFor();
    expect(await open.page.locator(".hub-act [data-gain]").innerText()).not.toContain("不增加");
    expect(await open.barriers()).toEqual([]);
    await open.shoot("part");
    await open.page.locator("[data-act=GRANT]").click();
    await button(/确认：同意/).click();
    await part("granted").waitFor();
    expect(await open.text('[data-part="course"]')).toMatch(/提出[\s\S]*批准[\s\S]*同意/);
    for (const phone of phones(await hub.askBeside(QUESTION, FINANCE, PURPOSE)))
      expect(phone).toMatch(/^\d{11}$/);
    await open.shoot("granted");
  });

  test("the provider suspends the grant, and the very next answer is without it", async () => {
    await enter({ as: HUMAN_RESOURCES, role: "head", at: "#/access/grants" });
    await open.page.locator("[data-grant]", { hasText: "太原市财政局" }).first().waitFor();
    await open.go(`#/access/requests/${request}`);
    await part("granted").getByRole("link", { name: "授权 1" }).click();
    await open.page.locator("[data-act=SUSPEND]").click();
    await button(/确认：立即暂停/).click();
    await open.page.locator(".hub-problem").waitFor();
    await open.page.getByLabel("理由").fill("超出使用目的");
    await button(/确认：立即暂停/).click();
    await part("course").getByText("超出使用目的").waitFor();
    expect(phones(await hub.askBeside(QUESTION, FINANCE, PURPOSE))).toEqual([null, null, null]);
    expect(await open.page.locator("[data-act]").allInnerTexts()).toContain("恢复");
    expect(await open.barriers()).toEqual([]);
    await open.page.locator("[data-act=NARROW]").click();
    await open.shoot("grant");
    expect(await open.barriers()).toEqual([]);
  });

  test("an operation is registered by staff and approved by the head", async () => {
    await enter({ as: FINANCE, at: "#/access/apps" });
    await button("登记操作").first().click();
    await open.page.getByLabel("应用名").fill("budget-desk");
    await open.page.getByLabel("登记名").fill("Committees");
    await open.page.getByLabel("用途说明").fill("核对居委会名单");
    await open.page.getByLabel("GraphQL 文档").fill("query Committees { nothing }");
    await open.page.getByRole("button", { name: "登记", exact: true }).click();
    await open.page.locator(".hub-problem").waitFor();
    await open.page
      .getByLabel("GraphQL 文档")
      .fill("query Committees { committees(first: 10) { nodes { code name } } }");
    await open.page.getByRole("button", { name: "登记", exact: true }).click();
    await open.page.locator('[data-operation="Committees"]').waitFor();
    expect(await open.barriers()).toEqual([]);
    await open.close();
    await enter({ as: FINANCE, role: "head", at: "#/access/apps" });
    const operation = open.page.locator('[data-operation="Committees"]');
    expect(await operation.innerText()).toContain("待审批");
    await operation.getByRole("button", { name: /^批\s*准$/ }).click();
    await operation.getByText("已批准").waitFor();
    await open.shoot("apps");
  });

  test("the matrix: a department sees its own purposes, the security duty the city's departments", async () => {
    await enter({ as: FINANCE, at: "#/access/matrix" });
    await open.page.locator(".hub-matrix-picture").waitFor();
    await open.settled();
    const levels = await open.page.locator('[data-dataset="budgetLine"] td').allInnerTexts();
    expect(levels[0]).toContain("完整可见");
    const rows = await open.page.locator("[data-part=matrix] tbody tr").count();
    expect(await open.page.locator(".hub-matrix-picture i").count()).toBe(rows * levels.length);
    await open.close();
    await enterWith(await hub.tokenOf(BIG_DATA, ["security"]), "#/access/matrix");
    await open.page.locator(".hub-matrix-picture").waitFor();
    await open.settled();
    const heads = await open.page.locator("[data-part=matrix] thead th").allInnerTexts();
    expect(heads.join()).toMatch(/财政[\s\S]*人力资源|人力资源[\s\S]*财政/);
    expect(heads.length).toBeGreaterThan(5);
    expect(await open.barriers()).toEqual([]);
    await open.shoot("matrix-all");
  });

  test("the steward finds who read, by dataset and department, and opens the record", async () => {
    await enter({ as: HUMAN_RESOURCES, at: `#/log?dataset=communityWorker&department=${FINANCE}` });
    const text = await open.text('[data-part="accesses"]');
    expect(text).toMatch(/太原市财政局[\s\S]*预算审核[\s\S]*3 行/);
    expect(await open.text('[data-part="chain"]')).toContain("供审计、安全职责查看");
    await open.page.locator('[data-part="accesses"] tbody a').first().click();
    await open.page.locator("h1", { hasText: "一次访问" }).waitFor();
    await open.settled();
    expect(await open.text()).toMatch(/仅审计职责可见[\s\S]*完整可见/);
    expect(await open.barriers()).toEqual([]);
    await open.shoot("record");
    await open.go("#/log?dataset=communityWorker&from=2020-01-01&until=2020-01-02");
    expect(await open.text('[data-part="accesses"]')).toContain("没有这样的访问记录");
  });

  test("an auditor sees whether the log is whole, and accounts; a head without that duty is told whose it is", async () => {
    await enterWith(await hub.tokenOf(BIG_DATA, ["audit"]), "#/log");
    const chain = part("chain");
    await chain.getByText("与公布的链首一致").waitFor();
    expect(await chain.innerText()).toMatch(/此前的记录均已封存并公布[\s\S]*第 \d+ 号/);
    await open.page.locator('[data-part="accesses"] tbody a').first().click();
    await open.page.locator("h1", { hasText: "一次访问" }).waitFor();
    await open.settled();
    expect(await open.text()).toContain("demo.");
    await open.shoot("record-audit");
    await open.go("#/log");
    await open.shoot("log-audit");
    await open.close();
    await enter({ as: STREET_OFFICE, role: "head", at: "#/log" });
    expect(await open.text(".hub-problem")).toContain("FORBIDDEN");
    expect(await open.barriers()).toEqual([]);
  });

  const LOOKS: Manner[] = [
    { as: FINANCE, width: 1280, look: "light", language: "zh" },
    { as: STREET_OFFICE, width: 390, look: "dark", language: "zh" },
    { as: HUMAN_RESOURCES, width: 390, look: "light", language: "en" },
    { as: HUMAN_RESOURCES, width: 1280, look: "dark", language: "en" },
  ];
  const PAGES = {
    requests: "#/access",
    request: () => `#/access/requests/${request}`,
    new: "#/access/new",
    grants: "#/access/grants?show=",
    apps: "#/access/apps",
    matrix: "#/access/matrix",
    log: "#/log",
  };

  test.each(LOOKS)("is open to everybody: $width px, $look, $language", async (manner) => {
    await enter(manner);
    for (const [name, at] of Object.entries(PAGES)) {
      await open.go(typeof at === "string" ? at : at());
      await open.page.waitForTimeout(500);
      await open.settled();
      expect([name, await open.overflow(), await open.barriers()]).toEqual([name, 0, []]);
      await open.shoot(`${name}-${manner.width}-${manner.look}-${manner.language}`);
    }
  });
});
