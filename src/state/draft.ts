/**
 * Drafts: what is edited and not saved is kept in the browser after each step, and offered when the table is opened
 * again, or its image where the table was never saved. It is never put back unasked, and goes once it is saved or undone.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isFault } from "../base/fault.ts";
import { inSlices, othersTurn } from "../base/steps.ts";
import { type PackedChanges, packChanges } from "../roi/packed-changes.ts";
import { labelOf } from "../table/feature-table.ts";
import { tablePath } from "./features.ts";
import { restoreMany } from "./many-rois.ts";
import { startFound } from "./new-table.ts";
import { notifyError } from "./notices.ts";
import type { RoiState } from "./rois.ts";
import type { Session } from "./session.ts";
import { journalName, openPlace } from "./source.ts";

export interface Draft {
  readonly id: string;
  /** The source and the table's path in it. */
  readonly key: string;
  /** The page that made it; while that one lives, the draft is nobody else's. */
  readonly page: string;
  /** Milliseconds since 1970 of the last step. */
  readonly at: number;
  /** Of the last time it was offered; absent where it never was. */
  readonly seen?: number;
  /** Against the table as it was on disk, or against none. */
  readonly changes: PackedChanges;
  /** What a table that was never saved is begun anew with; absent where it is on disk. */
  readonly begun?: Begun;
}

interface Begun {
  readonly name: string;
  /** The label of a masking table. */
  readonly region: string | undefined;
}

/** Where drafts are kept: IndexedDB in a browser. */
export interface DraftShelf {
  /** The drafts of one table, in no order. */
  of(key: string): Promise<readonly Draft[]>;
  /** The drafts of all tables whose key begins so, in no order. */
  under(prefix: string): Promise<readonly Draft[]>;
  put(draft: Draft): Promise<void>;
  remove(id: string): Promise<void>;
  /** Drops the drafts of tables that were opened last before a time in milliseconds since 1970. */
  expire(before: number): Promise<void>;
}

export interface DraftState {
  /** What was edited when the page was last left without saving. */
  readonly offer: Draft | undefined;
  /** Put back or thrown away by this page, or about to be: what was found on the shelf before that is offered no more. */
  readonly decided: ReadonlySet<string>;
  /** Restored, and kept until the edits it became are kept themselves. */
  readonly restored: string | undefined;
}

export function createDrafts(): StoreApi<DraftState> {
  return createStore<DraftState>(() => ({
    offer: undefined,
    decided: new Set(),
    restored: undefined,
  }));
}

/** How long a draft outlives the last time its table was opened, in milliseconds. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** When a draft was last made or offered, in milliseconds since 1970: what expires goes by it. */
export function lastSeen({ at, seen }: Draft): number {
  return Math.max(at, seen ?? at);
}

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
  const unsubscribe = session.rois.subscribe((state, before) => {
    const key = tableKey(session, state.table?.path) ?? "";
    const isMoved = state.table?.path !== before.table?.path;
    // One that was renamed, or saved under another name, takes its draft along.
    if (isMoved && isSameDocument(state, before)) {
      target = { ...target, key };
      keep(state);
      // A table merged with what is on disk goes on in its own draft.
    } else if (isMoved) {
      session.drafts.setState({ offer: undefined, restored: undefined });
      target = { id: `${page}/${openings++}`, key };
      // What is still to be written may be of this very table.
      if (key !== "") void (writing ?? Promise.resolve()).then(() => offer(session, page));
    } else if (
      state.table &&
      (state.document.rois !== before.document.rois || state.savedRois !== before.savedRois)
    )
      keep(state);
  });

  // Beside a table that opens: an image may have none, if what was drawn in it was never saved.
  const unsubscribeOpened = session.opened.subscribe(
    () => void (writing ?? Promise.resolve()).then(() => offer(session, page)),
  );

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

/** Looks for what was left of the table that is open, else of one of its image that was never saved; the newest first. */
async function offer(session: Session, page: string): Promise<void> {
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

function pageLock(page: string): string {
  return `draft:${page}`;
}

/** What the table at a path of the open source is called among all tables; undefined where nothing is open. */
export function tableKey(session: Session, path: string | undefined): string | undefined {
  const opened = session.opened.getState();
  if (opened.kind !== "open" || path === undefined) return undefined;
  return `${journalName(opened.place.source.origin)} ${path}`;
}

/** The drafts of a table that gets another name go along, whichever page made them. */
export async function carryDrafts(session: Session, from: string, to: string): Promise<void> {
  const { drafts } = session.services;
  const [before, key] = [tableKey(session, from), tableKey(session, to)];
  if (before === undefined || key === undefined) return;
  try {
    for (const draft of await drafts.of(before)) await drafts.put({ ...draft, key });
  } catch (error) {
    notifyError(session.notices, error);
  }
}

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
