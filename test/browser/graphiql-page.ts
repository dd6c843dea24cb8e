// GraphiQL as a person uses it: choose a department, open an example, run it, read the answer.
import type { Browser, BrowserContext, Page } from "playwright-core";

export interface Shown {
  data: Record<string, unknown>;
  extensions?: Record<string, unknown>;
  errors?: { message: string }[];
}

export class GraphiqlPage {
  /** Every request that went elsewhere than to the hub. */
  readonly foreign: string[] = [];
  /** Every error that the page itself raised. */
  readonly broken: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  static async open(browser: Browser, origin: string, width = 1440, height = 900): Promise<GraphiqlPage> {
    const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true });
    context.setDefaultTimeout(60_000);
    const opened = new GraphiqlPage(await context.newPage(), context);
    opened.watch(origin);
    await opened.page.goto(`${origin}/graphiql`);
    await opened.page.locator(".graphiql-query-editor .view-lines").waitFor();
    return opened;
  }

  private watch(origin: string): void {
    this.page.on("pageerror", (error) => this.broken.push(error.message));
    this.context.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "blob:"].includes(url.protocol) && url.origin !== origin) this.foreign.push(url.href);
    });
  }

  close(): Promise<void> {
    return this.context.close();
  }

  async ask(department: string): Promise<void> {
    await this.page.locator("select[name=department]").selectOption(department);
  }

  async purpose(code: string): Promise<void> {
    await this.page.locator("select[name=purpose]").selectOption(code);
  }

  async role(role: "staff" | "head"): Promise<void> {
    await this.page.locator("select[name=role]").selectOption(role);
  }

  /** The open tab's question. */
  async question(): Promise<string> {
    const lines = await this.page.locator(".graphiql-query-editor .view-line").allInnerTexts();
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** Writes a question in the place of the open tab's. */
  async write(question: string): Promise<void> {
    await this.page
      .locator(".graphiql-query-editor")
      .locator("textarea, .native-edit-context")
      .first()
      .focus();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(question);
    // The editor closes brackets that it sees opened: what now stands behind the cursor is its own.
    await this.page.keyboard.press("Control+Shift+End");
    await this.page.keyboard.press("Delete");
  }

  department(): Promise<string> {
    return this.page.locator("select[name=department]").inputValue();
  }

  /** Opens a panel by the name that its button carries. */
  async panel(name: string): Promise<void> {
    await this.page.locator(`.graphiql-sidebar button[aria-label="显示${name}"]`).click();
  }

  async example(id: string): Promise<void> {
    await this.page.locator(`[data-example="${id}"]`).click();
  }

  /** Runs the open tab and gives back the answer, once the page shows it. */
  async run(): Promise<Shown> {
    const answered = this.page.waitForResponse(
      (response) =>
        response.url().endsWith("/graphql") && !response.request().postData()?.includes("__schema"),
    );
    await this.page.locator(".graphiql-execute-button").click();
    const shown = (await (await answered).json()) as Shown;
    await this.page.locator(".graphiql-response .view-lines").getByText("data").first().waitFor();
    return shown;
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).innerText();
  }

  /** How many pixels of the page lie outside the window to the right. */
  async overflow(): Promise<number> {
    const inner = await this.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    return Number(inner);
  }
}
