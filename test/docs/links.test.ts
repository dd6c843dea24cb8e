// The papers that people read name only what exists: links, npm scripts, commands with their options, settings.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { commandLine } from "../../src/cli/hub";

const root = path.resolve(__dirname, "..", "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.split(path.sep).join("/")}`),
];
const readmes = ["README.md", "README.zh-CN.md"];

const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
const settings = [...read("src/config.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((m) => m[1]!);

/** Anchors as code hosts make them of headings. */
function anchorsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links to places of the repository, as [file, anchor]; a page of the web is not asked. */
function linksOf(page: string): [string, string | undefined][] {
  return [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((to) => !/^https?:/.test(to))
    .map((to) => {
      const [file = "", anchor] = to.split("#");
      return [file ? path.posix.join(path.posix.dirname(page), file) : page, anchor];
    });
}

/** Calls of the command line: the words after `hub`, until the shell's next word. */
function callsOf(page: string): string[][] {
  return [...read(page).matchAll(/(?:npm run -s hub --|`hub) ([a-z][^`\n|>)"]*)/g)].map((match) =>
    match[1]!.trim().split(/\s+/),
  );
}

/** What of a call is unknown to the command line. */
function strangersOf(words: readonly string[]): string[] {
  let command: Command = commandLine();
  const strangers: string[] = [];
  for (const word of words) {
    const sub = command.commands.find((one) => one.name() === word);
    if (sub) command = sub;
    else if (word.startsWith("--") && !command.options.some((option) => option.long === word))
      strangers.push(word);
    else if (!command.parent) strangers.push(word);
  }
  return strangers;
}

/** Names in capitals that are written as code or set in a shell, and look like a setting of the hub. */
function settingsOf(page: string): string[] {
  const named = /\b((?:HUB|OIDC|LIMIT)_[A-Z_]*[A-Z]|[A-Z]+_TIMEOUT_MS|DATABASE_URL|RATE_LIMIT|LOG_LEVEL)\b/g;
  return [...new Set([...read(page).matchAll(named)].map((match) => match[1]!))];
}

test("there are pages, scripts and settings to look for", () => {
  expect(pages).toEqual(expect.arrayContaining([...readmes, "docs/glossary.md"]));
  expect(settings).toEqual(expect.arrayContaining(["PORT", "HUB_KEY", "LOG_LEVEL"]));
  expect(strangersOf(["keys", "issue", "--app", "x"])).toEqual([]);
  expect(strangersOf(["keys", "issue", "--nothing"])).toEqual(["--nothing"]);
  expect(strangersOf(["nothing"])).toEqual(["nothing"]);
});

describe.each(pages)("%s", (page) => {
  test("links to what is there", () => {
    for (const [file, anchor] of linksOf(page)) {
      expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
      if (anchor) expect(anchorsOf(file)).toContain(anchor);
    }
  });

  test("names npm scripts and commands that exist", () => {
    for (const [, script] of read(page).matchAll(/npm run (?:-s )?([a-z]+)/g))
      expect(scripts).toContain(script);
    for (const call of callsOf(page))
      expect([call.join(" "), strangersOf(call)]).toEqual([call.join(" "), []]);
  });

  test("names settings that exist", () => {
    expect(settings).toEqual(expect.arrayContaining(settingsOf(page)));
  });
});

test.each(readmes)("%s explains every setting", (readme) => {
  const table = read(readme)
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .join("\n");
  for (const setting of settings) expect(table).toContain(`\`${setting}\``);
});
