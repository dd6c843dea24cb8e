// The differential test alone, with one planted bug.
const path = require("node:path");
const base = require("../../../jest.config.js");
const { options } = require("../../setup/swc.cjs");

module.exports = {
  ...base,
  rootDir: path.resolve(__dirname, "..", "..", ".."),
  reporters: ["default"],
  testMatch: ["**/test/differential/differential.test.ts"],
  transform: { "^.+\\.(t|j|mj)s$": [require.resolve("./transform.cjs"), options] },
};
