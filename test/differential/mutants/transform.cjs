// Compiles as every test does, but plants the bug that MUTANT names.
const path = require("node:path");
const swc = require("@swc/jest");
const mutants = require("./list.cjs");

const root = path.resolve(__dirname, "..", "..", "..");
const mutant = mutants[Number(process.env.MUTANT)];

function plant(text, filename) {
  if (!mutant || path.relative(root, filename) !== mutant.file) return text;
  const parts = text.split(mutant.from);
  if (parts.length !== 2)
    throw new Error(`"${mutant.name}" must fit ${mutant.file} once, not ${parts.length - 1} times`);
  return parts.join(mutant.to);
}

exports.createTransformer = (options) => {
  const { process: compile, getCacheKey } = swc.createTransformer(options);
  return {
    process: (text, filename, more) => compile(plant(text, filename), filename, more),
    getCacheKey: (text, filename, more) => getCacheKey(plant(text, filename), filename, more),
  };
};
