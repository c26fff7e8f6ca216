/** The ROI table that is open: its document, what is under the hand, and what is not saved yet. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { counted, grouped } from "../base/counted.ts";
import { PagedMap } from "../base/paged-map.ts";
import {
  closed,
  commit,
  openedDocument,
  type RoiDocument,
  redo as redone,
  select as selected,
  undo as undone,
} from "../editor/document.ts";
import type { Edit } from "../editor/edit.ts";
import { isDirty, type Mark } from "../editor/history.ts";
import type { Selection } from "../editor/selection.ts";
import type { Tool } from "../editor/tool-state.ts";
import { travelled } from "../editor/travel.ts";
import type { Box } from "../geometry/box.ts";
import { Between } from "../roi/between.ts";
import { type Changes, changeCount, changesOf } from "../roi/changes.ts";
import { type RoiDiff, type RoiId, type Rois, roiAt, roisOf } from "../roi/rois.ts";
import { firstProblemsSince, type Problem, type Rules } from "../roi/validate.ts";
import type { Table } from "../table/table.ts";
import { notify, withdraw } from "./notices.ts";
import { ALL_ROIS } from "./roi-list.ts";
import type { Session } from "./session.ts";
import type { StoredRois } from "./stored-rois.ts";

/** How far a save is, from 0 to 1. Until files are touched it can be stopped. */
export type Saving =
  | { readonly kind: "preparing"; readonly done: number; readonly stop: () => void }
  | { readonly kind: "writing"; readonly done: number };

/** Very many ROIs that are copied or made away from the page, and how far that is, from 0 to 1. */
export interface Making {
  readonly doing: "Copying" | "Duplicating" | "Making" | "Pasting" | "Restoring";
  readonly done: number;
  readonly stop: () => void;
  /** Settles when it is over, done or stopped. */
  readonly over: Promise<void>;
}

export interface RoiState {
  /** The image's tables, as its list names them. */
  readonly names: readonly string[];
  readonly tableName: string | undefined;
  readonly loading: boolean;
  /** The table as read when it was opened: the rows that ROI ids count. */
  readonly table: Table | undefined;
  /** The table as it is on disk now: as opened, or as last saved; undefined for a new one. */
  readonly onDisk: Table | undefined;
  readonly document: RoiDocument;
  /** The ROIs as they are on disk now. */
  readonly savedRois: Rois;
  /** What is wrong with ROIs, by ROI. */
  readonly problems: PagedMap<Problem>;
  /** The same of every state there was and may be again: to undo an edit of all ROIs is not to look at all of them. */
  readonly problemsIn: WeakMap<Rois["overlay"], PagedMap<Problem>>;
  /** In a masking table the name of an ROI is its label and cannot be changed. */
  readonly masking: boolean;
  /** The image's box, which ROIs should lie in. */
  readonly world: Box<"world"> | undefined;
  readonly tool: Tool;
  /** What was asked for where it cannot be: a copy as an ROI table is on offer. */
  readonly offersCopy: "draw" | "add" | undefined;
  /** Boxes under the hand: drawn, and not recorded. */
  readonly preview: RoiDiff | undefined;
  readonly hovered: RoiId | undefined;
  /** ROIs that are not drawn, and those that no hand, key or field changes: not saved, and gone with the table. */
  readonly hidden: ReadonlySet<RoiId>;
  readonly locked: ReadonlySet<RoiId>;
  /** The save that is under way. */
  readonly saving: Saving | undefined;
  readonly making: Making | undefined;
  /** Someone else has changed the table on disk since it was opened. */
  readonly changedOnDisk: boolean;
  /** The table as someone else has left it on disk; undefined where nobody has, or where it was not read. */
  readonly theirs: StoredRois | "gone" | undefined;
  readonly savedAt: Date | undefined;
  /** When the last edit was made, in milliseconds. */
  readonly editedAt: number;
}

const noRois = roisOf({ names: [], bounds: new Float64Array(0), labels: undefined });

const nothing: RoiState = {
  names: [],
  tableName: undefined,
  loading: false,
  table: undefined,
  onDisk: undefined,
  document: openedDocument(noRois),
  savedRois: noRois,
  problems: PagedMap.of(),
  problemsIn: new WeakMap(),
  masking: false,
  world: undefined,
  tool: "select",
  offersCopy: undefined,
  preview: undefined,
  hovered: undefined,
  hidden: new Set(),
  locked: new Set(),
  saving: undefined,
  making: undefined,
  changedOnDisk: false,
  theirs: undefined,
  savedAt: undefined,
  editedAt: 0,
};

export function createRoiState(): StoreApi<RoiState> {
  return createStore<RoiState>(() => nothing);
}

/** Puts another table in place of the one that is open, and takes back what was said about that. */
export function replaceRois(session: Session, opened: Partial<RoiState>): void {
  withdraw(session.notices, "table");
  session.rois.setState({ ...nothing, problemsIn: new WeakMap(), ...opened }, true);
  session.list.setState(ALL_ROIS);
}

export function leaveRois(session: Session): void {
  replaceRois(session, {});
}

/** After so long an edit is an act of its own, and merges into none before it; in milliseconds. */
const PAUSE = 1000;

/** Makes an edit one named step; undefined is an edit that changes nothing. */
export function edit(session: Session, made: Edit | undefined): void {
  const allowed = made && unlockedPart(session, made);
  if (allowed === undefined) return;
  const editedAt = session.services.now().getTime();
  const isNew = editedAt - session.rois.getState().editedAt > PAUSE;
  change(session, (document) => commit(isNew ? closed(document) : document, allowed), { editedAt });
}

/** Adds ROIs whose problems are known: to look at very many takes long. */
export function addChecked(session: Session, made: Edit, found: readonly Problem[]): void {
  const told = session.rois.getState().problems.with((draft) => {
    for (const problem of found) draft.set(problem.id, problem);
  });
  putChecked(session, made, told);
}

/**
 * Makes an edit one named step, of locked ROIs too: what is brought back was made before they were locked.
 * @param problems of all ROIs afterwards
 */
export function putChecked(session: Session, made: Edit, problems: PagedMap<Problem>): void {
  const { problemsIn } = session.rois.getState();
  if (made.diff instanceof Between) problemsIn.set(made.diff.after.overlay, problems);
  change(session, (document) => commit(document, made));
}

/** What an edit does to ROIs that are not locked; how many are, is told. */
function unlockedPart(session: Session, made: Edit): Edit | undefined {
  const { locked, document } = session.rois.getState();
  const kept = locked.size === 0 ? [] : [...made.diff.keys()].filter((id) => locked.has(id));
  const [first] = kept;
  if (first === undefined) return made;
  const name = roiAt(document.rois, first)?.name ?? "";
  const which =
    kept.length === 1
      ? `${name} is locked and stays`
      : `${grouped(kept.length)} ROIs are locked and stay`;
  notify(
    session.notices,
    "warning",
    `${which} as ${kept.length === 1 ? "it is" : "they are"}`,
    "table/locked",
  );
  const diff = new Map([...made.diff].filter(([id]) => !locked.has(id)));
  if (diff.size === 0) return undefined;
  const selection = new Set(
    [...made.selection, ...kept].filter((id) => diff.get(id)?.to ?? roiAt(document.rois, id)),
  );
  return { ...made, diff, selection };
}

/** Takes up the draw tool; on a masking table, whose rows belong to objects, offers a copy to draw in instead. */
export function takeDrawTool(session: Session): void {
  const { table, masking } = session.rois.getState();
  if (masking) session.rois.setState({ offersCopy: "draw" });
  else if (table) session.rois.setState({ tool: "draw" });
}

export function select(session: Session, selection: Selection): void {
  session.rois.setState(({ document }) => ({ document: selected(document, selection) }));
}

export function undo(session: Session): void {
  change(session, undone);
}

export function redo(session: Session): void {
  change(session, redone);
}

/** Goes back or forth to a place of the history. */
export function goToStep(session: Session, mark: Mark): void {
  change(session, (document) => travelled(document, mark));
}

/** Puts the document's next state in place; what the hand was showing belongs to the one before. */
function change(
  session: Session,
  next: (document: RoiDocument) => RoiDocument,
  more: Partial<RoiState> = {},
): void {
  session.rois.setState((state) => {
    const document = next(state.document);
    if (document.rois === state.document.rois) return { document };
    const { problems: before, problemsIn } = state;
    const both = { before: state.document.rois, after: document.rois };
    const known = problemsIn.get(both.after.overlay);
    const problems = known ?? firstProblemsSince(before, both, rulesOf(state));
    problemsIn.set(both.before.overlay, before).set(both.after.overlay, problems);
    return { ...more, document, preview: undefined, problems };
  });
}

/** What ROIs of the open table are held against. */
export function rulesOf({ masking, world }: Pick<RoiState, "masking" | "world">): Rules {
  return { type: masking ? "masking_roi_table" : "roi_table", ...(world ? { world } : {}) };
}

/** The name of the step that undo takes back; undefined where there is none. */
export function canUndo({ document }: RoiState): string | undefined {
  return document.history.done.at(-1)?.label;
}

export function canRedo({ document }: RoiState): string | undefined {
  return document.history.undone.at(-1)?.label;
}

/** What differs from the table on disk. */
export function changes({ savedRois, document }: RoiState): Changes {
  return changesOf(savedRois, document.rois);
}

/** How many ROIs differ from the table on disk. */
export function unsavedCount(state: RoiState): number {
  return isDirty(state.document.history) ? changeCount(state.savedRois, state.document.rois) : 0;
}

/** "3 changes not saved", "Saved 12:04", or nothing before the first change. */
export function saveText(state: RoiState): string {
  const count = unsavedCount(state);
  if (count > 0) return `${counted(count, "change")} not saved`;
  if (state.savedAt === undefined) return "";
  const [hours, minutes] = [state.savedAt.getHours(), state.savedAt.getMinutes()];
  return `Saved ${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
