/** The draft of a table that was never saved is offered with its image, and begins that table anew. */
import { beforeEach, describe, expect, test } from "vitest";
import { labelOf } from "../table/feature-table.ts";
import { DraftPages, drawn, listed, make, moved, offered } from "../testing/draft-pages.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { startFound, startTable } from "./new-table.ts";
import { discardDraft, restoreDraft } from "./restore-draft.ts";
import { saveRois } from "./save.ts";

let pages: DraftPages;

beforeEach(async () => {
  pages = await DraftPages.open();
});

describe("a draft of a table that was never saved", () => {
  test("is offered with its image, and begins that table anew", async () => {
    const first = await pages.page();
    startTable(first.session);
    make(first, drawn);
    make(first, drawn);
    const before = listed(first);
    await first.leave();

    const second = await pages.page();
    expect((await offered(second))?.begun?.name).toBe("ROI_table");
    expect(second.session.rois.getState().tableName).toBe("FOV_ROI_table");
    await restoreDraft(second.session);
    const { tableName, onDisk } = second.session.rois.getState();
    expect([tableName, onDisk]).toEqual(["ROI_table", undefined]);
    expect(listed(second)).toEqual(before);
    expect(await offered(second)).toBeUndefined();
    await saveRois(second.session);
    await second.leave();
    expect(await offered(await pages.page())).toBeUndefined();
  });

  test("is offered where the image has no other, and after one's own", async () => {
    pages.store = new MemoryStore();
    await smallImage(pages.store);
    const first = await pages.page();
    startTable(first.session);
    make(first, drawn);
    await first.leave();
    const second = await pages.page();
    expect((await offered(second))?.begun?.name).toBe("ROI_table");
    await second.leave();

    await putRois(pages.store, "FOV_ROI_table");
    await pages.left(moved);
    const fourth = await pages.page();
    expect(await offered(fourth)).toMatchObject({ key: expect.stringMatching(/FOV_ROI_table$/) });
    discardDraft(fourth.session);
    await fourth.leave();
    expect((await offered(await pages.page()))?.begun?.name).toBe("ROI_table");
  });

  test("begins a masking table of the same label", async () => {
    const first = await pages.page();
    startFound(
      first.session,
      "cells_ROI_table",
      [{ name: "7", box: flatBox([1, 1, 5, 5]), label: 7 }],
      "cells",
    );
    const { masking, table } = first.session.rois.getState();
    await first.leave();
    const second = await pages.page();
    await offered(second);
    await restoreDraft(second.session);
    const now = second.session.rois.getState();
    expect([now.masking, now.table && labelOf(now.table)]).toEqual([
      masking,
      table && labelOf(table),
    ]);
    expect(listed(second)).toEqual([{ name: "7", box: flatBox([1, 1, 5, 5]), label: 7 }]);
    await second.leave();
  });
});
