// Builds the GraphiQL page into dist/console/graphiql, with every script, worker and style in the bundle.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
const source = (file: string) => path.join(here, "src", file);
const isGraphiql = (importer: string) => /node_modules[\\/](@graphiql|graphiql)[\\/]/.test(importer);
const isMonaco = (importer: string) => /node_modules[\\/]monaco-editor[\\/]/.test(importer);

const FIND_DOCS = `\`.graphiql-sidebar button[aria-label="\${word("Show Documentation Explorer")}"]\``;

/**
 * GraphiQL and its editor have no language setting: their words are English literals. This plugin puts our
 * word lists between them and the page, at the three places where every such literal passes.
 */
function chineseWords(): Plugin {
  return {
    name: "chinese-words",
    enforce: "pre",
    resolveId(id, importer) {
      if (importer === undefined) return null;
      if (id === "react/jsx-runtime" && isGraphiql(importer)) return source("worded-jsx.ts");
      if (/(^|\/)nls\.js$/.test(id) && isMonaco(importer)) return source("worded-nls.ts");
      return null;
    },
    transform(code, id) {
      if (
        !/@graphiql[\\/](react[\\/]dist[\\/]constants|plugin-doc-explorer[\\/]dist[\\/]context)\.js$/.test(id)
      )
        return null;
      const worded = code
        .replace(/label: ("[^"]+")/g, "label: word($1)")
        // The shortcut to the documentation finds its button by the label that we translate.
        .replace(`'.graphiql-sidebar button[aria-label="Show Documentation Explorer"]'`, FIND_DOCS);
      return { code: `import { word } from ${JSON.stringify(source("words.ts"))};\n${worded}`, map: null };
    },
  };
}

/** GraphiQL's stylesheet carries Latin web fonts as data; the page uses the fonts of the machine. */
function withoutWebFonts(): Plugin {
  return {
    name: "without-web-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!/node_modules[\\/]graphiql[\\/]dist[\\/]style\.css/.test(id)) return null;
      return { code: code.replace(/@font-face\s*\{[^}]*(Roboto|Fira Code)[^}]*\}/g, ""), map: null };
    },
  };
}

/** Leaves a compressed twin beside each script, style and font, so that the hub need not compress while it serves. */
function compressedTwins(): Plugin {
  return {
    name: "compressed-twins",
    writeBundle({ dir = "" }) {
      for (const file of readdirSync(path.join(dir, "assets"))) {
        const whole = path.join(dir, "assets", file);
        if (/\.(js|css|ttf)$/.test(file)) writeFileSync(`${whole}.gz`, gzipSync(readFileSync(whole)));
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: "/graphiql/",
  logLevel: "warn",
  plugins: [chineseWords(), withoutWebFonts(), compressedTwins()],
  worker: { format: "es" },
  build: {
    outDir: path.resolve(here, "../../dist/console/graphiql"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      // "use client" and its like mean nothing in a bundle; a hundred dependencies carry it.
      onwarn: (warning, report) => (warning.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : report(warning)),
    },
  },
});
