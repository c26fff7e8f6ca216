/** Drives a real folder on disk: a browser profile that grants folder access, and a drop as the operating system makes it. */
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import { launchOptions } from "../scripts/chromium.mjs";

/** Settings that Chromium honours before it would ask: folders may be read and written, and no reputation checks. */
const preferences = {
  profile: {
    content_settings: {
      exceptions: {
        file_system_write_guard: { "*,*": { setting: 1 } },
        file_system_read_guard: { "*,*": { setting: 1 } },
      },
    },
  },
  safebrowsing: { enabled: false },
};

type FolderTest = (page: Page, context: BrowserContext) => Promise<void>;

/** Runs a test in a browser of its own that may use folders; the profile is removed afterwards. */
export async function withFolderBrowser(test: FolderTest): Promise<void> {
  await withBrowsers([test]);
}

/** Runs tests one after the other on the same profile; the browser of each but the last is killed when it is through. */
export async function withBrowsers(tests: readonly FolderTest[]): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "fovea-profile-"));
  mkdirSync(join(profile, "Default"), { recursive: true });
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
  try {
    for (const [i, test] of tests.entries()) {
      await using context = await chromium.launchPersistentContext(profile, {
        ...launchOptions(),
        // The headless shell knows no folder permissions: this needs the whole browser.
        channel: "chromium",
        viewport: { width: 1280, height: 800 },
      });
      await test(context.pages()[0] ?? (await context.newPage()), context);
      if (i < tests.length - 1) await kill(profile, context);
    }
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** The whole browser ends at once, as it does when the machine runs out of memory. */
async function kill(profile: string, context: BrowserContext): Promise<void> {
  const closed = context.waitForEvent("close");
  // Its lock is a link to "host-process".
  const lock = join(profile, "SingletonLock");
  process.kill(Number(readlinkSync(lock).split("-").at(-1)), "SIGKILL");
  await closed;
  rmSync(lock);
}

/** Drops a folder on the page. */
export async function dropFolder(page: Page, folder: string): Promise<void> {
  await dropFiles(page, [folder]);
}

/** Drops files on the page, or folders, by their paths. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devtools.send("Input.dispatchDragEvent", { type, x: 640, y: 400, data });
  await devtools.detach();
}

/** Opens a folder by dropping it, and waits for its ROI table. */
export async function openDropped(
  page: Page,
  folder: string,
  baseURL: string | undefined,
): Promise<void> {
  await page.goto(baseURL ?? "/");
  await expect(page.getByRole("button", { name: "Open folder" })).toBeVisible();
  await dropFolder(page, folder);
  await expect(page.getByRole("row", { name: /FOV_1/ })).toBeVisible();
}

/** Gives an ROI another x by the inspector: "140 px". */
export async function setX(page: Page, roi: string, value: string): Promise<void> {
  await page.getByRole("row", { name: new RegExp(roi) }).click();
  await page.getByRole("textbox", { name: "x", exact: true }).fill(value);
  await page.keyboard.press("Enter");
}

/** Writes the entries of a memory store to a new folder and returns its path. */
export function folderOf(entries: ReadonlyMap<string, Uint8Array>, name: string): string {
  const root = join(mkdtempSync(join(tmpdir(), "fovea-data-")), name);
  for (const [key, bytes] of entries) {
    const file = join(root, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return root;
}
