/** Cuts the halo off what was computed: halo read, core written. */
import { zerosLike } from "../base/typed-array.ts";
import { type Box, lengthsOf, volumeOf, type Zyx } from "../geometry/box.ts";
import type { Labelled } from "./segment.ts";

/**
 * The core's voxels; objects keep the order of their ids, and are counted anew as some lie in the halo alone.
 * @param shape of the labels, z y x.
 */
export function croppedLabels(result: Labelled, shape: Zyx, core: Box<"pixel">): Labelled {
  const { labels, count } = result;
  const cut = cropped(labels, shape, core);
  return cut === labels ? result : { ...result, labels: cut, count: renumber(cut, count) };
}

/** The core's voxels; what was given where that is all. */
export function cropped<V extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  voxels: V,
  shape: Zyx,
  core: Box<"pixel">,
): V {
  if (voxels.length === volumeOf(core)) return voxels;
  const [, height, width] = shape;
  const [planes, rows, columns] = lengthsOf(core);
  const cut = zerosLike(voxels, planes * rows * columns);
  for (let z = 0, to = 0; z < planes; z++)
    for (let y = 0; y < rows; y++, to += columns) {
      const from = ((core.min[0] + z) * height + core.min[1] + y) * width + core.min[2];
      cut.set(voxels.subarray(from, from + columns), to);
    }
  return cut;
}

/** Makes ids 1 … n of those that are there, in their order; @returns n. */
function renumber(labels: Uint32Array, count: number): number {
  const ids = new Uint32Array(count + 1);
  for (let i = 0; i < labels.length; i++) ids[labels[i] ?? 0] = 1;
  let found = 0;
  ids[0] = 0;
  for (let id = 1; id <= count; id++) if (ids[id] === 1) ids[id] = ++found;
  if (found < count) for (let i = 0; i < labels.length; i++) labels[i] = ids[labels[i] ?? 0] ?? 0;
  return found;
}
