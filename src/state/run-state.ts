/** What the page knows of the run on the open image. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Multiscale } from "../ome/multiscale.ts";
import type { Recipe } from "../tasks/recipe.ts";
import type { LiveChunks } from "../zarr/live-chunks.ts";
import type { RoiProgress } from "./roi-progress.ts";

export type RunStatus =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly rois: readonly RoiProgress[];
      readonly cancel: () => void;
      /** Absent where there is no private file system to keep the run in. */
      readonly pause: (() => void) | undefined;
    }
  /** It can go on: it was paused, the page was closed, or a store failed that may be mended. */
  | {
      readonly kind: "paused";
      readonly rois: readonly RoiProgress[];
      readonly outputName: string;
      readonly why: string;
    }
  /** The name is taken: the user says whether what is there may be lost. */
  | {
      readonly kind: "taken";
      readonly recipe: Recipe;
      readonly sentence: string;
      /** A name that is not; undefined where no other name would help. */
      readonly free: string | undefined;
    }
  | {
      readonly kind: "done";
      readonly rois: readonly RoiProgress[];
      readonly sentence: string;
      /** The name of what was made. */
      readonly output: string;
      /** A new image that was made, which can be opened. */
      readonly image: MadeImage | undefined;
    }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly sentence: string };

/** Another image of the same well. */
export interface MadeImage {
  readonly name: string;
  /** Inside the store. */
  readonly path: string;
}

/** A label that is being made, drawn from memory. */
export interface LiveLabel {
  readonly name: string;
  readonly multiscale: Multiscale;
  readonly chunks: LiveChunks;
}

export interface RunState {
  readonly status: RunStatus;
  readonly live: LiveLabel | undefined;
  /** What the last run on this image made, as long as it can be taken back. */
  readonly undoable: string | undefined;
}

export const noRun: RunState = { status: { kind: "idle" }, live: undefined, undoable: undefined };

export function createRunState(): StoreApi<RunState> {
  return createStore<RunState>(() => noRun);
}

/** Ends the run of the image that is being left. */
export function leaveRun(run: StoreApi<RunState>): void {
  const { status } = run.getState();
  if (status.kind === "running") status.cancel();
  run.setState(noRun);
}
