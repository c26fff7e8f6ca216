/** Tables saved under another name, renamed and copied. */
import { beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { addRoi, moveBy, newRoi } from "../editor/commands.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver } from "../testing/services.ts";
import { TablesPage } from "../testing/tables-page.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { keepDrafts } from "./keep-drafts.ts";
import { startTable } from "./new-table.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { edit, saveText, undo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";
import { createSession } from "./session.ts";
import { duplicateOpenTable, lookAround, renameOpenTable, saveTableAs } from "./table-files.ts";
import { freeTableName } from "./table-names.ts";

let page: TablesPage;

beforeEach(async () => {
  page = await TablesPage.open();
});

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
const draw = (): void => {
  const { rois } = page.state().document;
  edit(page.session, addRoi(rois, newRoi(rois, flatBox([40, 40, 50, 50]))));
};

const filesOf = (table: string): string[] =>
  [...page.store.spec.entries.keys()].filter((key) => key.startsWith(`/tables/${table}/`)).sort();

describe("saving under another name", () => {
  test.each(["FOV_ROI_table", "other_ROI_table"])(
    "writes what is edited of %s there, leaves the first alone, and goes on there",
    async (table) => {
      await openTable(page.session, table);
      const before = await page.onDisk(table);
      page.move();
      draw();
      await saveTableAs(page.session, "mine");
      expect(messages(page.session)).toEqual(["Saved as mine"]);
      expect([page.state().tableName, unsavedCount(page.state()), saveText(page.state())]).toEqual([
        "mine",
        0,
        "Saved 12:04",
      ]);
      expect(await page.onDisk(table)).toBe(before);
      expect(await page.onDisk("mine")).toBe("5 of 3");
      const files = filesOf("mine");
      page.move();
      await saveRois(page.session);
      expect(await page.onDisk("mine")).toBe("10 of 3");
      // Also those that only other readers ask for.
      expect(filesOf("mine")).toEqual(files);
      undo(page.session);
      expect(unsavedCount(page.state())).toBe(1);
    },
  );

  test("tells how much of it is written, as does the first save of a new one", async () => {
    const told: number[] = [];
    const end = page.session.rois.subscribe(({ saving }, before) => {
      if (saving?.kind === "writing" && saving !== before.saving) told.push(saving.done);
    });
    await saveTableAs(page.session, "mine");
    const saved = told.splice(0);
    startTable(page.session);
    draw();
    await saveRois(page.session);
    end();
    for (const dones of [saved, told]) {
      expect(dones.length).toBeGreaterThan(2);
      expect(dones.at(-1)).toBe(1);
      expect(dones.some((done) => done > 0 && done < 1)).toBe(true);
    }
  });

  test("is not done while an edit is wrong, or under a name that is taken", async () => {
    const { rois } = page.state().document;
    edit(page.session, addRoi(rois, { name: "1.5", box: flatBox([0, 0, 5, 5]), label: undefined }));
    await saveTableAs(page.session, "mine");
    expect(messages(page.session)[0]).toMatch(/^Not saved: /);
    undo(page.session);
    await saveTableAs(page.session, "OTHER_roi_table");
    // What the first one was about is no news any more.
    expect(messages(page.session)).toEqual([expect.stringMatching(/differ in case alone/)]);
    expect(page.state().tableName).toBe("FOV_ROI_table");
    expect(await page.onDisk("mine")).toMatch(/^none/);
  });

  test("that fails tells what can be done, and the next one that is made takes that back", async () => {
    page.move();
    page.store.before = ({ kind }) => {
      if (kind === "set") throw new Fault("missing", 'The folder "well.zarr" is no longer there');
    };
    await saveTableAs(page.session, "mine");
    expect(messages(page.session)).toEqual([
      'Not saved: The folder "well.zarr" is no longer there. Your changes are still here. Save again once that is mended, or keep the table with Download CSV',
    ]);
    expect([page.state().tableName, unsavedCount(page.state())]).toEqual(["FOV_ROI_table", 1]);
    page.store.before = () => undefined;
    await saveTableAs(page.session, "mine");
    expect(messages(page.session)).toEqual(["Saved as mine"]);
  });

  test("takes the place of a table that somebody else has changed", async () => {
    page.move();
    const other = createSession(page.services);
    await openSource(other, sourceOver(new MemoryStore(page.store.spec), page.services));
    edit(other, moveBy(other.rois.getState().document.rois, new Set([0]), [0, 0, 7], grid));
    await saveRois(other);
    await lookAround(page.session);
    expect(page.state().changedOnDisk).toBe(true);
    await saveTableAs(page.session, freeTableName(page.session, "FOV_ROI_table"));
    expect([page.state().tableName, page.state().changedOnDisk]).toEqual([
      "FOV_ROI_table_2",
      false,
    ]);
    expect([await page.onDisk("FOV_ROI_table"), await page.onDisk("FOV_ROI_table_2")]).toEqual([
      "7 of 2",
      "5 of 2",
    ]);
  });
});

describe("renaming", () => {
  test("keeps unsaved edits, which are then saved under the new name", async () => {
    page.move();
    await renameOpenTable(page.session, "Fields");
    expect([page.state().tableName, unsavedCount(page.state()), page.state().names]).toEqual([
      "Fields",
      1,
      ["Fields", "other_ROI_table"],
    ]);
    expect(await page.onDisk("Fields")).toBe("0 of 2");
    await saveRois(page.session);
    expect(await page.onDisk("Fields")).toBe("5 of 2");
    expect(await page.onDisk("FOV_ROI_table")).toMatch(/^none/);
  });

  test("takes the draft along", async () => {
    const end = keepDrafts(page.session);
    await openTable(page.session, "FOV_ROI_table");
    page.move();
    await renameOpenTable(page.session, "Fields");
    await end();
    const keys = await Promise.all(
      ["FOV_ROI_table", "Fields"].map((name) => page.services.drafts.of(`demo tables/${name}`)),
    );
    expect(keys.map((drafts) => drafts.length)).toEqual([0, 1]);
  });

  test("of a new table writes nothing before it is saved", async () => {
    startTable(page.session);
    draw();
    page.store.operations.length = 0;
    await renameOpenTable(page.session, "mine");
    expect(page.store.sets).toEqual([]);
    await saveRois(page.session);
    expect(await page.onDisk("mine")).toBe("40 of 1");
  });
});

test("saving under another name can be stopped until files are touched, and leaves all as it was", async () => {
  page.move();
  const before = page.state();
  const files = [...page.store.spec.entries.keys()];
  const leave = page.session.rois.subscribe(({ saving }) => {
    if (saving?.kind === "preparing") saving.stop();
  });
  await saveTableAs(page.session, "mine");
  leave();
  expect(page.state()).toEqual(before);
  expect([...page.store.spec.entries.keys()]).toEqual(files);
  expect(messages(page.session)).toEqual([]);
});

test("a duplicate is the table as it is on disk, beside it", async () => {
  page.move();
  await duplicateOpenTable(page.session);
  await duplicateOpenTable(page.session);
  expect(page.state().names).toEqual([
    "FOV_ROI_table",
    "other_ROI_table",
    "FOV_ROI_table_copy",
    "FOV_ROI_table_copy_2",
  ]);
  expect([page.state().tableName, unsavedCount(page.state())]).toEqual(["FOV_ROI_table", 1]);
  expect(await page.onDisk("FOV_ROI_table_copy")).toBe("0 of 2");
});
