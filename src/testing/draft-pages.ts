/** Pages that come and go over one small image, its tables and what one browser keeps of them: for tests of drafts. */
import { addRoi, moveBy, newRoi } from "../editor/commands.ts";
import type { Edit } from "../editor/edit.ts";
import type { Zyx } from "../geometry/box.ts";
import { idsOf, type Roi, type Rois, roiAt } from "../roi/rois.ts";
import type { Draft } from "../state/draft.ts";
import { keepDrafts } from "../state/keep-drafts.ts";
import { openSource } from "../state/open.ts";
import { edit } from "../state/rois.ts";
import type { Services } from "../state/services.ts";
import { createSession, type Session } from "../state/session.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { flatBox } from "./roi-builder.ts";
import { sourceOver, testServices } from "./services.ts";
import { putRois, smallImage } from "./tables.ts";

export class DraftPages {
  store: MemoryStore = new MemoryStore();
  services: Services = testServices();

  /** With FOV_ROI_table. */
  static async open(): Promise<DraftPages> {
    const pages = new DraftPages();
    await smallImage(pages.store);
    await putRois(pages.store, "FOV_ROI_table");
    return pages;
  }

  async page(): Promise<DraftPage> {
    const session = createSession(this.services);
    const leave = keepDrafts(session);
    await openSource(session, sourceOver(this.store, this.services));
    return { session, leave };
  }

  /** A page came, did this, and went without saving. */
  async left(...edits: Edits[]): Promise<void> {
    const page = await this.page();
    for (const one of edits) make(page, one);
    await page.leave();
  }
}

export interface DraftPage {
  readonly session: Session;
  /** The page goes, saved or not: what a crash does, once what was written is written. */
  readonly leave: () => Promise<void>;
}

type Edits = (now: Rois) => Edit | undefined;

export function make(at: DraftPage, edits: Edits): void {
  edit(at.session, edits(roisOf(at)));
}

export function roisOf({ session }: DraftPage): Rois {
  return session.rois.getState().document.rois;
}

export function listed(at: DraftPage): readonly (Roi | undefined)[] {
  return idsOf(roisOf(at)).map((id) => roiAt(roisOf(at), id));
}

/** What a page that was opened comes to be offered. */
export async function offered({ session }: DraftPage): Promise<Draft | undefined> {
  for (let turn = 0; turn < 20 && !session.drafts.getState().offer; turn++) await undefined;
  return session.drafts.getState().offer;
}

/** Moves the first ROI, by voxels. */
export function moved(now: Rois, by: Zyx = [0, 0, 5]): Edit | undefined {
  return moveBy(now, new Set([0]), by, { shape: [1, 100, 100], scale: [1, 1, 1] });
}

/** Draws one more ROI. */
export function drawn(now: Rois): Edit {
  return addRoi(now, newRoi(now, flatBox([40, 40, 50, 50])));
}
