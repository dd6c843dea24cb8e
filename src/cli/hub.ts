#!/usr/bin/env node
/** The command line's face: every command with its options; what a command does is loaded only when it is called. */
import { Command, InvalidArgumentError, Option } from "commander";
import { DUTIES, type Duty } from "../identity/identity";
import { failed } from "./failed";

export function commandLine(): Command {
  const hub = new Command("hub").description("社区信息共享平台。The community information hub.");
  hub
    .command("serve")
    .description("start the hub: database, migrations, seeds, server")
    .action(async () => (require("./serve") as typeof import("./serve")).serve());
  hub
    .command("migrate")
    .description("bring the database's tables up to date")
    .action(async () => (require("./migrate") as typeof import("./migrate")).migrate());
  hub
    .command("seed")
    .description("put rights, divisions, departments and synthetic rows into an empty hub")
    .addOption(
      new Option("--scale <scale>", "how many synthetic rows")
        .choices(["none", "demo", "city"])
        .default("demo"),
    )
    .action(async (options) => (require("./seed") as typeof import("./seed")).seed(options));
  hub
    .command("import <dataset> <file>")
    .description("import a CSV file (UTF-8 or GBK), row by row; stopped or killed, the same command goes on")
    .option("--as <department>", "steward in whose name, e.g. civil-affairs@140100000000")
    .option("--system", "in the hub's own name, for what the seeds load")
    .option("--dry-run", "tell the difference, change nothing")
    .option("--all-or-nothing", "write nothing where a row is refused")
    .addOption(new Option("--encoding <name>", "found out if left out").choices(["utf-8", "gbk", "gb18030"]))
    .addOption(
      new Option("--scheme <name>", "scheme of its division codes, brought over by the crosswalk")
        .choices(["statistics", "civil-affairs"])
        .default("statistics"),
    )
    .option("--refused <file>", "where to write refused rows with reasons; <file>.refused.csv if left out")
    .option("--restart", "begin anew where the same file was stopped before")
    .action(async (dataset, file, options) =>
      (require("./import") as typeof import("./import")).importFile(dataset, file, options),
    );
  const divisions = hub.command("divisions").description("the division tree and the rows that lie in it");
  divisions
    .command("recode <file>")
    .description(
      "bring rows, departments and grants to the codes of a division change, all in one transaction",
    )
    .option("--dry-run", "tell what would be re-coded, change nothing")
    .action(async (file, options) =>
      (require("./divisions") as typeof import("./divisions")).recodeDivisions(file, options),
    );
  hub
    .command("schema")
    .description("print the generated papers: schema, catalogue, SQL of the reference queries")
    .option("--write", "write them to schema/")
    .option("--check", "fail where schema/ differs from them")
    .option("--subgraph", "print the schema as a subgraph of Apollo Federation instead")
    .action(async (options) => (require("./schema") as typeof import("./schema")).schema(options));
  hub
    .command("migration [datasets...]")
    .description("write the migration that makes the tables of datasets as they are declared now")
    .option("--all", "every dataset")
    .requiredOption("--name <name>", "what the migration is called, in kebab-case")
    .action(async (datasets, options) =>
      (require("./migration") as typeof import("./migration")).migration(datasets, options),
    );
  const link = hub.command("link").description("datasets that stay in a bureau's own PostgreSQL");
  link
    .command("view <dataset>")
    .description("print the view that the bureau makes for the hub, to be filled in")
    .option("--schema <name>", "schema of the views", "hub")
    .action(async (dataset, options) =>
      (require("./link") as typeof import("./link")).printView(dataset, options),
    );
  link
    .command("source <name>")
    .description(
      "read the datasets that are declared as linked to this source there; the password comes from HUB_LINK_PASSWORD",
    )
    .requiredOption("--host <name>", "the bureau's server")
    .option("--port <n>", "its port", wholeNumber, 5432)
    .requiredOption("--database <name>", "the database there")
    .requiredOption("--user <name>", "an account there that may read the views and nothing else")
    .option("--password-file <file>", "instead of HUB_LINK_PASSWORD")
    .option("--schema <name>", "schema of the views", "hub")
    .addOption(
      new Option("--sslmode <mode>", "how the connection is secured")
        .choices(["verify-full", "verify-ca", "require", "disable"])
        .default("verify-full"),
    )
    .option("--root-certificate <file>", "certificate of its authority, as the hub's own PostgreSQL finds it")
    .option("--print", "print the SQL without the password, change nothing")
    .action(async (name, options) =>
      (require("./link") as typeof import("./link")).linkSource(name, options),
    );
  hub
    .command("catalogue")
    .description("the catalogue of what there is to ask for")
    .command("export")
    .description("write it with the nine items of the law, one line a data item")
    .addOption(
      new Option("--format <name>", "csv opens in a spreadsheet").choices(["csv", "json"]).default("csv"),
    )
    .option("--out <file>", "standard output if left out")
    .action(async (options) => (require("./catalogue") as typeof import("./catalogue")).exportFile(options));
  const calendar = hub
    .command("calendar")
    .description("working days, by which the law's deadlines are counted");
  calendar
    .command("import <file>")
    .description("take over holidays and make-up workdays of whole years (CSV: day,kind,name,source)")
    .action(async (file) => (require("./calendar") as typeof import("./calendar")).importCalendar(file));
  hub
    .command("report")
    .description("figures of the hub's own bookkeeping")
    .command("sharing")
    .description("how in time bureaus share, as CSV: a row for each side and department (Art. 38)")
    .requiredOption("--from <day>", "first day, e.g. 2026-01-01")
    .requiredOption("--until <day>", "first day after the period")
    .option("--territory <code>", "departments of this division alone")
    .option("--missed", "the most-missed fields instead")
    .action(async (options) => (require("./report") as typeof import("./report")).sharingReport(options));
  addStamps(hub);
  addToken(hub);
  addKeys(hub);
  addOperations(hub);
  addAudit(hub);
  addRetention(hub);
  return hub;
}

function addRetention(hub: Command): void {
  const load = () => require("./retention") as typeof import("./retention");
  const retention = hub.command("retention").description("how long rows are kept, and what happens then");
  retention
    .command("run")
    .description("delete or freeze what is due; stopped or killed, the same command goes on")
    .option("--dry-run", "tell what is due and what is held back, change nothing")
    .action(async (options) => load().runDue(options));
  const rules = retention.command("rules").description("rules that the city's offices decided");
  rules
    .command("import <file>")
    .description(
      "take over rules (CSV: dataset,starts,months,act,territory,basis,from,until), dataset by dataset",
    )
    .action(async (file) => load().importRules(file));
  rules
    .command("list")
    .description("rules that bear today, declared ones too")
    .action(async () => load().listRules());
}

function addStamps(hub: Command): void {
  const load = () => require("./verify") as typeof import("./verify");
  hub
    .command("verify <file>")
    .description(
      "whether a file is what left this hub: exit code 0 if so, 1 if not, 3 where it must be deleted",
    )
    .option("--stamp <file>", "by a stamp that was saved, without the hub's database")
    .option("--key <file>", "public key that the stamp must be signed by")
    .action(async (file, options) => load().verify(file, options));
  hub
    .command("stamp [record]")
    .description("print the signed stamp of a file that has left")
    .option("--keys", "the public keys instead, by which stamps are verified elsewhere")
    .action(async (record, options) => load().stamp(record, options));
}

function addAudit(hub: Command): void {
  const load = () => require("./audit") as typeof import("./audit");
  const audit = hub.command("audit").description("the sealed access log");
  audit
    .command("verify")
    .description("recompute the chain from the records: exit code 0 where it is intact, 1 where it is not")
    .option("--heads <file>", "published heads to compare with; HUB_AUDIT_HEADS if left out")
    .option("--from <seal>", "number of the first seal that is recomputed", wholeNumber)
    .action(async (options) => load().verifyLog(options));
  audit
    .command("heads")
    .description("print the newest head, as it is published")
    .action(async () => load().printHead());
  audit
    .command("retire")
    .description("drop months of records that are older than three years and under published heads")
    .requiredOption("--before <month>", "first month that stays, e.g. 2026-11", month)
    .option("--heads <file>", "published heads; HUB_AUDIT_HEADS if left out")
    .action(async (options) => load().retireMonths(options));
}

function month(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text))
    throw new InvalidArgumentError("a month is expected, e.g. 2026-11");
  return text;
}

function addToken(hub: Command): void {
  hub
    .command("token")
    .description("print a token of the demo hub for a department")
    .requiredOption("--department <code>", "e.g. civil-affairs@140100000000")
    .option("--duty <duty>", `one of ${DUTIES.join(", ")}; repeatable; read if left out`, gatherDuty)
    .option("--purpose <code>", "purpose that requests are made for unless Hub-Purpose says otherwise")
    .option("--app <name>", "a token of an app, bound to its purpose")
    .action(async (options) => (require("./token") as typeof import("./token")).token(options));
}

function addKeys(hub: Command): void {
  const load = () => require("./keys") as typeof import("./keys");
  const keys = hub.command("keys").description("keys of apps that cannot log in");
  keys
    .command("issue")
    .description("print a new key; it is shown this once")
    .requiredOption("--app <name>", "the app's name")
    .requiredOption("--department <code>", "the department it asks for")
    .option("--duty <duty>", `one of ${DUTIES.join(", ")}; repeatable; read if left out`, gatherDuty)
    .option("--purpose <code>", "the one purpose it may ask for; none if left out")
    .option("--days <n>", "days it works, at most 366", wholeNumber, 90)
    .option("--registered-only", "the app runs its approved operations alone")
    .action(async (options) => load().issueKey(options));
  keys
    .command("rotate <id>")
    .description("print a new key with the same scope, which takes the place of an old one")
    .option("--overlap <hours>", "hours the old key still works", wholeNumber, 24)
    .action(async (id, { overlap }) => load().rotateKey(id, overlap));
  keys
    .command("revoke <id>")
    .description("end a key at once")
    .action(async (id) => load().revokeKey(id));
  keys
    .command("list")
    .description("all keys, without their secrets")
    .action(async () => load().listKeys());
}

function addOperations(hub: Command): void {
  hub
    .command("operations")
    .description("operations that apps register, over the network, with the token in TOKEN")
    .command("register <folder>")
    .description("register every .graphql file of a folder; <name>.variables.json beside it holds examples")
    .requiredOption("--app <name>", "the app, as its key names it")
    .option("--purpose <code>", "purpose of a grant; standing rights alone if left out")
    .option("--url <address>", "where the hub answers", "http://127.0.0.1:4000")
    .option("--description <text>", "what those are for that do not begin with a comment")
    .option("--requests-per-day <n>", "quota of each", wholeNumber, 10_000)
    .option("--rows-per-day <n>", "quota of each", wholeNumber, 100_000)
    .option("--approved", "fail where one of them is not approved")
    .action(async (folder, options) =>
      (require("./operations") as typeof import("./operations")).registerOperations(folder, options),
    );
}

function gatherDuty(text: string, former: Duty[] = []): Duty[] {
  const duty = DUTIES.find((known) => known === text);
  if (!duty) throw new InvalidArgumentError(`duties are ${DUTIES.join(", ")}`);
  return [...former, duty];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError("a whole number is expected");
  return Number(text);
}

if (require.main === module) commandLine().parseAsync().catch(failed);
