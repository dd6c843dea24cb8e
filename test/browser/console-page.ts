// The console as a person uses it: choose an identity, go to a room, read what it shows.
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";

export interface Manner {
  /** Department code; the demo's first where left out. */
  as?: string;
  role?: "staff" | "head";
  purpose?: string;
  language?: "zh" | "en";
  look?: "light" | "dark";
  width?: number;
  /** Where to begin, e.g. `#/catalogue`. */
  at?: string;
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface AxeViolation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

export class ConsolePage {
  /** Every request that went elsewhere than to the hub. */
  readonly foreign: string[] = [];
  /** Paths of the hub that were asked for. */
  readonly paths = new Set<string>();
  /** Errors of the page, and whatever its policy forbade. */
  readonly broken: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  static async open(browser: Browser, origin: string, manner: Manner = {}): Promise<ConsolePage> {
    const { width = 1280, look = "light" } = manner;
    const context = await browser.newContext({
      viewport: { width, height: width < 760 ? 844 : 860 },
      colorScheme: look,
      acceptDownloads: true,
    });
    context.setDefaultTimeout(60_000);
    await context.addInitScript((kept: Record<string, string>) => {
      for (const [key, value] of Object.entries(kept)) {
        const { localStorage } = globalThis as unknown as {
          localStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
        };
        if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
      }
    }, keptOf(manner));
    const opened = new ConsolePage(await context.newPage(), context);
    opened.watch(origin);
    await opened.page.goto(`${origin}/${manner.at ?? ""}`);
    await opened.settled();
    return opened;
  }

  private watch(origin: string): void {
    this.page.on("pageerror", (error) => this.broken.push(error.message));
    this.page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.broken.push(message.text());
    });
    this.context.on("request", (request) => {
      const url = new URL(request.url());
      if (["data:", "blob:"].includes(url.protocol)) return;
      if (url.origin === origin)
        this.paths.add(url.pathname.replace(/^\/console\/assets\/.*/, "/console/assets/"));
      else this.foreign.push(url.href);
    });
  }

  close(): Promise<void> {
    return this.context.close();
  }

  /** Goes to another place of the console, e.g. `#/catalogue/facility`. */
  async go(hash: string): Promise<void> {
    await this.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await this.settled();
  }

  /** Waits until nothing is loading any more. */
  async settled(): Promise<void> {
    await this.page.locator("h1, .hub-problem, .hub-main .hub-empty").first().waitFor();
    // Not waitForFunction: it evaluates text inside the page, which the page's policy forbids.
    const busy = this.page.locator(".hub-loading, [aria-busy=true]");
    for (let looks = 0; looks < 300 && (await busy.count()) > 0; looks += 1)
      await this.page.waitForTimeout(100);
  }

  text(selector = "#main"): Promise<string> {
    return this.page.locator(selector).first().innerText();
  }

  /** How many pixels of the page lie outside the window to the right. */
  async overflow(): Promise<number> {
    return Number(await this.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"));
  }

  /** What axe finds that would keep people out: rule and place, WCAG 2.1 A and AA. */
  async barriers(): Promise<string[]> {
    // A fading dialog has colours that nobody reads.
    await this.page.waitForTimeout(400);
    await this.page.evaluate(AXE);
    const run = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })";
    const { violations } = (await this.page.evaluate(run)) as { violations: AxeViolation[] };
    // One place of each rule tells enough: a colour that is too pale is so in every line.
    return violations.map(({ id, nodes: [first, ...others] }) =>
      [id, first?.target.join(" "), first?.failureSummary, `and ${others.length} more`].join(" · "),
    );
  }

  /** Where `HUB_TEST_SCREENSHOTS` names a folder, what the page now shows is kept there. */
  async shoot(name: string): Promise<void> {
    const { HUB_TEST_SCREENSHOTS: folder } = process.env;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }
}

function keptOf({ as, role, purpose, language, look }: Manner): Record<string, string> {
  return {
    ...(as && { "hub:department": as }),
    ...(role && { "hub:role": role }),
    ...(purpose && { "hub:purpose": purpose }),
    ...(language && { "hub:language": language }),
    ...(look && { "hub:look": look }),
  };
}
