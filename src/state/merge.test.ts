/** A table that someone else changes while it is edited: noticed, compared, and no edit of either side lost. */
import { beforeEach, describe, expect, test } from "vitest";
import { addRoi, moveBy, newRoi, remove, rename } from "../editor/commands.ts";
import type { Edit } from "../editor/edit.ts";
import { idsOf, type Rois, roiAt } from "../roi/rois.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { comparison, lookAtDisk, mergeWithDisk, takeTheirs } from "./merge.ts";
import { openSource } from "./open.ts";
import { arrange } from "./roi-list.ts";
import { edit, redo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";

let store: MemoryStore;
let services: Services;
let mine: Session;
let other: Session;

beforeEach(async () => {
  store = new MemoryStore();
  await smallImage(store);
  await putRois(store, "FOV_ROI_table");
  services = testServices();
  mine = await tab();
  other = await tab();
});

async function tab(): Promise<Session> {
  const session = createSession(services);
  await openSource(session, sourceOver(store, services));
  return session;
}

const rois = (at: Session): Rois => at.rois.getState().document.rois;
const make = (at: Session, edits: (now: Rois) => Edit | undefined): void =>
  edit(at, edits(rois(at)));
const listed = (at: Session) => idsOf(rois(at)).flatMap((id) => roiAt(rois(at), id) ?? []);
const compared = () => comparison(mine.rois.getState());

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
const move = (id: number, x: number) => (now: Rois) => moveBy(now, new Set([id]), [0, 0, x], grid);
const drawn = (now: Rois) => addRoi(now, newRoi(now, flatBox([40, 40, 50, 50])));

/** The other tab saves an edit. */
async function elsewhere(edits: (now: Rois) => Edit | undefined): Promise<void> {
  make(other, edits);
  await saveRois(other);
}

describe("a table changed elsewhere", () => {
  test("is noticed when the page looks, not before and not for one's own saves", async () => {
    make(mine, move(0, 5));
    await saveRois(mine);
    await lookAtDisk(mine);
    expect(mine.rois.getState()).toMatchObject({ changedOnDisk: false, theirs: undefined });
    other = await tab();
    await elsewhere(move(1, 3));
    await lookAtDisk(mine);
    expect(mine.rois.getState().changedOnDisk).toBe(true);
    expect(compared()).toMatchObject({ mine: 0, clashes: [] });
  });

  test("is noticed by a save, which writes nothing; merged, the next save writes both", async () => {
    make(mine, move(0, 5));
    make(mine, drawn);
    await elsewhere(move(1, 3));
    await saveRois(mine);
    expect(unsavedCount(mine.rois.getState())).toBe(2);
    expect(compared()).toMatchObject({ mine: 2, clashes: [] });
    mergeWithDisk(mine, () => "mine");
    expect(unsavedCount(mine.rois.getState())).toBe(2);
    await saveRois(mine);
    expect(listed(await tab()).map(({ name, box }) => [name, box.min[2]])).toEqual([
      ["FOV_1", 5],
      ["FOV_2", 23],
      ["roi", 40],
    ]);
  });

  test("of other rows takes along what is hidden and locked by name, and what is wrong with whom", async () => {
    make(mine, (now) => addRoi(now, { name: "1.5", box: flatBox([0, 0, 5, 5]), label: undefined }));
    make(mine, move(1, 2));
    const lock = new Set([1]);
    await arrange(mine, { query: "FOV_2" });
    mine.rois.setState({ locked: lock, hidden: lock });
    await elsewhere((now) => remove(now, new Set([0])));
    await lookAtDisk(mine);
    mergeWithDisk(mine, () => "mine");
    expect(mine.list.getState()).toMatchObject({ order: undefined, busy: true });
    const { locked, hidden, problems, document } = mine.rois.getState();
    const named = (ids: Iterable<number>) => [...ids].map((id) => roiAt(document.rois, id)?.name);
    expect([named(locked), named(hidden), named(problems.keys())]).toEqual([
      ["FOV_2"],
      ["FOV_2"],
      ["1.5"],
    ]);
    expect(listed(mine).map(({ name, box }) => [name, box.min[2]])).toEqual([
      ["FOV_2", 22],
      ["1.5", 0],
    ]);
    await arrange(mine, {});
    expect(named(mine.list.getState().order?.ids ?? [])).toEqual(["FOV_2"]);
  });

  test("is not merged while a save is under way, which would then never end", () => {
    const { table, document, problems, masking } = mine.rois.getState();
    const theirs = table && { table, rois: document.rois, warnings: [], problems, masking };
    mine.rois.setState({ saving: { kind: "writing", done: 0 }, changedOnDisk: true, theirs });
    mergeWithDisk(mine, () => "mine");
    expect(mine.rois.getState()).toMatchObject({ changedOnDisk: true, theirs });
  });

  test("in the same ROI is a clash that is decided by the user", async () => {
    make(mine, move(0, 5));
    await elsewhere(move(0, 9));
    await lookAtDisk(mine);
    expect(compared()?.clashes).toHaveLength(1);
    mergeWithDisk(mine, () => "both");
    await saveRois(mine);
    expect(listed(await tab()).map(({ name, box }) => [name, box.min[2]])).toEqual([
      ["FOV_1", 9],
      ["FOV_2", 20],
      ["FOV_3", 5],
    ]);
  });

  test("taken as it is leaves one's own changes a redo away", async () => {
    make(mine, (now) => rename(now, 0, "mine"));
    await elsewhere(move(1, 3));
    await lookAtDisk(mine);
    takeTheirs(mine);
    expect(listed(mine).map(({ name, box }) => [name, box.min[2]])).toEqual([
      ["FOV_1", 0],
      ["FOV_2", 23],
    ]);
    expect(unsavedCount(mine.rois.getState())).toBe(0);
    redo(mine);
    expect(listed(mine).map(({ name }) => name)).toEqual(["mine", "FOV_2"]);
  });
});

test("what on disk is no ROI table any more is told, and nothing is compared", async () => {
  const { names } = mine.rois.getState();
  make(mine, move(0, 5));
  const key = "/tables/FOV_ROI_table/table.csv";
  const text = new TextDecoder().decode(await store.get(key));
  await store.set(key, new TextEncoder().encode(text.replace("len_x_micrometer", "width")));
  await lookAtDisk(mine);
  expect(messages(mine)).toEqual([
    expect.stringContaining('has no column "len_x_micrometer", which ROIs need'),
  ]);
  expect([mine.rois.getState().changedOnDisk, compared()]).toEqual([true, undefined]);
  expect(mine.rois.getState().names).toBe(names);
  expect(unsavedCount(mine.rois.getState())).toBe(1);
});
