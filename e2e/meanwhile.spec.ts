/** A table on disk that another program changes while it is edited, and edits that outlive the page. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { rois, saved } from "./page.ts";
import { folderOf, openDropped, setX, withBrowsers, withFolderBrowser } from "./real-folder.ts";

const CSV = "tables/FOV_ROI_table/table.csv";

/** Another program gives an ROI another name. */
function renamedBy(folder: string, from: string, to: string): void {
  const file = join(folder, CSV);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

/** Another program moves an ROI along x. */
function movedBy(folder: string, name: string, from: number, to: number): void {
  renamedBy(folder, `"${name}",${from},`, `"${name}",${to},`);
}

const rows = (folder: string): string[] =>
  readFileSync(join(folder, CSV), "utf8").trim().split("\n").slice(1);

test("changes made meanwhile by another program are noticed, and merged with one's own", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  const before = rows(folder);
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await setX(page, "FOV_2", "140 px");
    await expect(page.getByText("1 change not saved")).toBeVisible();
    renamedBy(folder, "FOV_3", "Theirs");
    await page.keyboard.press("Control+s");
    const bar = page.getByRole("region", { name: "Changed on disk" });
    await expect(bar.getByText("Your change touches no ROI that was changed there.")).toBeVisible();
    await bar.getByRole("button", { name: "Merge" }).click();
    await expect(bar).toHaveCount(0);
    await expect(page.getByRole("row", { name: /Theirs/ })).toBeVisible();
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    const after = rows(folder);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).toBe(before[2]?.replace("FOV_3", "Theirs"));
  });
});

test("where both changed an ROI, mine is kept, or theirs is taken, with mine one redo away", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    const bar = page.getByRole("region", { name: "Changed on disk" });
    const x = (name: RegExp) => page.getByRole("row", { name }).getByRole("gridcell").nth(1);
    await setX(page, "FOV_2", "140 px");
    await setX(page, "FOV_4", "130 px");
    movedBy(folder, "FOV_2", 150, 120);
    movedBy(folder, "FOV_4", 150, 110);
    await page.keyboard.press("Control+s");
    await expect(bar.getByText("2 of your 2 changes touch ROIs that were")).toBeVisible();
    const keep = (name: string) => bar.getByRole("combobox", { name: `Keep of ${name}` });
    await expect(keep("FOV_2")).toHaveValue("mine");
    await keep("FOV_4").selectOption("theirs");
    await bar.getByRole("button", { name: "Merge" }).click();
    await expect(x(/FOV_2/)).toHaveText("140");
    await expect(x(/FOV_4/)).toHaveText("110");
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    expect(rows(folder)[1]).toMatch(/^"?FOV_2"?,140,/);
    expect(rows(folder)[3]).toMatch(/^"?FOV_4"?,110,/);

    await setX(page, "FOV_3", "20 px");
    renamedBy(folder, rows(folder)[2] ?? "", (rows(folder)[2] ?? "").replace(",0,", ",10,"));
    await page.keyboard.press("Control+s");
    await bar.getByRole("button", { name: "Take theirs" }).click();
    await expect(x(/FOV_3/)).toHaveText("10");
    await expect(bar).toHaveCount(0);
    await expect(page.getByText("not saved")).toHaveCount(0);
    await page.keyboard.press("Control+Shift+z");
    await expect(x(/FOV_3/)).toHaveText("20");
    await page.keyboard.press("Control+s");
    await expect(saved(page)).toBeVisible();
    expect(rows(folder)[2]).toMatch(/^"?FOV_3"?,20,/);
  });
});

test("edits outlive the page that made them, and are offered, not put back", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page, context) => {
    await openDropped(page, folder, baseURL);
    const x = page.getByRole("row", { name: /FOV_2/ }).getByRole("gridcell").nth(1);
    const was = await x.textContent();
    await setX(page, "FOV_2", "140 px");
    await expect(page.getByText("1 change not saved")).toBeVisible();
    await expect.poll(() => draftedIn(page)).toBe(1);
    await page.close({ runBeforeUnload: false });

    const again = await context.newPage();
    await openDropped(again, folder, baseURL);
    const moved = again.getByRole("row", { name: /FOV_2/ }).getByRole("gridcell").nth(1);
    await expect(moved).toHaveText(was ?? "");
    await again
      .getByRole("region", { name: "Draft" })
      .getByRole("button", { name: "Restore" })
      .click();
    await expect(moved).toHaveText("140");
    await expect(again.getByText("1 change not saved")).toBeVisible();
    await again.keyboard.press("Control+z");
    await expect(moved).toHaveText(was ?? "");
  });
});

test("edits outlive a browser that is killed", async ({ baseURL }) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withBrowsers([
    async (page) => {
      await openDropped(page, folder, baseURL);
      await setX(page, "FOV_2", "140 px");
      await setX(page, "FOV_3", "30 px");
      await expect.poll(() => draftedIn(page)).toBe(2);
    },
    async (page) => {
      await openDropped(page, folder, baseURL);
      const draft = page.getByRole("region", { name: "Draft" });
      await expect(draft).toContainText("2 changes of today");
      await draft.getByRole("button", { name: "Restore" }).click();
      await expect(page.getByRole("row", { name: /FOV_2/ })).toContainText("140");
      await expect(page.getByRole("row", { name: /FOV_3/ })).toContainText("30");
      await page.keyboard.press("Control+s");
      await expect(saved(page)).toBeVisible();
      expect(rows(folder)[1]).toMatch(/^"?FOV_2"?,140,/);
    },
  ]);
});

test("a table that was never saved outlives its page too, and is begun anew", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  await withFolderBrowser(async (page, context) => {
    await openDropped(page, folder, baseURL);
    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByRole("button", { name: "New ROIs" }).click();
    await page.getByRole("button", { name: "Whole image" }).click();
    await expect.poll(() => draftedIn(page)).toBe(1);
    await page.close({ runBeforeUnload: false });

    const again = await context.newPage();
    await openDropped(again, folder, baseURL);
    const draft = again.getByRole("region", { name: "Draft" });
    await expect(draft).toContainText("The new table ROI_table was never saved: 1 ROI of today");
    await draft.getByRole("button", { name: "Restore" }).click();
    await expect(again.getByRole("combobox", { name: "ROI table" })).toHaveValue("ROI_table");
    await expect(rois(again)).toHaveAttribute("aria-rowcount", "2");
    await again.keyboard.press("Control+s");
    await expect(saved(again)).toBeVisible();
    expect(readdirSync(join(folder, "tables"))).toContain("ROI_table");
    await expect.poll(() => draftedIn(again)).toBe(0);
    await expect(draft).toHaveCount(0);
  });
});

/** How many changes the browser keeps as drafts. */
function draftedIn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("fovea-drafts");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result.reduce((sum, { changes }) => sum + changes.length, 0));
          };
        };
      }),
  );
}

test("what a careful reader would point out is listed, and mended in one step", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  for (const name of ["FOV_2", "FOV_3"])
    renamedBy(folder, name, "field of view of the second acquisition, upper right corner");
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await page.getByText("Check this table").click();
    const twice = page.getByRole("region", { name: "Names given twice" });
    await twice.scrollIntoViewIfNeeded();
    const rename = twice.getByRole("button", { name: "Rename" });
    // However long what is told, the way to mend it is beside it.
    await expect(rename).toBeInViewport({ ratio: 1 });
    await rename.click();
    await expect(page.getByText("1 change not saved")).toBeVisible();
    await expect(twice).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(twice).toBeVisible();
  });
});

test("each fix is one step that is undone: what overlaps is trimmed, a copy deleted, what reaches out clamped", async ({
  baseURL,
}) => {
  const folder = folderOf(await nucleiImage(), "well.zarr");
  movedBy(folder, "FOV_2", 150, 130);
  movedBy(folder, "FOV_4", 150, 170);
  const copy = '"Again",0,150,0,150,150,1';
  const file = join(folder, CSV);
  writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n${copy}\n`);
  await withFolderBrowser(async (page) => {
    await openDropped(page, folder, baseURL);
    await page.getByText("Check this table").click();
    const cells = (name: string) =>
      page.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("gridcell");
    const fixes = [
      {
        kind: "Overlapping",
        fix: "Trim",
        shows: () => expect(cells("FOV_2").nth(1)).toHaveText("140"),
      },
      {
        kind: "The same box twice",
        fix: "Delete",
        shows: () => expect(cells("Again")).toHaveCount(0),
      },
      {
        kind: "Beyond the image's border",
        fix: "Clamp",
        shows: () => expect(cells("FOV_4").nth(4)).toHaveText("130"),
      },
    ];
    for (const { kind, fix, shows } of fixes) {
      const found = page.getByRole("region", { name: kind });
      await found.getByRole("button", { name: fix, exact: true }).click();
      await expect(found).toHaveCount(0);
      await shows();
      await page.keyboard.press("Control+z");
      await expect(found).toBeVisible();
      await expect(page.getByText("not saved")).toHaveCount(0);
    }
  });
});
