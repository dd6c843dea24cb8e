// How the tests run: SWC compiles them, one embedded PostgreSQL serves them all.
const { options } = require("./test/setup/swc.cjs");

const modulesToCompile = ["jose", "graphql-scalars", "hyparquet", "hyparquet-writer"]; // published as ES modules only

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  globalSetup: "<rootDir>/test/setup/start.ts",
  globalTeardown: "<rootDir>/test/setup/stop.ts",
  setupFiles: ["reflect-metadata"],
  maxWorkers: 2,
  testTimeout: 60_000,
  reporters: ["default", "<rootDir>/.ci/tally.cjs"],
  transform: {
    "^.+\\.(t|j|mj)s$": ["@swc/jest", options],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${modulesToCompile.join("|")})/)`],
};
