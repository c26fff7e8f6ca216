/** Saves that fail: why is told, nothing of what was edited is lost, and the next one that can be made writes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { folderOf, openDropped, setX, withFolderBrowser } from "./real-folder.ts";

const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d$/);
const messages = (page: Page) => page.getByRole("log", { name: "Messages" });

/** What a person does in the settings of the browser: forbids or allows a page to write, and takes back what it was allowed. */
async function setWriting(context: BrowserContext, origin: string, to: "allow" | "block") {
  const settings = await context.newPage();
  await settings.goto("chrome://settings/content/filesystem");
  await settings.evaluate(
    ([page, value]) => {
      const { chrome } = globalThis as unknown as {
        chrome: { send: (message: string, args: readonly unknown[]) => void };
      };
      const change = [page, "", "file-system-write", value, false];
      chrome.send("setCategoryPermissionForPattern", change);
      chrome.send("revokeFileSystemGrants", [page]);
    },
    [origin, to] as const,
  );
  await settings.close();
}

test("a folder that may not be written any more stays as it is; the edits wait for leave", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const table = () => readFileSync(join(folder, "tables/FOV_ROI_table/table.csv"), "utf8");
  const before = table();
  await withFolderBrowser(async (page, context) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    await setWriting(context, new URL(page.url()).origin, "block");
    await page.bringToFront();
    await page.keyboard.press("Control+s");
    await expect(messages(page)).toContainText(
      'Not saved: The browser was not allowed to write to "well.zarr". Nothing was written',
    );
    await expect(messages(page)).toContainText("Your changes are still here");
    await expect(page.getByText("1 change not saved")).toBeVisible();
    expect(table()).toBe(before);

    await setWriting(context, new URL(page.url()).origin, "allow");
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await openDropped(again, folder, baseURL);
    const draft = again.getByRole("region", { name: "Draft" });
    await draft.getByRole("button", { name: "Restore" }).click();
    await again.keyboard.press("Control+s");
    await expect(saved(again)).toBeVisible();
    expect(table()).not.toBe(before);
  });
});
