// GraphiQL in a real browser on a whole hub: two departments ask one question and read two answers.
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { mayBeSkipped, startChromium } from "./chromium";
import { type DemoHub, startDemoHub } from "./demo-hub";
import { GraphiqlPage } from "./graphiql-page";

const FINANCE = "finance@140100000000";
const STREET_OFFICE = "street-office@140105001000";

jest.setTimeout(120_000);

const describeInBrowser = mayBeSkipped() ? describe.skip : describe;
if (mayBeSkipped()) {
  console.warn(
    "NOT TESTED: GraphiQL in a browser. No Chromium found; install one or set CHROMIUM to its path.",
  );
}

describeInBrowser("GraphiQL", () => {
  let hub: DemoHub;
  let browser: Browser;
  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await startChromium();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.close();
  });

  describe("as a person uses it", () => {
    let open: GraphiqlPage;

    afterEach(async () => {
      const { foreign, broken } = open;
      await open.close();
      expect(foreign).toEqual([]);
      expect(broken).toEqual([]);
    });

    const names = (data: Record<string, unknown>) =>
      (data.volunteers as { nodes: { name: string }[] }).nodes.map((node) => node.name);

    test("one example, two departments, two answers", async () => {
      open = await GraphiqlPage.open(browser, hub.url);
      await open.example("street");
      expect(await open.department()).toBe(FINANCE);
      const finance = await open.run();
      await open.ask(STREET_OFFICE);
      const street = await open.run();
      expect(names(finance.data)).toHaveLength(3);
      expect(names(street.data)).toHaveLength(3);
      for (const name of names(finance.data)) expect(name).toMatch(/^.{1,2}\*$/);
      for (const name of names(street.data)) expect(name).not.toContain("*");
      expect(await open.text(".graphiql-response .view-lines")).toContain("committees");
    });

    test("the access panel says what was masked, by whom, and where to apply", async () => {
      open = await GraphiqlPage.open(browser, hub.url);
      await open.example("street");
      await open.run();
      await open.page.locator(".hub-link").click();
      const said = await open.text(".hub-panel");
      expect(said).toContain("太原市财政局");
      const card = open.page.locator(".hub-card", { hasText: "volunteer.name" });
      expect(await card.innerText()).toMatch(
        /脱敏可见[\s\S]*有条件共享[\s\S]*太原市民政局[\s\S]*missing: "volunteer\.name:FULL"/,
      );
    });

    test("the user's own headers win over the chosen department", async () => {
      open = await GraphiqlPage.open(browser, hub.url);
      await open.example("me");
      await open.page.locator('.graphiql-editor-tools [data-name="headers"]').click();
      await open.page.locator('.graphiql-editor-tool[aria-label="请求头"] .view-lines:visible').click();
      await open.page.keyboard.insertText(
        JSON.stringify({ authorization: `Bearer ${await hub.tokenOf(STREET_OFFICE)}` }),
      );
      const { data } = await open.run();
      expect((data.me as { department: { code: string } }).department.code).toBe(STREET_OFFICE);
    });

    test("the documentation shows the sharing class of a field", async () => {
      open = await GraphiqlPage.open(browser, hub.url);
      await open.panel("文档");
      const typeLink = open.page.locator("a.graphiql-doc-explorer-type-name");
      await typeLink.getByText("Volunteer", { exact: true }).click();
      expect(await open.text(".graphiql-doc-explorer-content")).toMatch(/〔有条件共享[^〕]*〕姓名/);
    });

    test("an answer downloads as a file", async () => {
      open = await GraphiqlPage.open(browser, hub.url);
      await open.example("facility-page");
      await open.run();
      const started = open.page.waitForEvent("download");
      await open.page.locator('[data-format="csv"]').click();
      const file = await started;
      expect(file.suggestedFilename()).toMatch(/\.csv$/);
      expect(readFileSync(await file.path(), "utf8")).toContain("小店区");
    });

    test("a window of 390 pixels holds the whole page", async () => {
      open = await GraphiqlPage.open(browser, hub.url, 390, 844);
      await open.panel("示例问题");
      await open.example("street");
      expect(names((await open.run()).data)).toHaveLength(3);
      expect(await open.overflow()).toBe(0);
      await open.page.locator(".hub-link").click();
      expect(await open.text(".hub-panel")).toContain("脱敏可见");
      expect(await open.overflow()).toBe(0);
    });

    test("the page speaks Chinese first, and English when told so", async () => {
      open = await GraphiqlPage.open(browser, hub.url);
      const { page } = open;
      expect(await page.title()).toBe("社区信息共享平台 GraphiQL");
      expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
      await page.locator(".hub-language").click();
      await page.locator(".graphiql-query-editor .view-lines").waitFor();
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      await page.reload();
      expect(await open.text(".hub-panel h2")).toBe("Examples");
    });
  });

  test("the page may reach nothing but this hub, and its hashed files stay cached", async () => {
    const page = await fetch(`${hub.url}/graphiql/`);
    expect(page.headers.get("content-security-policy")).toContain("connect-src 'self'");
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const [asset] = /\/graphiql\/assets\/[^"]+\.js/.exec(await page.text()) ?? [];
    const script = await fetch(`${hub.url}${asset}`);
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect(script.headers.get("content-encoding")).toBe("gzip");
  });
});
