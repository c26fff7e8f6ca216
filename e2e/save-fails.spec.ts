/** Saves that fail: why is told, nothing of what was edited is lost, and the next one that can be made writes it. */
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { saved } from "./page.ts";
import { folderOf, openDropped, setX, withFolderBrowser } from "./real-folder.ts";

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

test("a folder that is gone is told as gone, and once it is back, the save is made", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    renameSync(folder, `${folder}.away`);
    await page.keyboard.press("Control+s");
    const bar = page.getByRole("region", { name: "Changed on disk" });
    await expect(bar).toContainText("FOV_ROI_table is no longer on disk");
    await expect(bar).toContainText("or its folder is gone");
    await expect(page.getByText("1 change not saved")).toBeVisible();

    renameSync(`${folder}.away`, folder);
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    await expect(bar).toHaveCount(0);
    const table = readFileSync(join(folder, "tables/FOV_ROI_table/table.csv"), "utf8");
    expect(table).toMatch(/^"FOV_2",140,/m);
  });
});

test("a disk that is full keeps the old table, and the save is made once there is room", async ({
  page,
  baseURL,
}) => {
  const files = [...(await nucleiImage())].map(
    ([key, bytes]) => [key, Buffer.from(bytes).toString("base64")] as const,
  );
  await page.goto("/");
  // The browser's own file system, whose room can be taken away, in the place of a folder that is picked.
  await page.evaluate(async (all) => {
    const root = await navigator.storage.getDirectory();
    const well = await root.getDirectoryHandle("well.zarr", { create: true });
    for (const [key, base64] of all) {
      const names = key.split("/").filter(Boolean);
      let folder = well;
      for (const name of names.slice(0, -1))
        folder = await folder.getDirectoryHandle(name, { create: true });
      const file = await folder.getFileHandle(names.at(-1) ?? "", { create: true });
      const writing = await file.createWritable();
      await writing.write(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
      await writing.close();
    }
    Object.assign(window, { showDirectoryPicker: async () => well });
  }, files);
  await page.getByRole("button", { name: "Open folder" }).click();
  await expect(page.getByRole("row", { name: /FOV_1/ })).toBeVisible();
  const table = () =>
    page.evaluate(async () => {
      let folder = await navigator.storage.getDirectory();
      for (const name of ["well.zarr", "tables", "FOV_ROI_table"])
        folder = await folder.getDirectoryHandle(name);
      return (await (await folder.getFileHandle("table.csv")).getFile()).text();
    });
  const before = await table();
  await setX(page, "FOV_2", "140 px");
  const devtools = await page.context().newCDPSession(page);
  const origin = new URL(baseURL ?? "").origin;
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await page.keyboard.press("Control+s");
  await expect(messages(page)).toContainText("Not saved: There is no room left to write");
  await expect(messages(page)).toContainText("Your changes are still here");
  await expect(page.getByText("1 change not saved")).toBeVisible();
  expect(await table()).toBe(before);

  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await page.keyboard.press("Control+s");
  await expect(saved(page)).toBeVisible();
  expect(await table()).not.toBe(before);
});
