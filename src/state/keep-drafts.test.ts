/** Drafts are kept after each step under the page that made it, and go when saved, undone, discarded or long left alone. */
import { beforeEach, describe, expect, test } from "vitest";
import { rename } from "../editor/commands.ts";
import { type DraftPage, DraftPages, drawn, make, moved, offered } from "../testing/draft-pages.ts";
import { messages } from "../testing/services.ts";
import { openBeside } from "./open.ts";
import { discardDraft, restoreDraft } from "./restore-draft.ts";
import { undo, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";

let pages: DraftPages;

beforeEach(async () => {
  pages = await DraftPages.open();
});

describe("a draft", () => {
  test("that was put back is kept under its new page alone", async () => {
    await pages.left(moved);
    const second = await pages.page();
    const draft = await offered(second);
    await restoreDraft(second.session);
    await second.leave();
    const kept = await pages.services.drafts.of(draft?.key ?? "");
    expect(kept).toHaveLength(1);
    expect(kept[0]?.page).not.toBe(draft?.page);
  });

  test("is gone once it is saved, undone or discarded", async () => {
    const ends: ((at: DraftPage) => unknown)[] = [
      ({ session }) => saveRois(session),
      ({ session }) => undo(session),
    ];
    for (const end of ends) {
      const first = await pages.page();
      make(first, moved);
      await end(first);
      await first.leave();
      const second = await pages.page();
      expect(await offered(second)).toBeUndefined();
      await second.leave();
    }
    await pages.left(moved);
    const fourth = await pages.page();
    await offered(fourth);
    discardDraft(fourth.session);
    await fourth.leave();
    expect(await offered(await pages.page())).toBeUndefined();
  });

  test("is on offer where its image is shown again, as the one beside did not open", async () => {
    const page = await pages.page();
    make(page, moved);
    await openBeside(page.session, "0_illum_corr");
    await expect.poll(() => page.session.drafts.getState().offer?.changes).toHaveLength(1);
    await restoreDraft(page.session);
    expect(unsavedCount(page.session.rois.getState())).toBe(1);
  });

  test("not yet decided on outlives other edits made meanwhile", async () => {
    await pages.left(moved);
    const second = await pages.page();
    const draft = await offered(second);
    make(second, (now) => rename(now, 1, "other"));
    await second.leave();
    const kept = await pages.services.drafts.of(draft?.key ?? "");
    expect(kept.map(({ id }) => id)).toContain(draft?.id);
    expect(kept).toHaveLength(2);
  });

  test("goes ninety days after its table was opened last", async () => {
    const day = 24 * 60 * 60 * 1000;
    const at = (days: number) => () => new Date(days * day);
    pages.services = { ...pages.services, now: at(100) };
    await pages.left(moved);
    pages.services = { ...pages.services, now: at(180) };
    const second = await pages.page();
    expect(await offered(second)).toBeDefined();
    await second.leave();
    pages.services = { ...pages.services, now: at(269) };
    const third = await pages.page();
    expect((await offered(third))?.at).toBe(100 * day);
    await third.leave();
    pages.services = { ...pages.services, now: at(360) };
    expect(await offered(await pages.page())).toBeUndefined();
  });

  test("that cannot be kept is told once, and keeps nothing from being edited", async () => {
    const put = (): Promise<void> => Promise.reject(new Error("No draft can be kept"));
    pages.services = { ...pages.services, drafts: { ...pages.services.drafts, put } };
    const first = await pages.page();
    make(first, moved);
    make(first, drawn);
    await first.leave();
    make(first, drawn);
    expect(messages(first.session)).toEqual(["No draft can be kept"]);
    expect(unsavedCount(first.session.rois.getState())).toBe(3);
  });
});
