/** Keeps drafts: of whatever table is open, after each step and off the step's own time. */
import { inSlices, othersTurn } from "../base/steps.ts";
import { packChanges } from "../roi/packed-changes.ts";
import { labelOf } from "../table/feature-table.ts";
import { type Begun, pageLock, tableKey } from "./draft.ts";
import { offerDraft } from "./draft-offer.ts";
import { notifyError } from "./notices.ts";
import type { RoiState } from "./rois.ts";
import type { Session } from "./session.ts";

/** How long a draft outlives the last time its table was opened, in milliseconds. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

interface Pending {
  readonly key: string;
  readonly state: RoiState;
  /** The draft that this state has taken up. */
  readonly restored: string | undefined;
}

/**
 * Keeps drafts of whatever table is open from now on.
 * @returns ends that; settles when the last draft is written
 */
export function keepDrafts(session: Session): () => Promise<void> {
  const { drafts: shelf, locked, now } = session.services;
  const page = crypto.getRandomValues(new Uint32Array(4)).join("-");
  let openings = 0;
  let holding: (() => void) | undefined;
  /** The latest state of each opening that is not written yet, by the draft's id. */
  const pending = new Map<string, Pending>();
  let target = { id: "", key: "" };
  let writing: Promise<void> | undefined;
  let failed = false;
  shelf
    .expire(now().getTime() - KEPT_MS)
    .catch((error: unknown) => notifyError(session.notices, error));

  /** As long as this page lives, no other is offered its drafts. */
  const hold = (): void => {
    if (holding) return;
    const ended = new Promise<void>((resolve) => {
      holding = resolve;
    });
    void locked([pageLock(page)], () => ended).catch(() => undefined);
  };

  const write = async (): Promise<void> => {
    for (const [id, { key, state, restored }] of pending) {
      pending.delete(id);
      try {
        const changes = await inSlices(packChanges(state.savedRois, state.document.rois));
        hold();
        const draft = { id, key, page, at: now().getTime(), changes, ...begunOf(state) };
        await (changes.length > 0 ? shelf.put(draft) : shelf.remove(id));
        if (restored !== undefined) {
          await shelf.remove(restored);
          session.drafts.setState((now) =>
            now.restored === restored ? { restored: undefined } : {},
          );
        }
        failed = false;
      } catch (error) {
        // Each step tries again; once is enough to be told.
        if (!failed) notifyError(session.notices, error);
        failed = true;
      }
    }
    writing = undefined;
  };

  const keep = (state: RoiState): void => {
    const { restored } = session.drafts.getState();
    pending.set(target.id, { key: target.key, state, restored });
    // In tasks of its own: packing very many edits must not add to the time that making them took.
    writing ??= othersTurn().then(write);
  };

  // What is still to be written may be of the very table that was opened.
  const offer = (): void => {
    void (writing ?? Promise.resolve()).then(() => offerDraft(session, page));
  };
  const unsubscribe = session.rois.subscribe((state, before) => {
    if (state.table?.path === before.table?.path) {
      // One that is merged with what is on disk goes on in its own draft.
      const isEdited =
        state.document.rois !== before.document.rois || state.savedRois !== before.savedRois;
      if (state.table && isEdited) keep(state);
      return;
    }
    const key = tableKey(session, state.table?.path) ?? "";
    // One that was renamed, or saved under another name, takes its draft along.
    if (isSameDocument(state, before)) {
      target = { ...target, key };
      keep(state);
    } else {
      session.drafts.setState({ offer: undefined, restored: undefined });
      target = { id: `${page}/${openings++}`, key };
      if (key !== "") offer();
    }
  });
  // Beside a table that opens: an image may have none, if what was drawn in it was never saved.
  const unsubscribeOpened = session.opened.subscribe(offer);

  return async () => {
    unsubscribe();
    unsubscribeOpened();
    await writing;
    holding?.();
  };
}

function isSameDocument(state: RoiState, before: RoiState): boolean {
  return !!state.table && !!before.table && state.document.rois === before.document.rois;
}

function begunOf({ onDisk, table, tableName, masking }: RoiState): { readonly begun?: Begun } {
  if (onDisk || !table || tableName === undefined) return {};
  return { begun: { name: tableName, region: masking ? labelOf(table) : undefined } };
}
