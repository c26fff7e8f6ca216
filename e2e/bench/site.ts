/** The built app, or a page of a bench built as the app is, served and shown in a browser. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "@playwright/test";
import { build, preview } from "vite";
import { launchOptions } from "../../scripts/chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds a page into a folder of its own, so that `dist` stays as it is, and opens a blank tab beside it. */
export async function withSite(
  entry: string,
  use: (page: Page, url: string) => Promise<void>,
): Promise<void> {
  await withPages([entry], async (urlOf) => {
    const browser = await chromium.launch(launchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.on("pageerror", (error) => console.error(error));
      await use(page, urlOf(entry));
    } finally {
      await browser.close();
    }
  });
}

/** @param entries the files of pages that are built and served, from the repository's root */
export async function withPages(
  entries: readonly string[],
  use: (urlOf: (entry: string) => string) => Promise<void>,
): Promise<void> {
  await withBuild(entries, async (outDir) => {
    const server = await preview({
      root,
      build: { outDir },
      preview: {
        port: 4190,
        host: "127.0.0.1",
        // An isolated page has a clock of 5 µs instead of 100 µs.
        headers: {
          "Cross-Origin-Opener-Policy": "same-origin",
          "Cross-Origin-Embedder-Policy": "require-corp",
        },
      },
    });
    try {
      await use((entry) => new URL(entry, server.resolvedUrls?.local[0]).href);
    } finally {
      await server.close();
    }
  });
}

/** Builds pages into a folder that is there for `use` alone. */
export async function withBuild(
  entries: readonly string[],
  use: (outDir: string) => Promise<void>,
): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), "fovea-bench-"));
  const input = entries.map((entry) => join(root, entry));
  try {
    await build({
      root,
      logLevel: "error",
      build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
    });
    await use(outDir);
  } finally {
    await rm(outDir, { recursive: true });
  }
}
