// The console in a real browser on a whole hub: its pages as three kinds of department, for eyes, ears and keys.
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { mayBeSkipped, startChromium } from "./chromium";
import { ConsolePage, type Manner } from "./console-page";
import { type DemoHub, startDemoHub } from "./demo-hub";

const FINANCE = "finance@140100000000";
const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const STREET_OFFICE = "street-office@140105001000";

jest.setTimeout(120_000);

const describeInBrowser = mayBeSkipped() ? describe.skip : describe;
if (mayBeSkipped()) {
  console.warn("NOT TESTED: the console in a browser. No Chromium found; install one or set CHROMIUM.");
}

describeInBrowser("the console", () => {
  let hub: DemoHub;
  let browser: Browser;
  let open: ConsolePage;

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

  afterEach(async () => {
    const { foreign, broken, paths } = open;
    await open.close();
    expect(foreign).toEqual([]);
    expect(broken).toEqual([]);
    const known = ["/", "/console/assets/", "/demo/identities", "/graphql"];
    expect([...paths].filter((path) => !known.includes(path) && !path.startsWith("/graphiql"))).toEqual([]);
  });

  const entry = (dataset: string) => open.page.locator(`[data-dataset="${dataset}"]`);

  describe("shows each department its own sight", () => {
    test("finance sees figures and masked rows of volunteers only under a purpose", async () => {
      await enter({ as: FINANCE });
      expect(await open.text("h1")).toBe("太原市财政局");
      const line = open.page.locator(".hub-sights li", {
        has: open.page.locator('a[href="#/catalogue/fundTransaction"]'),
      });
      expect(await line.innerText()).toContain("本部门是数源部门");
      const workers = open.page.locator(".hub-sights li", {
        has: open.page.locator('a[href="#/catalogue/communityWorker"]'),
      });
      expect(await workers.innerText()).toContain("不可见");
    });

    test("a street office holds in full what flows back to it, in its own territory", async () => {
      await enter({ as: STREET_OFFICE, at: "#/catalogue/volunteer" });
      const name = await open.text('[data-field="name"]');
      expect(name).toMatch(/完整可见[\s\S]*坞城街道[\s\S]*常设权限/);
    });

    test("the steward sees that it is one, and is offered no request", async () => {
      await enter({ as: CIVIL_AFFAIRS, at: "#/catalogue/volunteer" });
      expect(await open.text('[data-field="name"]')).toMatch(/完整可见[\s\S]*数源部门/);
      expect(await open.page.getByRole("button", { name: "申请共享" }).count()).toBe(0);
    });

    test("another identity is chosen in the bar, and the page follows", async () => {
      await enter({ as: FINANCE });
      await open.page.locator(".hub-who").click();
      await open.page.getByRole("combobox", { name: "部门" }).click();
      // The list draws what is in sight alone: a department is found by its name.
      await open.page.getByRole("combobox", { name: "部门" }).fill("小店区民政局");
      await open.page.keyboard.press("Enter");
      await open.page.locator("h1", { hasText: "小店区民政局" }).waitFor();
      // While the list is open, Escape closes the list and not the drawer.
      const chosen = open.page.getByRole("combobox", { name: "部门", expanded: false });
      await chosen.waitFor();
      await chosen.press("Escape");
      await open.page.locator(".hub-who-drawer .ant-drawer-content-wrapper").waitFor({ state: "hidden" });
    });
  });

  describe("has a catalogue", () => {
    test("a search finds by name and keeps its word in the address", async () => {
      await enter({ as: FINANCE, at: "#/catalogue" });
      expect(await open.page.locator(".hub-entry").count()).toBeGreaterThan(20);
      await open.page.getByRole("textbox", { name: "搜索目录" }).fill("志愿者服务站点");
      await entry("idleAsset").waitFor({ state: "detached" });
      await entry("volunteerStation").waitFor();
      expect(open.page.url()).toContain("q=");
    });

    test("nothing found is said, with what to do", async () => {
      await enter({ at: "#/catalogue?q=qqqq" });
      expect(await open.text(".hub-empty")).toContain("换一个词");
    });

    test("a dataset that is none is said, and the way back leads to the list", async () => {
      await enter({ at: "#/catalogue/nothing" });
      expect(await open.text()).toMatch(/nothing/);
      await enter({ at: "#/nowhere" });
      expect(await open.text()).toContain("没有这一页");
    });

    test("rows are shown when asked for, and what is withheld is a mark", async () => {
      await enter({ as: FINANCE, at: "#/catalogue/committee" });
      await open.page.locator('[data-part="rows"] button').click();
      await open.settled();
      const rows = await open.text('[data-part="rows"]');
      expect(rows).toMatch(/可见 .*行/);
      const started = open.page.waitForEvent("download");
      await open.page.locator('[data-part="rows"]').getByRole("button", { name: "下载" }).click();
      await open.page.getByRole("menuitem", { name: "CSV" }).click();
      const file = await started;
      expect(file.suggestedFilename()).toBe("committee.csv");
      expect(readFileSync(await file.path(), "utf8")).toContain("居民委员会");
      await open.go("#/catalogue/volunteer");
      await open.page.locator('[data-part="rows"] button').click();
      await open.settled();
      expect(await open.text('[data-part="rows"]')).toContain("没有可见的记录");
    });

    test("a question of a page opens in GraphiQL as it was asked", async () => {
      await enter({ as: FINANCE, at: "#/catalogue/committee" });
      const opened = open.page.context().waitForEvent("page");
      await open.page.locator('[data-part="rows"] .hub-graphql-link').click();
      const graphiql = await opened;
      await graphiql.locator(".graphiql-query-editor .view-lines").getByText("SomeRows").waitFor();
      expect(graphiql.url()).not.toContain("#open");
    });
  });

  test("a request for a field is filed from its dataset, refused without reasons, and waits for the head", async () => {
    await enter({ as: FINANCE, at: "#/catalogue/communityWorker" });
    await open.page.locator('[data-field="phone"] input').check();
    await open.page.getByRole("button", { name: /申请所选 1 项/ }).click();
    const form = open.page.getByRole("dialog");
    await form.getByRole("button", { name: "提出申请" }).click();
    await form.getByText("请填写").first().waitFor();
    expect(await open.barriers()).toEqual([]);
    await form.getByRole("combobox", { name: "使用目的" }).click();
    await open.page.getByTitle("预算审核").click();
    await form.getByLabel("使用依据").fill("太原市城乡社区治理促进条例");
    await form.getByLabel("使用场景").fill("核对社区工作者岗位经费");
    await form.getByLabel("使用范围").fill("本局预算处");
    await form.getByLabel(/使用至/).fill(`${new Date().getFullYear() + 1}-06-30`);
    await open.shoot("request");
    await form.getByRole("button", { name: "提出申请" }).click();
    await form.getByText("已提出 1 份申请").waitFor();
    expect(await form.innerText()).toContain("人力资源");
    await open.close();
    await enter({ as: FINANCE, role: "head" });
    expect(await open.text('[data-part="waiting"]')).toMatch(/共享申请\s*1[\s\S]*太原市财政局/);
    await open.shoot("waiting");
  });

  test("a hub that fails is told of, and asked again by a button", async () => {
    await enter({ as: FINANCE });
    await open.page.route("**/graphql", (route) => route.abort());
    await open.go("#/catalogue");
    expect(await open.text(".hub-problem")).toContain("平台没有应答");
    expect(await open.barriers()).toEqual([]);
    await open.page.unroute("**/graphql");
    await open.page.getByRole("button", { name: "重试" }).first().click();
    await open.page.locator(".hub-entry").first().waitFor();
  });

  test("a hub without a demo asks for a token, and takes one", async () => {
    await enter({ as: FINANCE });
    const token = await hub.tokenOf(FINANCE);
    await open.page.route("**/demo/identities", (route) => route.fulfill({ status: 404, body: "{}" }));
    await open.page.reload();
    await open.settled();
    expect(await open.barriers()).toEqual([]);
    await open.page.getByLabel("令牌").fill("not.a.token");
    await open.page.getByRole("button", { name: "登录" }).click();
    await open.page.locator(".hub-problem").waitFor();
    await open.page.getByLabel("令牌").fill(token);
    await open.page.getByRole("button", { name: "登录" }).click();
    await open.page.locator("h1", { hasText: "太原市财政局" }).waitFor();
  });

  test("by keyboard: the skip link, the menu, a dataset", async () => {
    await enter({ as: FINANCE });
    const { keyboard } = open.page;
    await keyboard.press("Tab");
    expect(await open.page.evaluate("document.activeElement.className")).toBe("hub-skip");
    await keyboard.press("Enter");
    expect(await open.page.evaluate("document.activeElement.id")).toBe("main");
    await open.page.locator(".hub-beside a", { hasText: "目录" }).focus();
    await keyboard.press("Enter");
    await open.page.locator(".hub-entry a").first().waitFor();
    expect(await open.page.evaluate("document.activeElement.id")).toBe("main");
    expect(await open.page.title()).toContain("目录");
  });

  const LOOKS: Manner[] = [
    { as: FINANCE, width: 1280, look: "light", language: "zh" },
    { as: STREET_OFFICE, width: 390, look: "dark", language: "zh" },
    { as: CIVIL_AFFAIRS, width: 390, look: "light", language: "en" },
    { as: CIVIL_AFFAIRS, width: 1280, look: "dark", language: "en" },
  ];
  const PAGES = {
    home: "#/",
    catalogue: "#/catalogue",
    dataset: "#/catalogue/volunteer",
    report: "#/catalogue/communityOverview",
  };

  test.each(LOOKS)("is open to everybody: $width px, $look, $language", async (manner) => {
    await enter(manner);
    for (const [name, at] of Object.entries(PAGES)) {
      await open.go(at);
      expect([name, await open.overflow(), await open.barriers()]).toEqual([name, 0, []]);
      await open.shoot(`${name}-${manner.width}-${manner.look}-${manner.language}`);
    }
    const { page } = open;
    if (manner.language === "en") expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.locator(".hub-who").click();
    await page.locator(".hub-who-drawer .hub-who-title").waitFor();
    expect(await open.barriers()).toEqual([]);
  });
});
