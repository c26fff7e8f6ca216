/** Runs of "Threshold segmentation" with made-up results, and the same done one ROI after the other: for tests of the engine. */
import { type Box, lengthsOf, volumeOf, worldBox, type Zyx } from "../geometry/box.ts";
import type { Executor } from "../tasks/executor.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import type { Unit } from "../tasks/plan.ts";
import type { Recipe } from "../tasks/recipe.ts";
import type { UnitResult } from "../tasks/unit-result.ts";

/** A recipe for boxes in voxels of a level whose voxels are 1 wide. */
export function recipeFor(boxes: readonly Box<"pixel">[], t = 0): Recipe {
  return {
    task: "threshold-segmentation",
    level: "0",
    t,
    params: thresholdSegmentation.defaults,
    outputName: "nuclei",
    rois: boxes.map(({ min, max }, id) => ({ id, name: `ROI_${id}`, box: worldBox(min, max) })),
  };
}

/** Labels that look random, differ from unit to unit and leave a third of the box empty. */
function madeUp(index: number, box: Box<"pixel">): Extract<UnitResult, { kind: "label" }> {
  const count = 1 + ((index * 7) % 5);
  const labels = Uint32Array.from({ length: volumeOf(box) }, (_, i) => {
    const mixed = Math.imul(i + 1, 2654435761) ^ Math.imul(index + 1, 40503);
    return (mixed >>> 7) % 3 === 0 ? 0 : 1 + ((mixed >>> 11) % count);
  });
  return { kind: "label", labels, count, facts: { threshold: index } };
}

/**
 * Gives made-up results after as many turns of the microtask queue as `turns` says, so that they come out of order.
 * @param failing indices of units that fail.
 */
export function madeUpExecutor(
  size: number,
  turns: readonly number[] = [],
  failing: ReadonlySet<number> = new Set(),
): Executor & { readonly most: () => number } {
  let computing = 0;
  let most = 0;
  const compute = async (unit: Unit, { signal }: { readonly signal?: AbortSignal }) => {
    most = Math.max(most, ++computing);
    try {
      for (let i = turns[unit.index % turns.length] ?? 0; i > 0; i--) await undefined;
      signal?.throwIfAborted();
      if (failing.has(unit.index)) throw new Error(`No result for ${unit.roi.name}`);
      return madeUp(unit.index, unit.box);
    } finally {
      computing--;
    }
  };
  return { size, compute, most: () => most };
}

/** The finest level after doing one unit after the other, plainly; `boxes` are those of the units. */
export function sequentially(
  [planes, height, width]: Zyx,
  boxes: readonly Box<"pixel">[],
  failing: ReadonlySet<number> = new Set(),
): Uint32Array<ArrayBuffer> {
  const label = new Uint32Array(planes * height * width);
  let objects = 0;
  for (const [index, box] of boxes.entries()) {
    if (failing.has(index)) continue;
    const { labels, count } = madeUp(index, box);
    const [, h, w] = lengthsOf(box);
    for (const [i, id] of labels.entries()) {
      const z = box.min[0] + Math.floor(i / w / h);
      const y = box.min[1] + (Math.floor(i / w) % h);
      const x = box.min[2] + (i % w);
      label[(z * height + y) * width + x] = id === 0 ? 0 : id + objects;
    }
    objects += count;
  }
  return label;
}

/** The next coarser level, voxel by voxel: the voxel at floor((i + 0.5) · n / m) of each axis. */
export function coarser(label: Uint32Array, from: Zyx, to: Zyx): Uint32Array<ArrayBuffer> {
  const source = (i: number, axis: 0 | 1 | 2) => Math.floor(((i + 0.5) * from[axis]) / to[axis]);
  const [planes, height, width] = to;
  return Uint32Array.from({ length: planes * height * width }, (_, i) => {
    const z = source(Math.floor(i / width / height), 0);
    const y = source(Math.floor(i / width) % height, 1);
    const x = source(i % width, 2);
    return label[(z * from[1] + y) * from[2] + x] ?? 0;
  });
}
