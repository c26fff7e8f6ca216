/** Offers the drafts that were left behind by pages that are gone. */
import { isFault } from "../base/fault.ts";
import { type Draft, pageLock, tableKey } from "./draft.ts";
import { tablePath } from "./features.ts";
import { notifyError } from "./notices.ts";
import type { Session } from "./session.ts";
import { openPlace } from "./source.ts";

/**
 * Offers what was left of the table that is open, else of one of its image that was never saved; the newest first, and
 * nothing of another page that still lives.
 * @param page the page that asks, which is offered its own
 */
export async function offerDraft(session: Session, page: string): Promise<void> {
  const image = openPlace(session.opened.getState())?.image;
  const tables = tableKey(session, image && `${tablePath(image, "")}/`);
  if (tables === undefined) return;
  const openKey = (): string | undefined =>
    tableKey(session, session.rois.getState().table?.path) ?? tables;
  const key = openKey();
  try {
    const all = await session.services.drafts.under(tables);
    const found = [
      ...newestFirst(all.filter((draft) => draft.key === key)),
      ...newestFirst(all.filter((draft) => draft.begun && draft.key !== key)),
    ];
    for (const draft of found) {
      if (draft.page !== page && (await isAlive(session, draft.page))) continue;
      const { offer: first, decided } = session.drafts.getState();
      if (openKey() !== key || first) return;
      if (decided.has(draft.id)) continue;
      session.drafts.setState({ offer: draft });
      const { drafts, now } = session.services;
      // Where nothing can be written now, it just expires sooner.
      await drafts.put({ ...draft, seen: now().getTime() }).catch(() => undefined);
      return;
    }
  } catch (error) {
    notifyError(session.notices, error);
  }
}

function newestFirst(drafts: readonly Draft[]): readonly Draft[] {
  return [...drafts].sort((a, b) => b.at - a.at);
}

async function isAlive({ services }: Session, page: string): Promise<boolean> {
  try {
    await services.locked([pageLock(page)], async () => undefined);
    return false;
  } catch (error) {
    if (isFault(error, "conflict")) return true;
    throw error;
  }
}
