// Lets a plain node process load TypeScript: `node --require test/setup/register.cjs file.ts`.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { transformSync } = require("@swc/core");
const { options } = require("./swc.cjs");

Module._extensions[".ts"] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, "utf8"), { ...options, swcrc: false, filename });
  module._compile(code, filename);
};
