/** Runs in a real folder that are cut off, or met by another tab: what is on disk in the end is as if nothing had been. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { FIELDS, manyFields } from "./fixtures.ts";
import { holdingRuns } from "./hold-run.ts";
import { rois } from "./page.ts";
import { dropFolder, folderOf, withFolderBrowser } from "./real-folder.ts";

/** Of a run's ROIs, when it is cut off or met: chunks are stored by then, and others wait. */
const SOME = 20;

async function opened(page: Page, folder: string, baseURL: string | undefined): Promise<Locator> {
  await page.goto(baseURL ?? "/");
  await expect(page.getByRole("button", { name: "Open folder" })).toBeVisible();
  await dropFolder(page, folder);
  await expect(rois(page)).toHaveAttribute("aria-rowcount", String(FIELDS + 1));
  return page.getByRole("form", { name: "Threshold segmentation" });
}

const start = (form: Locator) => form.getByRole("button", { name: "Run", exact: true }).click();

async function finished(form: Locator): Promise<void> {
  await expect(form.getByText(new RegExp(`nuclei in ${FIELDS} FOVs`))).toBeVisible();
}

/** The tab and its workers die without a chance to tidy up. */
async function crash(page: Page, context: BrowserContext): Promise<void> {
  const died = page.waitForEvent("crash");
  const devtools = await context.newCDPSession(page);
  // There is nobody left to answer.
  devtools.send("Page.crash").catch(() => undefined);
  await died;
  await page.close();
}

/** Every file below a folder, but when a run was made, and of which id, is left out of what it says of itself. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((file) => file.isFile())
      .map((file): [string, string] => {
        const path = join(file.parentPath, file.name);
        const name = relative(folder, path);
        const bytes = readFileSync(path);
        return [name, name.endsWith("nuclei/.zattrs") ? lasting(bytes) : bytes.toString("base64")];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const TIMELY = new Set(["id", "begin", "ms", "repeats"]);

function lasting(bytes: Buffer): string {
  return JSON.stringify(JSON.parse(bytes.toString()), (key, value: unknown) =>
    TIMELY.has(key) ? undefined : value,
  );
}

/** The folder after a run that nothing happened to. */
async function undisturbed(baseURL: string | undefined): Promise<ReadonlyMap<string, string>> {
  const folder = folderOf(await manyFields(), "well.zarr");
  await withFolderBrowser(async (page) => {
    const form = await opened(page, folder, baseURL);
    await start(form);
    await finished(form);
  });
  return filesOf(folder);
}

test("a tab is killed in mid-run, opened again and resumed: the same to the byte", async ({
  baseURL,
}) => {
  test.slow();
  const whole = await undisturbed(baseURL);
  const folder = folderOf(await manyFields(), "well.zarr");
  await withFolderBrowser((page, context) =>
    holdingRuns(context, SOME, async (reached, release) => {
      await start(await opened(page, folder, baseURL));
      await reached;
      await crash(page, context);
      release();
      expect([...filesOf(folder).keys()]).not.toContain("labels/.zattrs");

      const form = await opened(await context.newPage(), folder, baseURL);
      await expect(form.getByText(/It was cut off before it was done/)).toBeVisible();
      // The last of them may not have reached the journal.
      await expect(form.getByText(/^FOV_\d+ done/).first()).toBeVisible();
      await form.getByRole("button", { name: "Resume" }).click();
      await finished(form);
    }),
  );
  expect(filesOf(folder)).toEqual(whole);
});

test("a second tab that starts the same output is refused, and nothing is torn", async ({
  baseURL,
}) => {
  test.slow();
  const whole = await undisturbed(baseURL);
  const folder = folderOf(await manyFields(), "well.zarr");
  await withFolderBrowser((page, context) =>
    holdingRuns(context, SOME, async (reached, release) => {
      const form = await opened(page, folder, baseURL);
      await start(form);
      await reached;
      const second = await opened(await context.newPage(), folder, baseURL);
      await start(second);
      await expect(second.getByText(/Another tab is writing here/)).toBeVisible();
      release();
      await page.bringToFront();
      await finished(form);
      expect(filesOf(folder)).toEqual(whole);
    }),
  );
});
