/** A draft is offered to whoever opens its table once its page is gone, and put back whole only when asked. */
import { beforeEach, describe, expect, test } from "vitest";
import { addRois } from "../editor/add-rois.ts";
import { remove } from "../editor/commands.ts";
import { nameAt, roiAt } from "../roi/rois.ts";
import { DraftPages, drawn, listed, make, moved, offered, roisOf } from "../testing/draft-pages.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages } from "../testing/services.ts";
import { startTable } from "./new-table.ts";
import { openTable } from "./open-table.ts";
import { restoreDraft } from "./restore-draft.ts";
import { undo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";

let pages: DraftPages;

beforeEach(async () => {
  pages = await DraftPages.open();
});

describe("a draft", () => {
  test("of a page that is gone is offered, and put back as one step that can be undone", async () => {
    const first = await pages.page();
    make(first, moved);
    make(first, drawn);
    make(first, (now) => remove(now, new Set([1])));
    const before = listed(first);
    await first.leave();

    const second = await pages.page();
    expect((await offered(second))?.changes).toHaveLength(3);
    expect(unsavedCount(second.session.rois.getState())).toBe(0);
    await restoreDraft(second.session);
    expect(listed(second)).toEqual(before);
    undo(second.session);
    expect(listed(second).map((roi) => roi?.name)).toEqual(["FOV_1", "FOV_2"]);
    await second.leave();
  });

  test("is put back whole, whatever was locked meanwhile, which stays locked", async () => {
    const first = await pages.page();
    make(first, moved);
    make(first, (now) => remove(now, new Set([1])));
    const before = listed(first);
    await first.leave();
    const second = await pages.page();
    await offered(second);
    second.session.rois.setState({ locked: new Set([0, 1]) });
    await restoreDraft(second.session);
    expect(listed(second)).toEqual(before);
    expect(second.session.rois.getState().locked.has(0)).toBe(true);
    await second.leave();
    expect((await offered(await pages.page()))?.changes).toHaveLength(2);
  });

  test("of a page that is still open is not offered to another", async () => {
    const first = await pages.page();
    make(first, moved);
    const second = await pages.page();
    expect(await offered(second)).toBeUndefined();
    await first.leave();
    await openTable(second.session, "FOV_ROI_table");
    expect(await offered(second)).toBeDefined();
  });

  test("says so where the table has changed on disk since", async () => {
    await pages.left(moved);
    const other = await pages.page();
    make(other, (now) => moved(now, [0, 9, 0]));
    await saveRois(other.session);
    await other.leave();
    const second = await pages.page();
    await offered(second);
    await restoreDraft(second.session);
    expect(roiAt(roisOf(second), 0)?.box).toEqual(flatBox([5, 0, 15, 10]));
    expect(messages(second.session).at(-1)).toMatch(/^One ROI has changed since the draft/);
  });

  test("of very many new ROIs is put back whole, with what is wrong with them", async () => {
    const first = await pages.page();
    const many = Array.from({ length: 2000 }, (_, i) => ({
      name: `far_${i}`,
      box: flatBox(i === 7 ? [500, 500, 510, 510] : [1, 1, 2, 2]),
    }));
    make(first, (now) => addRois(now, many, "Add"));
    const { problems } = first.session.rois.getState();
    await first.leave();
    const second = await pages.page();
    await offered(second);
    await restoreDraft(second.session);
    const state = second.session.rois.getState();
    expect(unsavedCount(state)).toBe(many.length);
    expect(nameAt(roisOf(second), 2 + 1999)).toBe("far_1999");
    expect(state.document.selection.size).toBe(many.length);
    expect(state.problems).toEqual(problems);
    expect([...problems.keys()]).toEqual([9]);
  });

  test("is in a save that is asked for while it is put back", async () => {
    await pages.left(moved);
    const second = await pages.page();
    await offered(second);
    const restored = restoreDraft(second.session);
    await saveRois(second.session);
    expect(messages(second.session)).toEqual(["Saved FOV_ROI_table: 1 moved or resized"]);
    expect(unsavedCount(second.session.rois.getState())).toBe(0);
    await restored;
    await second.leave();
    expect(await offered(await pages.page())).toBeUndefined();
  });

  test("whose putting back is stopped is on offer again, and nothing is changed", async () => {
    await pages.left(moved);
    const second = await pages.page();
    const draft = await offered(second);
    const before = roisOf(second);
    const restored = restoreDraft(second.session);
    expect(second.session.drafts.getState().offer).toBeUndefined();
    second.session.rois.getState().making?.stop();
    await expect(restored).rejects.toMatchObject({ tag: "aborted" });
    expect(second.session.drafts.getState().offer).toBe(draft);
    expect(roisOf(second)).toBe(before);
  });

  test("that was found before it was put back, is not offered after that", async () => {
    const first = await pages.page();
    startTable(first.session);
    make(first, drawn);
    await first.leave();
    const { under } = pages.services.drafts;
    let pass = (): void => undefined;
    let gate: Promise<void> = Promise.resolve();
    const late: typeof under = async (prefix) => {
      const [found, passed] = [await under(prefix), gate];
      await passed;
      return found;
    };
    pages.services = { ...pages.services, drafts: { ...pages.services.drafts, under: late } };
    const second = await pages.page();
    const draft = await offered(second);
    gate = new Promise((resolve) => {
      pass = resolve;
    });
    await restoreDraft(second.session);
    await expect.poll(() => pages.services.drafts.of(draft?.key ?? "")).not.toContainEqual(draft);
    await expect.poll(() => second.session.drafts.getState().restored).toBeUndefined();
    pass();
    expect(await offered(second)).toBeUndefined();
    await second.leave();
    expect(await pages.services.drafts.of(draft?.key ?? "")).toHaveLength(1);
  });
});
