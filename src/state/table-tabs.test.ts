/** What is seen of tables that another tab saves, renames or deletes. */
import { beforeEach, describe, expect, test } from "vitest";
import { moveBy } from "../editor/commands.ts";
import { sourceOver } from "../testing/services.ts";
import { TablesPage } from "../testing/tables-page.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { keepDrafts } from "./keep-drafts.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { edit } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { SaveNews } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import { lookAround, renameOpenTable, saveTableAs, watchSaves } from "./table-files.ts";
import { freeTableName, tableNameTaken } from "./table-names.ts";

let page: TablesPage;

beforeEach(async () => {
  page = await TablesPage.open();
});

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;

describe("another tab", () => {
  /** Tabs that hear of each other's saves, and none of its own. */
  function tabs(): () => Promise<Session> {
    const listeners = new Map<number, Parameters<SaveNews["hear"]>[0]>();
    let count = 0;
    return async () => {
      const tab = count++;
      const saves: SaveNews = {
        tell: (renamed) => {
          for (const [other, listener] of listeners) if (other !== tab) listener(renamed);
        },
        hear: (listener) => {
          listeners.set(tab, listener);
          return () => listeners.delete(tab);
        },
      };
      const opened = createSession({ ...page.services, saves });
      await openSource(opened, sourceOver(new MemoryStore(page.store.spec), page.services));
      return opened;
    };
  }

  test("that renames a table takes it along where it is edited, and its draft, to be saved there", async () => {
    const open = tabs();
    const [here, there] = [await open(), await open()];
    const ends = [keepDrafts(here), keepDrafts(there), watchSaves(there)];
    await openTable(there, "FOV_ROI_table");
    edit(there, moveBy(there.rois.getState().document.rois, new Set([0]), [0, 0, 5], grid));
    await renameOpenTable(here, "Fields");
    const { tableName, names, changedOnDisk } = there.rois.getState();
    expect([tableName, names, changedOnDisk]).toEqual([
      "Fields",
      ["Fields", "other_ROI_table"],
      false,
    ]);
    for (const end of ends) await end();
    const kept = ["FOV_ROI_table", "Fields"].map((name) =>
      page.services.drafts.of(`demo tables/${name}`),
    );
    expect((await Promise.all(kept)).map((drafts) => drafts.length)).toEqual([0, 1]);
    await saveRois(there);
    expect(await page.onDisk("Fields")).toBe("5 of 2");
  });

  test("that renames a table carries the drafts of pages that are gone", async () => {
    const open = tabs();
    const gone = await open();
    const end = keepDrafts(gone);
    await openTable(gone, "FOV_ROI_table");
    edit(gone, moveBy(gone.rois.getState().document.rois, new Set([0]), [0, 0, 5], grid));
    await end();
    await renameOpenTable(await open(), "Fields");
    expect(await page.services.drafts.of("demo tables/Fields")).toHaveLength(1);
    expect(await page.services.drafts.of("demo tables/FOV_ROI_table")).toEqual([]);
  });

  test("is told, lists what there is now, and says that its table is gone", async () => {
    const open = tabs();
    const [here, there] = [await open(), await open()];
    const heard = new Promise<void>((resolve) => {
      there.services.saves.hear(() => void lookAround(there).then(resolve));
    });
    await renameOpenTable(here, "Fields");
    await heard;
    const { names, tableName, changedOnDisk, theirs } = there.rois.getState();
    expect([names, tableName, changedOnDisk, theirs]).toEqual([
      ["Fields", "other_ROI_table"],
      "FOV_ROI_table",
      true,
      "gone",
    ]);
    expect(tableNameTaken(there, "Fields")).toBe('There is a table named "Fields" already');
    await saveTableAs(there, freeTableName(there, "FOV_ROI_table"));
    expect(await page.onDisk("FOV_ROI_table")).toBe("0 of 2");
  });
});
