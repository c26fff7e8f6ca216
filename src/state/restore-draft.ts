/** Puts the draft on offer back, or throws it away, as the user says. */
import { type Draft, tableKey } from "./draft.ts";
import { restoreMany } from "./many-rois.ts";
import { startFound } from "./new-table.ts";
import { notifyError } from "./notices.ts";
import type { Session } from "./session.ts";

/**
 * Puts the draft on offer back, as one step that can be undone; a table that was never saved is begun anew in place of
 * the one that is open, whose unsaved changes are the caller's to ask about.
 * @throws Fault "aborted" once stopped; the draft is on offer again then
 */
export async function restoreDraft(session: Session): Promise<void> {
  const { offer: draft } = session.drafts.getState();
  if (!draft) return;
  decide(session, draft, true);
  let isPut = false;
  try {
    const { begun } = draft;
    if (begun && !isOfOpenTable(session, draft)) startFound(session, begun.name, [], begun.region);
    await restoreMany(session, draft.changes, (count) => {
      isPut = true;
      if (count > 0) session.drafts.setState({ restored: draft.id });
      else discard(session, draft);
    });
  } finally {
    if (!isPut) {
      const { offer, restored } = session.drafts.getState();
      const isHere = draft.begun !== undefined || isOfOpenTable(session, draft);
      const again = offer ?? (isHere && !restored ? draft : undefined);
      decide(session, draft, false);
      session.drafts.setState({ offer: again });
    }
  }
}

/** Whether a draft is of the table that is open, not of one that is to be begun anew. */
export function isOfOpenTable(session: Session, { key }: Draft): boolean {
  return tableKey(session, session.rois.getState().table?.path) === key;
}

/** Throws the draft on offer away. */
export function discardDraft(session: Session): void {
  const { offer: draft } = session.drafts.getState();
  if (!draft) return;
  decide(session, draft, true);
  discard(session, draft);
}

function decide({ drafts }: Session, { id }: Draft, isDecided: boolean): void {
  const decided = new Set(drafts.getState().decided);
  if (isDecided) decided.add(id);
  else decided.delete(id);
  drafts.setState({ offer: undefined, decided });
}

function discard({ services, notices }: Session, { id }: Draft): void {
  services.drafts.remove(id).catch((error: unknown) => notifyError(notices, error));
}
