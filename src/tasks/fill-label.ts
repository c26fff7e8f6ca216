/** Fills a label's levels: results are committed in ROI order and every chunk is stored once. */
import { type FaultData, faultFromData } from "../base/fault.ts";
import { zyxOf } from "../ome/axes.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import { PyramidWriter } from "../ome/pyramid-writer.ts";
import type { Options } from "../zarr/store.ts";
import { OrderedCommit } from "./commit.ts";
import { computeAhead } from "./compute-ahead.ts";
import type { RunEvent } from "./events.ts";
import type { Executor } from "./executor.ts";
import { chunkId, type Plan } from "./plan.ts";
import type { Recipe, RecipeRoi } from "./recipe.ts";
import type { RoiReport, Summary } from "./summary.ts";

export interface FillSpec {
  /** New: its voxels are all 0. */
  readonly label: Multiscale;
  readonly plan: Plan;
  readonly recipe: Recipe;
  readonly executor: Executor;
  readonly onEvent: (event: RunEvent) => void;
}

export type Filled = Pick<Summary, "objects" | "rois" | "chunks" | "mostWrites">;

/**
 * Computes the plan's units and writes them to all levels of the label. When it rejects, nothing is being computed any
 * more, but chunks may still be on their way to the store: shut it (`StoreFence`).
 * @throws Fault "aborted"; what storing throws; where every ROI failed, the first one's.
 */
export async function fillLabel(spec: FillSpec, options: Options = {}): Promise<Filled> {
  const { label, plan, recipe, executor, onEvent } = spec;
  const writer = pyramidOf(spec);
  const commit = new OrderedCommit({
    axes: label.axes,
    t: recipe.t,
    chunk: plan.chunk,
    shape: label.levels[0].grid.shape,
    sink: writer,
  });
  const reports = new Map<RecipeRoi, RoiReport>();
  for (const { roi, why } of plan.skipped)
    reports.set(roi, { ...named(roi), kind: "skipped", why });
  const onStart = ({ roi }: { readonly roi: RecipeRoi }) => onEvent({ kind: "started", roi });
  for await (const outcome of computeAhead(plan.units, executor, onStart, options)) {
    const { unit } = outcome;
    const { roi } = unit;
    if (outcome.kind === "failed") {
      const { fault } = outcome;
      await commit.release(unit, options);
      reports.set(roi, { ...named(roi), kind: "failed", fault });
      onEvent({ kind: "failed", roi, fault });
    } else {
      const { result, ms } = outcome;
      const { count: objects, threshold } = result;
      const patch = await commit.retire(unit, result, options);
      reports.set(roi, { ...named(roi), kind: "done", objects, threshold, ms });
      onEvent({ kind: "retired", roi, patch, count: objects });
    }
  }
  await writer.finish();
  const rois = recipe.rois.flatMap((roi) => reports.get(roi) ?? []);
  const fault = faultIfAllFailed(rois);
  if (fault) throw faultFromData(fault);
  return {
    objects: commit.objects,
    rois,
    chunks: writer.writes.map(({ size }) => size),
    mostWrites: largest(writer.writes.flatMap((level) => [...level.values()])),
  };
}

function pyramidOf({ label, plan, onEvent }: FillSpec): PyramidWriter {
  const { axes } = label;
  const [finest, ...coarser] = label.levels;
  return new PyramidWriter({
    arrays: [finest.array, ...coarser.map(({ array }) => array)],
    // Asked only of chunks at the time point that is written.
    touches: (coords) => plan.touches.get(chunkId(zyxOf(axes, coords, 0))) ?? 0,
    merge: "overwrite",
    existing: "fill",
    sample: "nearest",
    onStored: (level, coords, stored) => {
      if (stored) onEvent({ kind: "stored", level, coords });
    },
  });
}

/** There may be more chunks than a call takes arguments. */
function largest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

function named({ id, name }: RecipeRoi): { readonly id: number; readonly name: string } {
  return { id, name };
}

function faultIfAllFailed(rois: readonly RoiReport[]): FaultData | undefined {
  if (rois.some(({ kind }) => kind === "done")) return undefined;
  for (const roi of rois) if (roi.kind === "failed") return roi.fault;
  return undefined;
}
