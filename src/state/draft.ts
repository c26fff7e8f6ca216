/**
 * A draft: what is edited and not saved, kept in the browser after each step. It is offered when its table is opened again,
 * or its image where the table was never saved, never put back unasked, and goes once it is saved or undone.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PackedChanges } from "../roi/packed-changes.ts";
import { notifyError } from "./notices.ts";
import type { Session } from "./session.ts";
import { journalName } from "./source.ts";

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

/** What begins a table that was never saved. */
export interface Begun {
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

/** When a draft was last made or offered, in milliseconds since 1970: what expires goes by it. */
export function lastSeen({ at, seen }: Draft): number {
  return Math.max(at, seen ?? at);
}

/** What a page locks for as long as it lives, so that no other is offered its drafts. */
export function pageLock(page: string): string {
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
