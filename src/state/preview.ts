/** What a task would make of one to three ROIs: computed, drawn and thrown away again; nothing of it is written. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import type { TaskId } from "../tasks/catalogue.ts";
import type { Unit } from "../tasks/plan.ts";
import type { MeasuredUnit } from "../tasks/plan-card.ts";
import type { UnitResult } from "../tasks/unit-result.ts";
import type { Session } from "./session.ts";

/** What became of one unit. */
export interface PreviewPart {
  readonly unit: Unit;
  /** Whether the ROI was too large to be tried whole. */
  readonly isPart: boolean;
  /** The voxels that the unit's box counts. */
  readonly grid: PixelGrid;
  /** Whether one plane stands for all that were read. */
  readonly isFlat: boolean;
  readonly outcome:
    | { readonly kind: "done"; readonly result: UnitResult }
    | { readonly kind: "failed"; readonly sentence: string };
}

export interface Preview {
  /** Whether it is asked for: then it is made anew whenever the recipe changes. */
  readonly isOn: boolean;
  /** Whether the image is shown as the task would leave it, or as it is. */
  readonly side: "after" | "before";
  readonly isBusy: boolean;
  readonly task: TaskId | undefined;
  /** In the order of the plan. What was found before stays until what takes its place is there. */
  readonly parts: readonly PreviewPart[];
  /** Why there is none. */
  readonly problem: string | undefined;
  /** From the question to the last answer. */
  readonly ms: number | undefined;
  /** How long units of the task took, whatever has become of the preview. */
  readonly measured: MeasuredUnit | undefined;
}

const noPreview: Preview = {
  isOn: false,
  side: "after",
  isBusy: false,
  task: undefined,
  parts: [],
  problem: undefined,
  ms: undefined,
  measured: undefined,
};

export function createPreview(): StoreApi<Preview> {
  return createStore<Preview>(() => noPreview);
}

/** Asks for a preview, or puts it away. */
export function switchPreview({ preview }: Session, isOn: boolean): void {
  const { task, measured } = preview.getState();
  preview.setState({ ...noPreview, task, measured, isOn }, true);
}

/** Shows the image as it is, or again as it would be. */
export function comparePreview({ preview }: Session): void {
  preview.setState(({ side }) => ({ side: side === "after" ? "before" : "after" }));
}
