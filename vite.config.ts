import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./scripts/chromium.mjs";

export default defineConfig({
  plugins: [react()],
  base: "./",
  worker: { format: "es" },
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
    rolldownOptions: {
      output: {
        // Many small files take turns on a few connections: what every visit needs comes in two.
        codeSplitting: {
          groups: [
            { name: "libraries", test: /node_modules/, tags: ["$initial"] },
            { name: "fovea", test: /src\//, tags: ["$initial"] },
          ],
        },
      },
    },
  },
  resolve: {
    // Parts of Viv and luma.gl that Fovea never calls: 97 of 371 kB of gzipped script.
    alias: {
      "@deck.gl/geo-layers": fileURLToPath(
        new URL("./src/scene/stand-ins/geo-layers.ts", import.meta.url),
      ),
      "@vivjs/viewers": fileURLToPath(
        new URL("./src/scene/stand-ins/viv-viewers.ts", import.meta.url),
      ),
      "@vivjs/loaders": fileURLToPath(
        new URL("./src/scene/stand-ins/viv-loaders.ts", import.meta.url),
      ),
      wgsl_reflect: fileURLToPath(
        new URL("./src/scene/stand-ins/wgsl-reflect.ts", import.meta.url),
      ),
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
