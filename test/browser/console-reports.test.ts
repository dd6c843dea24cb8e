// The room of reports in a real browser: figures by place as the API tells them, marks in the place of what is not told.
import type { Browser } from "playwright-core";
import { mayBeSkipped, startChromium } from "./chromium";
import { ConsolePage, type Manner } from "./console-page";
import { type DemoHub, startDemoHub } from "./demo-hub";

const BIG_DATA = "big-data@140100000000";
const DISTRICT = "civil-affairs@140105000000";
const STREET_OFFICE = "street-office@140105001000";
/** A district that has no figures in the small city. */
const ELSEWHERE = "140106000000";
const COMPLIANCE = "#/reports/facilityCompliance";

jest.setTimeout(120_000);

const describeInBrowser = mayBeSkipped() ? describe.skip : describe;
if (mayBeSkipped()) {
  console.warn("NOT TESTED: the reports in a browser. No Chromium found; install one or set CHROMIUM.");
}

interface Group {
  key: { territoryDistrict: string };
  count: number | null;
  avg: { areaPer100Households: number | null };
  suppressed: boolean;
}

describeInBrowser("the room of reports", () => {
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
    expect([...paths].sort()).toEqual(["/", "/console/assets/", "/demo/identities", "/graphql"]);
  });

  async function answered<T>(query: string, department: string): Promise<T> {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${await hub.tokenOf(department)}`,
    };
    const body = JSON.stringify({ query });
    const answer = await fetch(`${hub.url}/graphql`, { method: "POST", headers, body });
    return ((await answer.json()) as { data: T }).data;
  }

  /** Name and figure of each line of the table beside the chart. */
  async function tabled(): Promise<string[][]> {
    const lines = open.page.locator('[data-part="figures"] .hub-chart-frame tbody tr');
    const texts = await lines.allInnerTexts();
    return texts.map((text) => text.split("\t").map((cell) => cell.trim()));
  }

  /** Lets the page see the figures by district changed by `change`. */
  async function withGroups(change: (groups: Group[], answer: { coverage: unknown[] }) => void) {
    await open.page.route("**/graphql", async (route) => {
      const response = await route.fetch();
      if (!route.request().postData()?.includes("OnDistrict")) return route.fulfill({ response });
      const body = (await response.json()) as { data: { now: { groups: Group[]; coverage: unknown[] } } };
      change(body.data.now.groups, body.data.now);
      return route.fulfill({ response, json: body });
    });
    await open.go(`${COMPLIANCE}?within=140100000000&measure=areaPer100Households`);
    await open.page.locator('[data-part="figures"] .hub-map').waitFor();
    await open.settled();
  }

  test("the gallery has every report of the API with its question, and leads to each", async () => {
    await enter({ as: BIG_DATA, at: "#/reports" });
    const { reports } = await answered<{ reports: { id: string; zh: string }[] }>(
      "{ reports { id zh } }",
      BIG_DATA,
    );
    expect(await open.page.locator("[data-report]").count()).toBe(reports.length);
    for (const { id, zh } of reports) expect(await open.text(`[data-report="${id}"]`)).toContain(zh);
    expect(await open.barriers()).toEqual([]);
    await open.shoot("reports-gallery");
    for (const { id } of reports) {
      await open.go(`#/reports/${id}`);
      await open.page.locator('[data-part="about"]').waitFor();
      await open.settled();
      expect(await open.page.locator(".hub-problem").allInnerTexts()).toEqual([]);
    }
  });

  test("the bureau sees the city: map, chart and table have the figures of the API", async () => {
    await enter({ as: BIG_DATA, at: `${COMPLIANCE}?measure=servingArea` });
    const { figures, places } = await answered<{
      figures: {
        groups: { key: { territoryDistrict: string }; sum: { servingArea: number } }[];
      };
      places: { nodes: { code: string; name: string }[] };
    }>(
      `{ figures: facilityCompliancesAggregate(groupBy: [TERRITORY_DISTRICT], first: 100) {
           groups { key { territoryDistrict } sum { servingArea } } }
         places: divisions(first: 100, where: { scheme: { eq: STATISTICS }, level: { eq: DISTRICT } }) {
           nodes { code name } } }`,
      BIG_DATA,
    );
    const names = new Map(places.nodes.map(({ code, name }) => [code, name]));
    const told = new Intl.NumberFormat("zh-CN");
    const expected = figures.groups.map(({ key, sum }) => [
      names.get(key.territoryDistrict),
      told.format(sum.servingArea),
    ]);
    const shown = (await tabled()).filter(([, figure]) => figure !== "—");
    expect(shown).toEqual(expect.arrayContaining(expected));
    expect(shown).toHaveLength(expected.length);
    for (const { key, sum } of figures.groups)
      expect(await open.text(`.hub-tiles [data-code="${key.territoryDistrict}"]`)).toContain(
        told.format(sum.servingArea),
      );
    expect(await open.barriers()).toEqual([]);
    await open.shoot("reports-city");
  });

  test("from the city down to a community, and what is seen there can be opened as GraphQL", async () => {
    await enter({ as: BIG_DATA, at: COMPLIANCE });
    await open.page.locator('.hub-tiles [data-code="140105000000"]').click();
    await open.page.locator(".hub-trail b", { hasText: "小店区" }).waitFor();
    await open.page.locator('.hub-tiles [data-code="140105001000"]').click();
    await open.page.locator(".hub-trail b", { hasText: "坞城街道" }).waitFor();
    await open.settled();
    await open.page.locator('[data-part="figures"] tbody .hub-link').first().click();
    await open.page.locator(".hub-trail a", { hasText: "坞城街道" }).waitFor();
    await open.settled();
    expect(await open.page.locator('[data-part="rows"] tbody tr').count()).toBe(1);
    const link = await open.page.locator('[data-part="rows"] .hub-graphql-link').getAttribute("href");
    const packed = link?.split("#open=")[1] ?? "";
    expect(Buffer.from(packed, "base64url").toString()).toContain("facilityCompliances(");
  });

  test("a district and a street office begin at their own place, on a narrow dark screen too", async () => {
    await enter({ as: DISTRICT, at: COMPLIANCE, width: 390, look: "dark", language: "en" });
    expect(await open.text(".hub-trail b")).toBe("小店区");
    expect(await open.overflow()).toBeLessThanOrEqual(0);
    expect(await open.barriers()).toEqual([]);
    await open.shoot("reports-district-390-dark-en");
    await open.close();
    await enter({ as: STREET_OFFICE, at: "#/reports/communityStaffing", width: 390 });
    expect(await open.text(".hub-trail b")).toBe("坞城街道");
    expect(await open.text('[data-part="years"]')).toContain("历年比较");
    expect(await open.overflow()).toBeLessThanOrEqual(0);
    expect(await open.barriers()).toEqual([]);
    await open.shoot("reports-street-390");
  });

  test("what is suppressed or withheld is a mark with its reason, never 0", async () => {
    await enter({ as: BIG_DATA, at: "#/reports" });
    await withGroups((groups, answer) => {
      const [first] = groups;
      if (!first) throw new Error("no district has figures");
      const territory = first.key.territoryDistrict === ELSEWHERE ? "140107000000" : ELSEWHERE;
      const none = { areaPer100Households: null };
      groups.push({ ...first, key: { territoryDistrict: territory }, avg: none });
      Object.assign(first, { count: null, suppressed: true, avg: none });
      answer.coverage.push({ territory, name: "", counted: true, withheld: ["areaPer100Households"] });
    });
    const legend = await open.text(".hub-legend");
    expect(legend).toContain("不是 0");
    expect(legend).toContain("未授权");
    expect(await open.page.locator('.hub-tiles a[data-tone="suppressed"]').innerText()).toContain("隐去");
    expect(await open.page.locator('.hub-tiles a[data-tone="withheld"]').innerText()).toContain("未授权");
    const figures = (await tabled()).map(([, figure]) => figure);
    expect(figures).toEqual(expect.arrayContaining(["隐去", "未授权"]));
    expect(figures).not.toContain("0");
    expect(await open.barriers()).toEqual([]);
    await open.shoot("reports-marks");
  });

  test("two days are set beside each other", async () => {
    const today = new Date().toISOString().slice(0, 10);
    await enter({ as: BIG_DATA, at: `${COMPLIANCE}?past=${today}` });
    expect(await open.page.locator('[data-part="figures"] .hub-chart-frame thead th').count()).toBe(3);
  });

  test("nothing visible, a report that is none, and a hub that fails are said with what to do", async () => {
    await enter({ as: BIG_DATA, at: `${COMPLIANCE}?within=140999000000` });
    expect(await open.text('[data-part="figures"] .hub-empty')).toContain("看全市");
    expect(await open.text('[data-part="rows"] .hub-empty')).toContain("没有可见的行");
    await open.go("#/reports/nothing");
    await open.page.locator(".hub-empty", { hasText: "nothing" }).waitFor();
    const error = { message: "出错了", extensions: { code: "INTERNAL", hint: "请重试" } };
    await open.page.route("**/graphql", (route) => route.fulfill({ status: 500, json: { errors: [error] } }));
    await open.go("#/reports/communityOverview");
    await open.page.locator(".hub-problem", { hasText: "请重试" }).waitFor();
  });
});
