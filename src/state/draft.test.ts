/** Drafts: kept after each step, offered to whoever opens the table next, put back only when asked, gone when saved. */
import { beforeEach, describe, expect, test } from "vitest";
import { addRois } from "../editor/add-rois.ts";
import { addRoi, moveBy, newRoi, remove, rename } from "../editor/commands.ts";
import type { Edit } from "../editor/edit.ts";
import { idsOf, nameAt, type Rois, roiAt } from "../roi/rois.ts";
import { labelOf } from "../table/feature-table.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { type Draft, discardDraft, keepDrafts, restoreDraft } from "./draft.ts";
import { startFound, startTable } from "./new-table.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { edit, undo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";

let store: MemoryStore;
let services: Services;

beforeEach(async () => {
  store = new MemoryStore();
  await smallImage(store);
  await putRois(store, "FOV_ROI_table");
  services = testServices();
});

interface Page {
  readonly session: Session;
  /** The page goes, saved or not: what a crash does, once what was written is written. */
  readonly leave: () => Promise<void>;
}

async function page(): Promise<Page> {
  const session = createSession(services);
  const leave = keepDrafts(session);
  await openSource(session, sourceOver(store, services));
  return { session, leave };
}

const rois = ({ session }: Page): Rois => session.rois.getState().document.rois;
const make = (at: Page, edits: (now: Rois) => Edit | undefined): void =>
  edit(at.session, edits(rois(at)));
const listed = (at: Page) => idsOf(rois(at)).map((id) => roiAt(rois(at), id));

/** What a page that was opened comes to be offered. */
async function offered({ session }: Page): Promise<Draft | undefined> {
  for (let turn = 0; turn < 20 && !session.drafts.getState().offer; turn++) await undefined;
  return session.drafts.getState().offer;
}

const grid = { shape: [1, 100, 100], scale: [1, 1, 1] } as const;
const moved = (now: Rois) => moveBy(now, new Set([0]), [0, 0, 5], grid);
const drawn = (now: Rois) => addRoi(now, newRoi(now, flatBox([40, 40, 50, 50])));

describe("a draft", () => {
  test("of a page that is gone is offered, and put back as one step that can be undone", async () => {
    const first = await page();
    make(first, moved);
    make(first, drawn);
    make(first, (now) => remove(now, new Set([1])));
    const before = listed(first);
    await first.leave();

    const second = await page();
    expect((await offered(second))?.changes).toHaveLength(3);
    expect(unsavedCount(second.session.rois.getState())).toBe(0);
    await restoreDraft(second.session);
    expect(listed(second)).toEqual(before);
    undo(second.session);
    expect(listed(second).map((roi) => roi?.name)).toEqual(["FOV_1", "FOV_2"]);
    await second.leave();
  });

  test("is put back whole, whatever was locked meanwhile, which stays locked", async () => {
    const first = await page();
    make(first, moved);
    make(first, (now) => remove(now, new Set([1])));
    const before = listed(first);
    await first.leave();
    const second = await page();
    await offered(second);
    second.session.rois.setState({ locked: new Set([0, 1]) });
    await restoreDraft(second.session);
    expect(listed(second)).toEqual(before);
    expect(second.session.rois.getState().locked.has(0)).toBe(true);
    await second.leave();
    expect((await offered(await page()))?.changes).toHaveLength(2);
  });

  test("that was put back is kept under its new page alone", async () => {
    const first = await page();
    make(first, moved);
    await first.leave();
    const second = await page();
    const draft = await offered(second);
    await restoreDraft(second.session);
    await second.leave();
    const kept = await services.drafts.of(draft?.key ?? "");
    expect(kept).toHaveLength(1);
    expect(kept[0]?.page).not.toBe(draft?.page);
  });

  test("is gone once it is saved, undone or discarded", async () => {
    const ends: ((at: Page) => unknown)[] = [
      ({ session }) => saveRois(session),
      ({ session }) => undo(session),
    ];
    for (const end of ends) {
      const first = await page();
      make(first, moved);
      await end(first);
      await first.leave();
      const second = await page();
      expect(await offered(second)).toBeUndefined();
      await second.leave();
    }
    const third = await page();
    make(third, moved);
    await third.leave();
    const fourth = await page();
    await offered(fourth);
    discardDraft(fourth.session);
    await fourth.leave();
    expect(await offered(await page())).toBeUndefined();
  });

  test("of a page that is still open is not offered to another", async () => {
    const first = await page();
    make(first, moved);
    const second = await page();
    expect(await offered(second)).toBeUndefined();
    await first.leave();
    await openTable(second.session, "FOV_ROI_table");
    expect(await offered(second)).toBeDefined();
  });

  test("not yet decided on outlives other edits made meanwhile", async () => {
    const first = await page();
    make(first, moved);
    await first.leave();
    const second = await page();
    const draft = await offered(second);
    make(second, (now) => rename(now, 1, "other"));
    await second.leave();
    const kept = await services.drafts.of(draft?.key ?? "");
    expect(kept.map(({ id }) => id)).toContain(draft?.id);
    expect(kept).toHaveLength(2);
  });

  test("says so where the table has changed on disk since", async () => {
    const first = await page();
    make(first, moved);
    await first.leave();
    const other = await page();
    make(other, (now) => moveBy(now, new Set([0]), [0, 9, 0], grid));
    await saveRois(other.session);
    await other.leave();
    const second = await page();
    await offered(second);
    await restoreDraft(second.session);
    expect(roiAt(rois(second), 0)?.box).toEqual(flatBox([5, 0, 15, 10]));
    expect(messages(second.session).at(-1)).toMatch(/^One ROI has changed since the draft/);
  });

  test("of very many new ROIs is put back whole, with what is wrong with them", async () => {
    const first = await page();
    const many = Array.from({ length: 2000 }, (_, i) => ({
      name: `far_${i}`,
      box: flatBox(i === 7 ? [500, 500, 510, 510] : [1, 1, 2, 2]),
    }));
    make(first, (now) => addRois(now, many, "Add"));
    const { problems } = first.session.rois.getState();
    await first.leave();
    const second = await page();
    await offered(second);
    await restoreDraft(second.session);
    const state = second.session.rois.getState();
    expect(unsavedCount(state)).toBe(many.length);
    expect(nameAt(rois(second), 2 + 1999)).toBe("far_1999");
    expect(state.document.selection.size).toBe(many.length);
    expect(state.problems).toEqual(problems);
    expect([...problems.keys()]).toEqual([9]);
  });

  test("is in a save that is asked for while it is put back", async () => {
    const first = await page();
    make(first, moved);
    await first.leave();
    const second = await page();
    await offered(second);
    const restored = restoreDraft(second.session);
    await saveRois(second.session);
    expect(messages(second.session)).toEqual(["Saved FOV_ROI_table: 1 moved or resized"]);
    expect(unsavedCount(second.session.rois.getState())).toBe(0);
    await restored;
    await second.leave();
    expect(await offered(await page())).toBeUndefined();
  });

  test("whose putting back is stopped is on offer again, and nothing is changed", async () => {
    const first = await page();
    make(first, moved);
    await first.leave();
    const second = await page();
    const draft = await offered(second);
    const before = rois(second);
    const restored = restoreDraft(second.session);
    expect(second.session.drafts.getState().offer).toBeUndefined();
    second.session.rois.getState().making?.stop();
    await expect(restored).rejects.toMatchObject({ tag: "aborted" });
    expect(second.session.drafts.getState().offer).toBe(draft);
    expect(rois(second)).toBe(before);
  });

  test("of a table that was never saved is offered with its image, and begins that table anew", async () => {
    const first = await page();
    startTable(first.session);
    make(first, drawn);
    make(first, drawn);
    const before = listed(first);
    await first.leave();

    const second = await page();
    expect((await offered(second))?.begun?.name).toBe("ROI_table");
    expect(second.session.rois.getState().tableName).toBe("FOV_ROI_table");
    await restoreDraft(second.session);
    const { tableName, onDisk } = second.session.rois.getState();
    expect([tableName, onDisk]).toEqual(["ROI_table", undefined]);
    expect(listed(second)).toEqual(before);
    expect(await offered(second)).toBeUndefined();
    await saveRois(second.session);
    await second.leave();
    expect(await offered(await page())).toBeUndefined();
  });

  test("that was found before it was put back, is not offered after that", async () => {
    const first = await page();
    startTable(first.session);
    make(first, drawn);
    await first.leave();
    const { under } = services.drafts;
    let pass = (): void => undefined;
    let gate: Promise<void> = Promise.resolve();
    const late: typeof under = async (prefix) => {
      const [found, passed] = [await under(prefix), gate];
      await passed;
      return found;
    };
    services = { ...services, drafts: { ...services.drafts, under: late } };
    const second = await page();
    const draft = await offered(second);
    gate = new Promise((resolve) => {
      pass = resolve;
    });
    await restoreDraft(second.session);
    await expect.poll(() => services.drafts.of(draft?.key ?? "")).not.toContainEqual(draft);
    await expect.poll(() => second.session.drafts.getState().restored).toBeUndefined();
    pass();
    expect(await offered(second)).toBeUndefined();
    await second.leave();
    expect(await services.drafts.of(draft?.key ?? "")).toHaveLength(1);
  });

  test("of a masking table that was never saved begins one of the same label", async () => {
    const first = await page();
    startFound(
      first.session,
      "cells_ROI_table",
      [{ name: "7", box: flatBox([1, 1, 5, 5]), label: 7 }],
      "cells",
    );
    const { masking, table } = first.session.rois.getState();
    await first.leave();
    const second = await page();
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

  test("of a table that was never saved is offered where the image has no other, and after one's own", async () => {
    store = new MemoryStore();
    await smallImage(store);
    const first = await page();
    startTable(first.session);
    make(first, drawn);
    await first.leave();
    const second = await page();
    expect((await offered(second))?.begun?.name).toBe("ROI_table");
    await second.leave();

    await putRois(store, "FOV_ROI_table");
    const third = await page();
    make(third, moved);
    await third.leave();
    const fourth = await page();
    expect(await offered(fourth)).toMatchObject({ key: expect.stringMatching(/FOV_ROI_table$/) });
    discardDraft(fourth.session);
    await fourth.leave();
    expect((await offered(await page()))?.begun?.name).toBe("ROI_table");
  });

  test("goes ninety days after its table was opened last", async () => {
    const day = 24 * 60 * 60 * 1000;
    const at = (days: number) => () => new Date(days * day);
    services = { ...services, now: at(100) };
    const first = await page();
    make(first, moved);
    await first.leave();
    services = { ...services, now: at(180) };
    const second = await page();
    expect(await offered(second)).toBeDefined();
    await second.leave();
    services = { ...services, now: at(269) };
    const third = await page();
    expect((await offered(third))?.at).toBe(100 * day);
    await third.leave();
    services = { ...services, now: at(360) };
    expect(await offered(await page())).toBeUndefined();
  });

  test("that cannot be kept is told once, and keeps nothing from being edited", async () => {
    const put = (): Promise<void> => Promise.reject(new Error("No draft can be kept"));
    services = { ...services, drafts: { ...services.drafts, put } };
    const first = await page();
    make(first, moved);
    make(first, drawn);
    await first.leave();
    make(first, drawn);
    expect(messages(first.session)).toEqual(["No draft can be kept"]);
    expect(unsavedCount(first.session.rois.getState())).toBe(3);
  });
});
