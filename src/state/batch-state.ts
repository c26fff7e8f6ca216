/** A recipe that is run over wells of a plate: what is kept of it, and what the page knows. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Recipe } from "../tasks/recipe.ts";
import type { Counts } from "../tasks/run-sentence.ts";
import type { RoiProgress } from "./roi-progress.ts";
import type { Place, Source } from "./source.ts";

/** One well's image. Plain data: kept. */
export interface WellRun {
  /** Inside the plate: "B/03". */
  readonly well: string;
  /** "B03". */
  readonly name: string;
  /** Inside the store: "B/03/0". */
  readonly image: string;
  /** Skipped: it lacks what the recipe needs. Taken: it has what would be made already. */
  readonly state: "waiting" | "running" | "done" | "failed" | "skipped" | "taken";
  /** A sentence; "" where there is nothing to say. */
  readonly why: string;
  /** Whether what is there already may be replaced. */
  readonly replace: boolean;
  readonly counts?: Counts;
  /** ROIs that failed in a well that is done. */
  readonly failures?: readonly Pick<RoiProgress, "id" | "name" | "note">[];
}

/** Plain data: kept as one file. */
export interface Batch {
  readonly batch: 1;
  readonly id: string;
  /** Without ROIs: each image's own are taken from the table of the same name. */
  readonly recipe: Recipe;
  /** Whether there is nothing left to go on with: it came to its end, or was cancelled. */
  readonly isEnded: boolean;
  /** In the order in which they are done. */
  readonly wells: readonly WellRun[];
}

/** The ROIs of wells that were seen at work since the page was opened, by the well's path. */
export type RoisByWell = ReadonlyMap<string, readonly RoiProgress[]>;

export type BatchStatus =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly batch: Batch;
      readonly rois: RoisByWell;
      /** Takes back the well under way and leaves the others as they are. */
      readonly cancel: () => void;
      /** Absent where there is no private file system to keep the runs in. */
      readonly pause: (() => void) | undefined;
    }
  | {
      readonly kind: "paused";
      readonly batch: Batch;
      readonly rois: RoisByWell;
      readonly why: string;
    }
  | {
      readonly kind: "ended";
      readonly batch: Batch;
      readonly rois: RoisByWell;
      readonly sentence: string;
    }
  | { readonly kind: "undoing"; readonly done: number; readonly total: number };

export interface BatchState {
  readonly status: BatchStatus;
  /** What the wells lie in. */
  readonly plate: { readonly source: Source; readonly path: string } | undefined;
  readonly canUndo: boolean;
}

export const noBatch: BatchState = { status: { kind: "idle" }, plate: undefined, canUndo: false };

export function createBatchState(): StoreApi<BatchState> {
  return createStore<BatchState>(() => noBatch);
}

/** The run of a well, told from all others that its image's folder may hold. */
export function runIdOf({ id }: Batch, { well }: Pick<WellRun, "well">): string {
  return `${id} ${well}`;
}

/** Puts a well's new state in its place. */
export function withWell(batch: Batch, changed: WellRun): Batch {
  return {
    ...batch,
    wells: batch.wells.map((one) => (one.well === changed.well ? changed : one)),
  };
}

/** Whether the image is being written by a batch: then its folder holds a run that is under way, not one to go on with. */
export function isAtWork(batch: StoreApi<BatchState>, { source, image }: Place): boolean {
  const { status, plate } = batch.getState();
  if (status.kind !== "running" || plate?.source !== source) return false;
  return status.batch.wells.some((well) => well.state === "running" && well.image === image?.path);
}

/** Ends what is under way where a plate is left: it can go on later, where there is a private file system to keep it in. */
export function leaveBatch(batch: StoreApi<BatchState>): void {
  const { status } = batch.getState();
  if (status.kind === "running") (status.pause ?? status.cancel)();
  batch.setState(noBatch, true);
}
