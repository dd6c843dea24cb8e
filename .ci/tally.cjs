// Ends a test run with one plain line, "N passed, N failed", for programs that read it.
const { writeFileSync } = require("node:fs");

class Tally {
  onRunComplete(_contexts, results) {
    // A file that does not even load counts no test: it must not look like a success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `${results.numPassedTests} passed, ${failed} failed`;
    if (process.env.HUB_TALLY_FILE) writeFileSync(process.env.HUB_TALLY_FILE, `${line}\n`);
    // Jest prints its own summary after the reporters.
    process.once("exit", () => process.stdout.write(`${line}\n`));
  }
}

module.exports = Tally;
