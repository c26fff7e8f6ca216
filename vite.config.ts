import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { build, type Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./scripts/chromium.mjs";

const standIn = (name: string): string =>
  fileURLToPath(new URL(`./src/scene/stand-ins/${name}.ts`, import.meta.url));

/** A codec comes in one file: the few lines that all of them share would be one more round trip before the first pixels. */
const wholeCodecs: Plugin = {
  name: "whole-codecs",
  enforce: "pre",
  async resolveId(source, importer, options) {
    const [, codec] = /numcodecs\/dist\/(\w+)\.js$/.exec(importer ?? "") ?? [];
    if (codec === undefined || !source.startsWith("./chunk-")) return undefined;
    const shared = await this.resolve(source, importer, { ...options, skipSelf: true });
    return shared && `${shared.id}?of=${codec}`;
  },
};

/** Puts `src/ui/early.ts` into index.html, with where the scripts lie that fetch and decode, and those of a plate beside the page's own. */
const earlyScript: Plugin = {
  name: "early-script",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: async (html, { bundle = {} }) => {
      const files = Object.values(bundle);
      const chunks = files.filter((file) => file.type === "chunk");
      const needed = (of: typeof chunks): string[] =>
        of.flatMap(({ fileName, imports }) => [fileName, ...imports].map((name) => `./${name}`));
      const own = needed(chunks.filter(({ isEntry }) => isEntry));
      const plate = needed(chunks.filter(({ name }) => name === "plate-page"));
      const worker = (kind: string): string | undefined =>
        files
          .map(({ fileName }) => `./${fileName}`)
          .find((name) => name.includes(`/${kind}.worker-`));
      const scripts = {
        decode: worker("decode"),
        fetch: worker("fetch"),
        plate: plate.filter((name) => !own.includes(name)),
      };
      const code = await inOnePiece("src/ui/early.ts", { EARLY_SCRIPTS: JSON.stringify(scripts) });
      return html.replace(/<!-- .*src\/ui\/early\.ts -->/, () => `<script>${code}</script>`);
    },
  },
};

/** A script with all that it imports. */
async function inOnePiece(entry: string, define: Record<string, string>): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    define,
    build: {
      write: false,
      target: "es2024",
      lib: {
        entry: fileURLToPath(new URL(entry, import.meta.url)),
        formats: ["iife"],
        name: "unused",
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !("output" in first)) throw new Error(`${entry} was not built`);
  return first.output[0].code;
}

export default defineConfig({
  plugins: [react(), earlyScript],
  base: "./",
  worker: { format: "es", plugins: () => [wholeCodecs] },
  // All there are: one found late, in a worker or behind an import(), would reload the page under the browser tests.
  optimizeDeps: {
    include: [
      "@deck.gl/core",
      "@deck.gl/layers",
      "@hms-dbmi/viv",
      "@luma.gl/core",
      "@luma.gl/engine",
      "@rgrove/parse-xml",
      "@tanstack/react-virtual",
      "client-zip",
      "fast-check",
      "fast-png",
      "numcodecs/blosc",
      "numcodecs/gzip",
      "numcodecs/lz4",
      "numcodecs/zlib",
      "numcodecs/zstd",
      "react",
      "react-dom",
      "react-dom/client",
      "react/jsx-dev-runtime",
      "react/jsx-runtime",
      "tiff",
      "zarrita",
      "zustand",
      "zustand/vanilla",
    ],
  },
  // What is fetched up to the first pixels is held by a test of its own; codecs are single large files.
  build: {
    target: "es2024",
    chunkSizeWarningLimit: 1300,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // `npm start` says where Fovea is, not what takes how long to build.
      checks: { bundlerTimings: false },
      output: {
        // Many small files take turns on a few connections: what every visit needs comes in two.
        codeSplitting: {
          groups: [
            { name: "libraries", test: /node_modules/, tags: ["$initial"] },
            { name: "index", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  resolve: {
    // Parts of deck.gl, luma.gl and Viv that Fovea never calls: 123 kB of gzipped script.
    alias: {
      "@deck.gl/geo-layers": standIn("geo-layers"),
      "@loaders.gl/core": standIn("loaders"),
      "@loaders.gl/images": standIn("loaders"),
      "@luma.gl/constants": standIn("gl-constants"),
      "@vivjs/viewers": standIn("viv-viewers"),
      "@vivjs/loaders": standIn("viv-loaders"),
      "mjolnir.js": standIn("mjolnir"),
      wgsl_reflect: standIn("wgsl-reflect"),
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["src/**/*.test.ts"],
          exclude: ["src/**/*.browser.test.ts"],
          // All chunks of a read wait on one signal, which Node takes for a leak.
          execArgv: ["--disable-warning=MaxListenersExceededWarning"],
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["src/**/*.browser.test.{ts,tsx}"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
