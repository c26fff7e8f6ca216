/** The steps that led to the document, as a value: one gesture, one named step that can be taken back and redone. */
import { PagedMap } from "../base/paged-map.ts";
import { Between } from "../roi/between.ts";
import { type RoiDiff, sameRoi } from "../roi/rois.ts";
import { type Selection, sameSelection } from "./selection.ts";

export interface Step {
  /** Given once, also to a merged step, so that a place in the history is never mistaken for another. */
  readonly id: number;
  readonly label: string;
  readonly diff: RoiDiff;
  readonly before: Selection;
  readonly after: Selection;
  readonly key: string | undefined;
}

/** A place in the history: the id of the last step done there. */
export type Mark = number;

export interface History {
  readonly done: readonly Step[];
  /** The next to redo last. */
  readonly undone: readonly Step[];
  /** The place before the first step that is still known. */
  readonly floor: Mark;
  readonly nextId: number;
  /** Where the document was when it was last written. */
  readonly saved: Mark;
  /** Whether the next step may merge into the last one; any input in between closes it. */
  readonly open: boolean;
}

/** Steps are forgotten, oldest first, once the history holds more ROI changes than this (about 200 MB at worst). */
const MAX_CHANGES = 1_000_000;

export const NO_HISTORY: History = {
  done: [],
  undone: [],
  floor: 0,
  nextId: 1,
  saved: 0,
  open: false,
};

/** What a save marks as written: the newest step that is done. */
export function markOf(history: History): Mark {
  return history.done.at(-1)?.id ?? history.floor;
}

/** Whether the document differs from what was last written; undoing past a save makes it differ again. */
export function isDirty(history: History): boolean {
  return markOf(history) !== history.saved;
}

/** The history after a step; what could be redone is forgotten. */
export function recorded(history: History, step: Omit<Step, "id">): History {
  const last = history.done.at(-1);
  const merges =
    history.open &&
    step.key !== undefined &&
    last?.key === step.key &&
    history.undone.length === 0 &&
    sameSelection(last.after, step.after);
  const merged = merges ? mergedDiff(last.diff, step.diff) : step.diff;
  const kept = merges ? history.done.slice(0, -1) : history.done;
  const whole = { ...step, diff: merged, before: merges ? last.before : step.before };
  const done = merged.size === 0 ? kept : [...kept, { ...whole, id: history.nextId }];
  return trimmed({ ...history, done, undone: [], nextId: history.nextId + 1, open: true });
}

/** Takes the last step back; undefined where there is none. */
export function undone(history: History): { history: History; step: Step } | undefined {
  const step = history.done.at(-1);
  if (step === undefined) return undefined;
  const done = history.done.slice(0, -1);
  return { history: { ...history, done, undone: [...history.undone, step], open: false }, step };
}

/** Does the step taken back last again; undefined where there is none. */
export function redone(history: History): { history: History; step: Step } | undefined {
  const step = history.undone.at(-1);
  if (step === undefined) return undefined;
  const rest = history.undone.slice(0, -1);
  return {
    history: { ...history, done: [...history.done, step], undone: rest, open: false },
    step,
  };
}

/** From the first change's start to the second's end, without ROIs that are back where they began. */
function mergedDiff(first: RoiDiff, second: RoiDiff): RoiDiff {
  if (first instanceof Between && second instanceof Between && follows(first, second))
    return new Between(first.before, second.after);
  return PagedMap.of(first).with((draft) =>
    second.forEach(({ from, to }, id) => {
      const start = first.has(id) ? first.get(id)?.from : from;
      if (sameRoi(start, to)) draft.delete(id);
      else draft.set(id, { from: start, to });
    }),
  );
}

function follows(first: Between, second: Between): boolean {
  const { base, overlay } = second.before;
  return first.after.base === base && first.after.overlay === overlay;
}

function trimmed(history: History): History {
  let changes = 0;
  let keep = history.done.length;
  for (const step of history.done.toReversed()) {
    changes += step.diff.size;
    if (changes > MAX_CHANGES && keep < history.done.length) break;
    keep--;
  }
  if (keep === 0) return history;
  const floor = history.done[keep - 1]?.id ?? history.floor;
  return { ...history, done: history.done.slice(keep), floor };
}
