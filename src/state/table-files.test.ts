/** Tables saved under another name, copied, renamed, deleted and put back, and what other tabs see of it. */
import { beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { addRoi, moveBy, newRoi } from "../editor/commands.ts";
import { roiAt } from "../roi/rois.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { keepDrafts } from "./draft.ts";
import { startTable } from "./new-table.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { edit, saveText, undo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { SaveNews, Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import {
  deleteOpenTable,
  duplicateOpenTable,
  freeTableName,
  lookAround,
  renameOpenTable,
  restorable,
  restoreTable,
  saveTableAs,
  tableNameTaken,
  watchSaves,
} from "./table-files.ts";

let store: WatchedStore;
let services: Services;
let session: Session;

beforeEach(async () => {
  store = new WatchedStore();
  await smallImage(store);
  services = testServices();
  session = createSession(services);
  await putRois(store, "FOV_ROI_table");
  await putRois(store, "other_ROI_table", { backend: "anndata" });
  await openSource(session, sourceOver(store, services));
});

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
const state = () => session.rois.getState();
const move = (by = 5): void =>
  edit(session, moveBy(state().document.rois, new Set([0]), [0, 0, by], grid));
const draw = (): void => {
  const { rois } = state().document;
  edit(session, addRoi(rois, newRoi(rois, flatBox([40, 40, 50, 50]))));
};

/** A table's first box and how many rows it has, as someone who opens the data now sees them. */
async function onDisk(table: string): Promise<string> {
  const other = createSession(services);
  await openSource(other, sourceOver(new MemoryStore(store.spec), services), { table });
  const { document, tableName, names } = other.rois.getState();
  if (tableName !== table) return `none of ${names.join()}`;
  const { rois } = document;
  return `${roiAt(rois, 0)?.box.min[2]} of ${rois.base.names.length}`;
}

const filesOf = (table: string): string[] =>
  [...store.spec.entries.keys()].filter((key) => key.startsWith(`/tables/${table}/`)).sort();

describe("saving under another name", () => {
  test.each(["FOV_ROI_table", "other_ROI_table"])(
    "writes what is edited of %s there, leaves the first alone, and goes on there",
    async (table) => {
      await openTable(session, table);
      const before = await onDisk(table);
      move();
      draw();
      await saveTableAs(session, "mine");
      expect(messages(session)).toEqual(["Saved as mine"]);
      expect([state().tableName, unsavedCount(state()), saveText(state())]).toEqual([
        "mine",
        0,
        "Saved 12:04",
      ]);
      expect(await onDisk(table)).toBe(before);
      expect(await onDisk("mine")).toBe("5 of 3");
      const files = filesOf("mine");
      move();
      await saveRois(session);
      expect(await onDisk("mine")).toBe("10 of 3");
      // Also those that only other readers ask for.
      expect(filesOf("mine")).toEqual(files);
      undo(session);
      expect(unsavedCount(state())).toBe(1);
    },
  );

  test("tells how much of it is written, as does the first save of a new one", async () => {
    const told: number[] = [];
    const end = session.rois.subscribe(({ saving }, before) => {
      if (saving?.kind === "writing" && saving !== before.saving) told.push(saving.done);
    });
    await saveTableAs(session, "mine");
    const saved = told.splice(0);
    startTable(session);
    draw();
    await saveRois(session);
    end();
    for (const dones of [saved, told]) {
      expect(dones.length).toBeGreaterThan(2);
      expect(dones.at(-1)).toBe(1);
      expect(dones.some((done) => done > 0 && done < 1)).toBe(true);
    }
  });

  test("is not done while an edit is wrong, or under a name that is taken", async () => {
    const { rois } = state().document;
    edit(session, addRoi(rois, { name: "1.5", box: flatBox([0, 0, 5, 5]), label: undefined }));
    await saveTableAs(session, "mine");
    expect(messages(session)[0]).toMatch(/^Not saved: /);
    undo(session);
    await saveTableAs(session, "OTHER_roi_table");
    // What the first one was about is no news any more.
    expect(messages(session)).toEqual([expect.stringMatching(/differ in case alone/)]);
    expect(state().tableName).toBe("FOV_ROI_table");
    expect(await onDisk("mine")).toMatch(/^none/);
  });

  test("that fails tells what can be done, and the next one that is made takes that back", async () => {
    move();
    store.before = ({ kind }) => {
      if (kind === "set") throw new Fault("missing", 'The folder "well.zarr" is no longer there');
    };
    await saveTableAs(session, "mine");
    expect(messages(session)).toEqual([
      'Not saved: The folder "well.zarr" is no longer there. Your changes are still here. Save again once that is mended, or keep the table with Download CSV',
    ]);
    expect([state().tableName, unsavedCount(state())]).toEqual(["FOV_ROI_table", 1]);
    store.before = () => undefined;
    await saveTableAs(session, "mine");
    expect(messages(session)).toEqual(["Saved as mine"]);
  });

  test("takes the place of a table that somebody else has changed", async () => {
    move();
    const other = createSession(services);
    await openSource(other, sourceOver(new MemoryStore(store.spec), services));
    edit(other, moveBy(other.rois.getState().document.rois, new Set([0]), [0, 0, 7], grid));
    await saveRois(other);
    await lookAround(session);
    expect(state().changedOnDisk).toBe(true);
    await saveTableAs(session, freeTableName(session, "FOV_ROI_table"));
    expect([state().tableName, state().changedOnDisk]).toEqual(["FOV_ROI_table_2", false]);
    expect([await onDisk("FOV_ROI_table"), await onDisk("FOV_ROI_table_2")]).toEqual([
      "7 of 2",
      "5 of 2",
    ]);
  });
});

describe("renaming", () => {
  test("keeps unsaved edits, which are then saved under the new name", async () => {
    move();
    await renameOpenTable(session, "Fields");
    expect([state().tableName, unsavedCount(state()), state().names]).toEqual([
      "Fields",
      1,
      ["Fields", "other_ROI_table"],
    ]);
    expect(await onDisk("Fields")).toBe("0 of 2");
    await saveRois(session);
    expect(await onDisk("Fields")).toBe("5 of 2");
    expect(await onDisk("FOV_ROI_table")).toMatch(/^none/);
  });

  test("takes the draft along", async () => {
    const end = keepDrafts(session);
    await openTable(session, "FOV_ROI_table");
    move();
    await renameOpenTable(session, "Fields");
    await end();
    const keys = await Promise.all(
      ["FOV_ROI_table", "Fields"].map((name) => services.drafts.of(`demo tables/${name}`)),
    );
    expect(keys.map((drafts) => drafts.length)).toEqual([0, 1]);
  });

  test("of a new table writes nothing before it is saved", async () => {
    startTable(session);
    draw();
    store.operations.length = 0;
    await renameOpenTable(session, "mine");
    expect(store.sets).toEqual([]);
    await saveRois(session);
    expect(await onDisk("mine")).toBe("40 of 1");
  });
});

test("saving under another name can be stopped until files are touched, and leaves all as it was", async () => {
  move();
  const before = state();
  const files = [...store.spec.entries.keys()];
  const leave = session.rois.subscribe(({ saving }) => {
    if (saving?.kind === "preparing") saving.stop();
  });
  await saveTableAs(session, "mine");
  leave();
  expect(state()).toEqual(before);
  expect([...store.spec.entries.keys()]).toEqual(files);
  expect(messages(session)).toEqual([]);
});

test("a duplicate is the table as it is on disk, beside it", async () => {
  move();
  await duplicateOpenTable(session);
  await duplicateOpenTable(session);
  expect(state().names).toEqual([
    "FOV_ROI_table",
    "other_ROI_table",
    "FOV_ROI_table_copy",
    "FOV_ROI_table_copy_2",
  ]);
  expect([state().tableName, unsavedCount(state())]).toEqual(["FOV_ROI_table", 1]);
  expect(await onDisk("FOV_ROI_table_copy")).toBe("0 of 2");
});

describe("deleting", () => {
  test("opens the next table, and can be taken back, also after a save and another opening", async () => {
    await deleteOpenTable(session);
    const offered = () => restorable(session)?.stored.name;
    expect([state().tableName, state().names, offered()]).toEqual([
      "other_ROI_table",
      ["other_ROI_table"],
      "FOV_ROI_table",
    ]);
    expect(await onDisk("FOV_ROI_table")).toMatch(/^none/);
    await restoreTable(session);
    expect([state().tableName, state().names, offered()]).toEqual([
      "FOV_ROI_table",
      ["FOV_ROI_table", "other_ROI_table"],
      undefined,
    ]);
    expect(await onDisk("FOV_ROI_table")).toBe("0 of 2");
    await deleteOpenTable(session);
    move();
    await saveRois(session);
    await openSource(session, sourceOver(store, services));
    await deleteOpenTable(session);
    expect([state().names, offered()]).toEqual([[], "other_ROI_table"]);
    await restoreTable(session);
    await restoreTable(session);
    expect([state().names, offered()]).toEqual([["FOV_ROI_table", "other_ROI_table"], undefined]);
    expect(await onDisk("other_ROI_table")).toBe("5 of 2");
  });

  test("of the last table leaves none", async () => {
    await deleteOpenTable(session);
    await deleteOpenTable(session);
    expect([state().tableName, state().table, state().names]).toEqual([undefined, undefined, []]);
  });

  test("that cannot be is told, and everything stays", async () => {
    store.before = ({ kind }) => {
      if (kind === "delete") throw new Error("The disk is gone");
    };
    await deleteOpenTable(session);
    expect(messages(session)).toHaveLength(1);
    expect([state().tableName, state().saving]).toEqual(["FOV_ROI_table", undefined]);
    expect(await onDisk("FOV_ROI_table")).toBe("0 of 2");
    const list = store.spec.entries.get("/tables/.zattrs");
    expect(JSON.parse(new TextDecoder().decode(list))).toEqual({
      tables: ["FOV_ROI_table", "other_ROI_table"],
    });
  });
});

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
      const opened = createSession({ ...services, saves });
      await openSource(opened, sourceOver(new MemoryStore(store.spec), services));
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
      services.drafts.of(`demo tables/${name}`),
    );
    expect((await Promise.all(kept)).map((drafts) => drafts.length)).toEqual([0, 1]);
    await saveRois(there);
    expect(await onDisk("Fields")).toBe("5 of 2");
  });

  test("that renames a table carries the drafts of pages that are gone", async () => {
    const open = tabs();
    const gone = await open();
    const end = keepDrafts(gone);
    await openTable(gone, "FOV_ROI_table");
    edit(gone, moveBy(gone.rois.getState().document.rois, new Set([0]), [0, 0, 5], grid));
    await end();
    await renameOpenTable(await open(), "Fields");
    expect(await services.drafts.of("demo tables/Fields")).toHaveLength(1);
    expect(await services.drafts.of("demo tables/FOV_ROI_table")).toEqual([]);
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
    expect(await onDisk("FOV_ROI_table")).toBe("0 of 2");
  });
});
