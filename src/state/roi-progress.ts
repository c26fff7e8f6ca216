/** How far the ROIs of a run are, by its news. */
import type { RoiId } from "../roi/rois.ts";
import type { RunEvent } from "../tasks/events.ts";
import type { Makes } from "../tasks/makes.ts";
import type { Plan } from "../tasks/plan.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";
import type { RoiReport, Summary } from "../tasks/summary.ts";

export interface RoiProgress {
  readonly id: RoiId;
  readonly name: string;
  readonly state: "waiting" | "computing" | "done" | "failed";
  /** What was found, or why nothing was. */
  readonly note: string;
}

export function waitingRois(rois: readonly RecipeRoi[]): readonly RoiProgress[] {
  return rois.map(({ id, name }) => ({ id, name, state: "waiting", note: "" }));
}

/** Nothing is being computed any more. */
export function atRest(rois: readonly RoiProgress[]): readonly RoiProgress[] {
  return rois.map((roi) => (roi.state === "computing" ? { ...roi, state: "waiting" } : roi));
}

/** What became of the ROIs of a run so far; those that nothing is told of wait. */
export function roisIn(
  { rois }: Pick<Summary, "rois">,
  recipe: readonly RecipeRoi[],
  makes: Makes,
): readonly RoiProgress[] {
  const reports = new Map<RoiId, RoiReport[]>();
  for (const report of rois) reports.set(report.id, [...(reports.get(report.id) ?? []), report]);
  return waitingRois(recipe).map((roi) => {
    const ofRoi = reports.get(roi.id);
    return ofRoi ? { ...roi, ...outcomeOf(ofRoi, makes) } : roi;
  });
}

/** An ROI has failed where one of its channels or time points has. */
function outcomeOf(
  reports: readonly RoiReport[],
  makes: Makes,
): Pick<RoiProgress, "state" | "note"> {
  let objects = 0;
  for (const report of reports) {
    if (report.kind === "failed") return { state: "failed", note: report.fault.message };
    if (report.kind === "skipped") return { state: "failed", note: report.why };
    objects += report.objects;
  }
  return { state: "done", note: noteOf(makes, objects) };
}

function noteOf({ array }: Makes, objects: number): string {
  if (array === undefined) return `${objects} measured`;
  return array.kind === "label" ? `${objects} found` : "";
}

/** Takes the news of one run; each change is a new list. */
export class RoiFollower {
  rois: readonly RoiProgress[];
  readonly #makes: Makes;
  /** The place of each ROI in the list. */
  readonly #places: ReadonlyMap<RoiId, number>;
  /** Units to come, and objects so far, of each ROI. */
  readonly #left = new Map<RoiId, number>();
  readonly #objects = new Map<RoiId, number>();

  /** @param rois what is known of them before the first news */
  constructor(rois: readonly RoiProgress[], makes: Makes) {
    this.rois = rois;
    this.#makes = makes;
    this.#places = new Map(rois.map(({ id }, i) => [id, i]));
  }

  take(event: RunEvent): void {
    switch (event.kind) {
      case "planned":
        this.#begin(event.plan);
        break;
      case "started":
        if (this.#stateOf(event.roi.id) === "waiting") this.#mark(event.roi.id, "computing", "");
        break;
      case "retired":
        this.#retire(event.roi.id, event.count);
        break;
      case "failed":
        this.#mark(event.roi.id, "failed", event.fault.message);
        break;
      case "stored":
      case "done":
        break;
    }
  }

  #begin({ units, skipped }: Plan): void {
    for (const { roi, why } of skipped) this.#mark(roi.id, "failed", why);
    for (const { roi } of units) this.#left.set(roi.id, (this.#left.get(roi.id) ?? 0) + 1);
  }

  #retire(id: RoiId, count: number): void {
    const left = (this.#left.get(id) ?? 1) - 1;
    const objects = (this.#objects.get(id) ?? 0) + count;
    this.#left.set(id, left);
    this.#objects.set(id, objects);
    if (left <= 0 && this.#stateOf(id) !== "failed")
      this.#mark(id, "done", noteOf(this.#makes, objects));
  }

  #stateOf(id: RoiId): RoiProgress["state"] | undefined {
    return this.rois[this.#places.get(id) ?? -1]?.state;
  }

  #mark(id: RoiId, state: RoiProgress["state"], note: string): void {
    const at = this.#places.get(id) ?? -1;
    const roi = this.rois[at];
    if (roi) this.rois = this.rois.with(at, { ...roi, state, note });
  }
}
