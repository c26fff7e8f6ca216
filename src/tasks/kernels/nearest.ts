/** Bringing labels to another resolution without mixing them. */
import { zerosLike } from "../../base/typed-array.ts";
import type { Zyx } from "../../geometry/box.ts";
import type { Labels } from "./object-runs.ts";

/**
 * Stretches or shrinks labels to another shape: voxel j of m takes voxel floor((j + ½) · n / m) of n. Equals
 * `scipy.ndimage.zoom(order=0, grid_mode=True, mode="grid-constant")`, by which ngio (and with it Fractal) brings the
 * label of an ROI to the shape of the image's.
 * @returns the labels themselves where the shapes are alike.
 */
export function zoomNearest(labels: Labels, from: Zyx, to: Zyx): Labels {
  if (from.every((length, i) => length === to[i])) return labels;
  const [zs, ys, xs] = [0, 1, 2].map((i) => sources(from[i] ?? 1, to[i] ?? 1));
  const out = zerosLike(labels, to[0] * to[1] * to[2]);
  let at = 0;
  for (const z of zs ?? [])
    for (const y of ys ?? []) {
      const row = (z * from[1] + y) * from[2];
      for (const x of xs ?? []) out[at++] = labels[row + x] ?? 0;
    }
  return out;
}

function sources(n: number, m: number): Uint32Array {
  return Uint32Array.from({ length: m }, (_, j) =>
    Math.min(n - 1, Math.floor(((j + 0.5) * n) / m)),
  );
}
