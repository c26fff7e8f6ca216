/** Fills the holes of a mask. */
import type { Zyx } from "../../geometry/box.ts";
import { findRuns, firstRuns, type Runs } from "./runs.ts";

/**
 * A copy of the mask, 0 or 1, in which background that cannot reach the border by faces is foreground.
 * Equals `scipy.ndimage.binary_fill_holes` of the plane (one z) or of the volume; in a volume the first and last plane
 * are border too.
 */
export function fillHoles(mask: Uint8Array, shape: Zyx): Uint8Array<ArrayBuffer> {
  const runs = findRuns(mask, shape, "background");
  const first = firstRuns(runs, shape, "faces");
  const open = reachBorder(runs, first, shape);
  const [, , width] = shape;
  const filled = new Uint8Array(mask.length).fill(1);
  let run = 0;
  for (let row = 0, from = 0; row + 1 < runs.rows.length; row++, from += width)
    for (const stop = runs.rows[row + 1] ?? 0; run < stop; run++)
      if (open[first[run] ?? 0] !== 0)
        filled.fill(0, from + (runs.starts[run] ?? 0), from + (runs.ends[run] ?? 0));
  return filled;
}

/** Marks the first run of each object that touches the border of the plane or volume. */
function reachBorder(
  { rows, starts, ends }: Runs,
  first: Uint32Array,
  [planes, height, width]: Zyx,
): Uint8Array {
  const open = new Uint8Array(first.length);
  let run = 0;
  for (let row = 0; row + 1 < rows.length; row++) {
    const y = row % height;
    const outer =
      y === 0 || y === height - 1 || (planes > 1 && (row < height || row >= (planes - 1) * height));
    for (const stop = rows[row + 1] ?? 0; run < stop; run++)
      if (outer || starts[run] === 0 || ends[run] === width) open[first[run] ?? 0] = 1;
  }
  return open;
}
