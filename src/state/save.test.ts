/** Saving: only what changed, nothing lost by a failure, and one at a time for everybody who has the data open. */
import { beforeEach, describe, expect, test } from "vitest";
import { addRois } from "../editor/add-rois.ts";
import { addRoi, moveBy, newRoi, remove, rename } from "../editor/commands.ts";
import { type Edit, reshaped } from "../editor/edit.ts";
import { type Rois, roiAt } from "../roi/rois.ts";
import { gate } from "../testing/gate.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { numbers, putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { edit, saveText, undo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";

let store: WatchedStore;
let services: Services;
let session: Session;

beforeEach(async () => {
  store = new WatchedStore();
  await smallImage(store);
  services = testServices();
  session = createSession(services);
});

/** Opens the store in a tab, by default the first. */
async function open(tab: Session = session): Promise<void> {
  await openSource(tab, sourceOver(store, services));
}

/** The table as someone who opens the data now sees it. */
async function reopened(table: string): Promise<Session> {
  const other = createSession(services);
  await openSource(other, sourceOver(new MemoryStore(store.spec), services), { table });
  return other;
}

const rois = (tab: Session = session): Rois => tab.rois.getState().document.rois;
const namesIn = (tab: Session) => [...rois(tab).base.names];
const make = (edits: (now: Rois) => Edit | undefined, tab: Session = session): void =>
  edit(tab, edits(rois(tab)));

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
const moved = (now: Rois) => moveBy(now, new Set([0]), [0, 0, 5], grid);
const drawn = (now: Rois) => addRoi(now, newRoi(now, flatBox([40, 40, 50, 50])));

/** Lets writes to the store wait until `held` is opened; the first opens `reached`. */
function holdWrites() {
  const [reached, held] = [gate(), gate()];
  store.before = ({ kind }) => {
    if (kind !== "set") return;
    reached.open();
    return held.passed;
  };
  return { reached, held };
}

describe("a save", () => {
  test("writes the one file that changed, and says when it did", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    make(moved);
    store.operations.length = 0;
    await saveRois(session);
    expect(store.sets).toEqual(["/tables/FOV_ROI_table/table.csv"]);
    expect([unsavedCount(session.rois.getState()), saveText(session.rois.getState())]).toEqual([
      0,
      "Saved 12:04",
    ]);
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1 moved or resized"]);
    expect(roiAt(rois(await reopened("FOV_ROI_table")), 0)?.box).toEqual(flatBox([5, 0, 15, 10]));
  });

  test("of very many says how many as people write it", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    const many = Array.from({ length: 1200 }, () => ({ box: flatBox([40, 40, 50, 50]) }));
    make((now) => addRois(now, many, "Paste"));
    await saveRois(session);
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1,200 added"]);
  });

  test("of an AnnData table leaves every file alone that says the same", async () => {
    await putRois(store, "FOV_ROI_table", { backend: "anndata" });
    await open();
    make((now) => rename(now, 1, "Zelle_2"));
    store.operations.length = 0;
    await saveRois(session);
    expect(store.sets).toEqual(["/tables/FOV_ROI_table/obs/FieldIndex/0"]);
    expect(namesIn(await reopened("FOV_ROI_table"))).toEqual(["FOV_1", "Zelle_2"]);
  });

  test("follows another, of rows that came and went meanwhile", async () => {
    await putRois(store, "FOV_ROI_table", { backend: "anndata" });
    await open();
    make(drawn);
    await saveRois(session);
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1 added"]);
    make((now) => remove(now, new Set([0])));
    make(drawn);
    await saveRois(session);
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1 added, 1 deleted"]);
    expect(namesIn(await reopened("FOV_ROI_table"))).toEqual(["FOV_2", "roi", "roi_2"]);
  });

  test("undone is a change again", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    make(moved);
    await saveRois(session);
    undo(session);
    expect(saveText(session.rois.getState())).toBe("1 change not saved");
  });

  test("leaves edits that are made while it is under way unsaved", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    make(moved);
    const { reached, held } = holdWrites();
    const saving = saveRois(session);
    await reached.passed;
    expect(session.rois.getState().saving).toEqual({ kind: "writing", done: 0 });
    make((now) => rename(now, 1, "later"));
    held.open();
    await saving;
    expect(session.rois.getState().saving).toBeUndefined();
    expect(saveText(session.rois.getState())).toBe("1 change not saved");
    expect(namesIn(await reopened("FOV_ROI_table"))).toEqual(["FOV_1", "FOV_2"]);
    await saveRois(session);
    expect(namesIn(await reopened("FOV_ROI_table"))).toEqual(["FOV_1", "later"]);
  });

  test("tells how far it is, and can be stopped until files are touched", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    make(moved);
    const stages: (readonly [string, number])[] = [];
    const end = session.rois.subscribe(({ saving }, before) => {
      if (saving && saving !== before.saving) stages.push([saving.kind, saving.done]);
    });
    const stopped = saveRois(session);
    const { saving } = session.rois.getState();
    if (saving?.kind !== "preparing") throw new Error("The save is further than that");
    store.operations.length = 0;
    saving.stop();
    await stopped;
    expect(store.sets).toEqual([]);
    expect(messages(session)).toEqual([]);
    expect(saveText(session.rois.getState())).toBe("1 change not saved");
    expect(session.rois.getState().saving).toBeUndefined();
    stages.length = 0;
    await saveRois(session);
    end();
    expect(stages).toEqual([
      ["preparing", 0],
      ["writing", 0],
      ["writing", 1],
    ]);
    expect(saveText(session.rois.getState())).not.toContain("not saved");
  });

  test("that fails keeps every edit and tells why; the next one writes them", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    make(moved);
    make(drawn);
    store.before = ({ kind }) => {
      if (kind === "set") throw new Error("The disk is full");
    };
    await saveRois(session);
    expect(messages(session)).toEqual([
      "Not saved: The disk is full. Your changes are still here. Save again once that is mended, or keep the table with Download CSV",
    ]);
    expect(session.rois.getState()).toMatchObject({ saving: undefined, savedAt: undefined });
    expect(saveText(session.rois.getState())).toBe("2 changes not saved");
    store.before = () => undefined;
    await saveRois(session);
    // That it is not saved is not told beside that it is.
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1 added, 1 moved or resized"]);
    expect(namesIn(await reopened("FOV_ROI_table"))).toEqual(["FOV_1", "FOV_2", "roi"]);
  });

  test("is not begun while something is wrong", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    make((now) => rename(now, 1, "FOV_1"));
    store.operations.length = 0;
    await saveRois(session);
    expect(store.sets).toEqual([]);
    expect(messages(session)).toEqual(['Not saved: 2 ROIs are named "FOV_1"']);
    expect(unsavedCount(session.rois.getState())).toBe(1);
  });

  test("is not begun for a name that was there twice, if something else is wrong with its ROI", async () => {
    await putRois(store, "FOV_ROI_table", { names: ["twin", "twin"] });
    await open();
    make((now) => reshaped("Resize", now, [[0, flatBox([5, 0, 5, 10])]], { selection: new Set() }));
    store.operations.length = 0;
    await saveRois(session);
    expect(store.sets).toEqual([]);
    expect(messages(session).at(-1)).toBe(
      'Not saved: "twin" holds nothing: its length along x is 0',
    );
  });

  test("that ends after another table was opened does not touch that one's state", async () => {
    await putRois(store, "FOV_ROI_table");
    await putRois(store, "well_ROI_table");
    await open();
    make(moved);
    const { reached, held } = holdWrites();
    const saving = saveRois(session);
    await reached.passed;
    await openTable(session, "well_ROI_table");
    make(drawn);
    held.open();
    await saving;
    expect(session.rois.getState().savedAt).toBeUndefined();
    expect(saveText(session.rois.getState())).toBe("1 change not saved");
  });

  test("does not touch *_original columns of what was moved", async () => {
    const columns = { x_micrometer_original: numbers([-7.25, 3]) };
    await putRois(store, "FOV_ROI_table", { columns });
    await open();
    make(moved);
    await saveRois(session);
    const table = (await reopened("FOV_ROI_table")).rois.getState().table;
    expect([...(table?.columns.get("x_micrometer_original")?.values ?? [])]).toEqual([-7.25, 3]);
    expect([...(table?.columns.get("x_micrometer")?.values ?? [])]).toEqual([5, 20]);
  });

  test("to memory needs no place for its journal", async () => {
    services = { ...services, journal: async () => undefined };
    session = createSession(services);
    await putRois(store, "FOV_ROI_table", { backend: "anndata" });
    await open();
    make(drawn);
    await saveRois(session);
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1 added"]);
  });
});

describe("two tabs", () => {
  test("a second save of the same table is refused while the first is under way", async () => {
    await putRois(store, "FOV_ROI_table");
    const second = createSession(services);
    await open();
    await open(second);
    make(moved);
    make((now) => rename(now, 1, "other"), second);
    const { reached, held } = holdWrites();
    const first = saveRois(session);
    await reached.passed;
    await saveRois(second);
    expect(messages(second)).toEqual(["Another tab is writing here"]);
    expect(unsavedCount(second.rois.getState())).toBe(1);
    held.open();
    await first;
    expect(messages(session)).toEqual(["Saved FOV_ROI_table: 1 moved or resized"]);
    await saveRois(second);
    // What can be done is offered in its place, and no message says it again.
    expect(second.rois.getState()).toMatchObject({ changedOnDisk: true, saving: undefined });
    expect(messages(second)).toEqual(["Another tab is writing here"]);
    expect(unsavedCount(second.rois.getState())).toBe(1);
  });
});
