// How TypeScript is compiled wherever it is not tsc that does it: in jest, and in processes that tests start.
exports.options = {
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
  },
  module: { type: "commonjs" },
  sourceMaps: "inline",
};
