// Builds the console into dist/console/hub, with every script and style in the bundle.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;

/** Leaves a compressed twin beside each script and style, so that the hub need not compress while it serves. */
function compressedTwins(): Plugin {
  return {
    name: "compressed-twins",
    writeBundle({ dir = "" }) {
      for (const file of readdirSync(path.join(dir, "assets"))) {
        const whole = path.join(dir, "assets", file);
        if (/\.(js|css)$/.test(file)) writeFileSync(`${whole}.gz`, gzipSync(readFileSync(whole)));
      }
    },
  };
}

/** Two parts of the component library write style elements without asking for the page's nonce. */
function noncedStyles(): Plugin {
  const nonce = `(csp?.nonce ?? document.querySelector('meta[property="csp-nonce"]')?.nonce)`;
  return {
    name: "nonced-styles",
    transform(code, id) {
      if (!/@rc-component[\\/]util[\\/]es[\\/]Dom[\\/]dynamicCSS\.js/.test(id)) return null;
      const nonced = code.replace(
        "if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;",
        `if (${nonce}) {\n    styleNode.nonce = ${nonce};`,
      );
      if (nonced === code) this.error("dynamicCSS.js is not as it was: give its styles their nonce anew");
      return { code: nonced, map: null };
    },
  };
}

export default defineConfig({
  root: here,
  base: "/console/",
  logLevel: "warn",
  // The hub puts the nonce of each answer in this place.
  html: { cspNonce: "HUB_NONCE" },
  plugins: [noncedStyles(), compressedTwins()],
  build: {
    outDir: path.resolve(here, "../../dist/console/hub"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // "use client" and its like mean nothing in a bundle; a hundred dependencies carry it.
      onwarn: (warning, report) => (warning.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : report(warning)),
    },
  },
});
