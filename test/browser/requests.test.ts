// A request for access from the withheld field to the value, as two departments go through it in GraphiQL.
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { mayBeSkipped, startChromium } from "./chromium";
import { type DemoHub, startDemoHub } from "./demo-hub";
import { GraphiqlPage } from "./graphiql-page";

const FINANCE = "finance@140100000000";
const HUMAN_RESOURCES = "human-resources@140100000000";
const PURPOSE = "budget-review";
const QUESTION =
  "{ communityWorkers(first: 3, orderBy: [{ field: WORKER_NO }]) { nodes { workerNo name phone } } }";

jest.setTimeout(300_000);

const describeInBrowser = mayBeSkipped() ? describe.skip : describe;
if (mayBeSkipped()) {
  console.warn(
    "NOT TESTED: requests in a browser. No Chromium found; install one or set CHROMIUM to its path.",
  );
}

interface Worker {
  name: string | null;
  phone: string | null;
}

const workers = (data: Record<string, unknown>) => (data.communityWorkers as { nodes: Worker[] }).nodes;

describeInBrowser("a request for access in GraphiQL", () => {
  let hub: DemoHub;
  let browser: Browser;
  let open: GraphiqlPage;

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await startChromium();
    open = await GraphiqlPage.open(browser, hub.url);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await hub?.close();
  });

  /** Where `HUB_TEST_SCREENSHOTS` names a folder, what the page then showed is kept there. */
  async function shoot(name: string): Promise<void> {
    const { HUB_TEST_SCREENSHOTS: folder } = process.env;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await open.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  let id: string;

  test("finance asks, and sees what is withheld and by which id it is asked for", async () => {
    await open.ask(FINANCE);
    await open.purpose(PURPOSE);
    await open.write(QUESTION);
    const { data, extensions } = await open.run();
    for (const worker of workers(data)) expect(worker.phone).toBeNull();
    expect(extensions?.apply).toContain("communityWorker.");
    await open.page.locator(".hub-link").click();
    expect(await open.text(".hub-panel")).toContain('missing: "communityWorker.phone:FULL"');
    await shoot("1-withheld");
  });

  test("one click opens the request, which says what the law wants to know before it is filed", async () => {
    await open.page.locator(".hub-apply").click();
    await open.page.locator(".graphiql-query-editor .view-lines").getByText("requestAccess").waitFor();
    const drafted = await open.question();
    expect(drafted).toContain('missing: "communityWorker.');
    const refused = await open.run();
    expect(refused.errors?.[0]?.message).toContain("legalBasis");
    await open.write(
      drafted
        .replace('legalBasis: ""', 'legalBasis: "太原市城乡社区治理促进条例"')
        .replace('scenario: ""', 'scenario: "核对社区工作者岗位经费"')
        .replace('scope: ""', 'scope: "本局预算处"'),
    );
    const { data } = await open.run();
    const [filed, ...others] = data.requestAccess as { id: string; state: string; providerName: string }[];
    expect(others).toEqual([]);
    expect(filed?.state).toBe("FILED");
    expect(filed?.providerName).toContain("人力资源");
    id = filed?.id as string;
    expect(await open.text(".hub-panel")).toContain("此操作没有读取数据集");
    await shoot("2-filed");
  });

  const decide = (act: string) =>
    `mutation { decideAccessRequest(id: "${id}", act: ${act}) { state due grants acts transitions { act department } } }`;

  test("its staff cannot approve it, its head finds it waiting and does", async () => {
    await open.write(decide("APPROVE"));
    expect((await open.run()).errors?.[0]?.message).toContain("approve");
    await open.role("head");
    await open.write("{ accessRequests(waitingForMe: true) { nodes { id acts } } }");
    const { data } = await open.run();
    const { nodes } = data.accessRequests as { nodes: { id: string }[] };
    expect(nodes.map((node) => node.id)).toEqual([id]);
    await open.write(decide("APPROVE"));
    const approved = (await open.run()).data.decideAccessRequest as { state: string; due: string };
    expect(approved.state).toBe("RECEIVED");
    expect(approved.due).toMatch(/T00:00:00/);
  });

  test("the provider's head grants it", async () => {
    await open.ask(HUMAN_RESOURCES);
    expect(await open.page.locator("select[name=role]").inputValue()).toBe("head");
    await open.write(decide("GRANT"));
    const granted = (await open.run()).data.decideAccessRequest as { state: string; grants: string[] };
    expect(granted.state).toBe("GRANTED");
    expect(granted.grants).toHaveLength(1);
    await shoot("3-granted");
  });

  test("the question asked again shows the value, and so does another process of the hub", async () => {
    const answered = await hub.askBeside(QUESTION, FINANCE, PURPOSE);
    for (const worker of workers(answered.data as Record<string, unknown>))
      expect(worker.phone).toMatch(/^\d{11}$/);
    await open.ask(FINANCE);
    await open.role("staff");
    await open.purpose(PURPOSE);
    await open.write(QUESTION);
    const { data, extensions } = await open.run();
    for (const worker of workers(data)) expect(worker.phone).toMatch(/^\d{11}$/);
    expect(extensions?.apply).toBeUndefined();
    await shoot("4-answered");
    expect(open.broken).toEqual([]);
    expect(open.foreign).toEqual([]);
  });
});
