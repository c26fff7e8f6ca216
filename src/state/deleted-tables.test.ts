/** Tables that are deleted and put back. */
import { beforeEach, describe, expect, test } from "vitest";
import { messages, sourceOver } from "../testing/services.ts";
import { TablesPage } from "../testing/tables-page.ts";
import { deleteOpenTable, restorable, restoreTable } from "./deleted-tables.ts";
import { openSource } from "./open.ts";
import { saveRois } from "./save.ts";

let page: TablesPage;

beforeEach(async () => {
  page = await TablesPage.open();
});

describe("deleting", () => {
  test("opens the next table, and can be taken back, also after a save and another opening", async () => {
    await deleteOpenTable(page.session);
    const offered = () => restorable(page.session)?.stored.name;
    expect([page.state().tableName, page.state().names, offered()]).toEqual([
      "other_ROI_table",
      ["other_ROI_table"],
      "FOV_ROI_table",
    ]);
    expect(await page.onDisk("FOV_ROI_table")).toMatch(/^none/);
    await restoreTable(page.session);
    expect([page.state().tableName, page.state().names, offered()]).toEqual([
      "FOV_ROI_table",
      ["FOV_ROI_table", "other_ROI_table"],
      undefined,
    ]);
    expect(await page.onDisk("FOV_ROI_table")).toBe("0 of 2");
    await deleteOpenTable(page.session);
    page.move();
    await saveRois(page.session);
    await openSource(page.session, sourceOver(page.store, page.services));
    await deleteOpenTable(page.session);
    expect([page.state().names, offered()]).toEqual([[], "other_ROI_table"]);
    await restoreTable(page.session);
    await restoreTable(page.session);
    expect([page.state().names, offered()]).toEqual([
      ["FOV_ROI_table", "other_ROI_table"],
      undefined,
    ]);
    expect(await page.onDisk("other_ROI_table")).toBe("5 of 2");
  });

  test("of the last table leaves none", async () => {
    await deleteOpenTable(page.session);
    await deleteOpenTable(page.session);
    expect([page.state().tableName, page.state().table, page.state().names]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });

  test("that cannot be is told, and everything stays", async () => {
    page.store.before = ({ kind }) => {
      if (kind === "delete") throw new Error("The disk is gone");
    };
    await deleteOpenTable(page.session);
    expect(messages(page.session)).toHaveLength(1);
    expect([page.state().tableName, page.state().saving]).toEqual(["FOV_ROI_table", undefined]);
    expect(await page.onDisk("FOV_ROI_table")).toBe("0 of 2");
    const list = page.store.spec.entries.get("/tables/.zattrs");
    expect(JSON.parse(new TextDecoder().decode(list))).toEqual({
      tables: ["FOV_ROI_table", "other_ROI_table"],
    });
  });
});
