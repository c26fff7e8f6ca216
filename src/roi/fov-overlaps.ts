/** Moves overlapping FOVs of a well apart, as the images of Fractal have them side by side (fractal-tasks-core 1.6). */
import { Fault } from "../base/fault.ts";

/** Micrometres; the position is the upper left corner. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Much less than a pixel, and more than sums are rounded by. */
const TOLERANCE = 1e-10;
const MOST_ROUNDS = 200;

/**
 * While two FOVs overlap, the one that lies further, and all that begin where it does or later, go on by the overlap:
 * along x where both lie in a row, along y where both lie in a column, else along both.
 * @throws Fault "input" where that does not end
 */
export function withoutOverlaps(fovs: readonly Placed[], well: string): readonly Placed[] {
  const at = fovs.map((fov) => ({ ...fov }));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const pair = overlapping(at);
    if (pair === undefined) return at;
    const [a, b] = pair;
    const sameX = Math.abs(a.x - b.x) < TOLERANCE;
    const sameY = Math.abs(a.y - b.y) < TOLERANCE;
    if (sameX && sameY) break;
    if (!sameX) shift(at, "x", Math.max(a.x, b.x), Math.min(a.x + a.width, b.x + b.width));
    if (!sameY) shift(at, "y", Math.max(a.y, b.y), Math.min(a.y + a.height, b.y + b.height));
  }
  throw new Fault("input", `The FOVs of well ${well} overlap in a way that does not come apart`);
}

/** The first pair that overlaps, in the order that decides what moves. */
function overlapping(fovs: readonly Placed[]): readonly [Placed, Placed] | undefined {
  for (const [i, a] of fovs.entries())
    for (const b of fovs.slice(0, i)) if (share(a, b)) return [a, b];
  return undefined;
}

function share(a: Placed, b: Placed): boolean {
  return (
    a.x <= b.x + b.width - TOLERANCE &&
    b.x <= a.x + a.width - TOLERANCE &&
    a.y <= b.y + b.height - TOLERANCE &&
    b.y <= a.y + a.height - TOLERANCE
  );
}

function shift(fovs: { x: number; y: number }[], axis: "x" | "y", from: number, to: number): void {
  for (const fov of fovs) if (fov[axis] >= from - TOLERANCE) fov[axis] += to - from;
}
