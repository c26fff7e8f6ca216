/** Which tiles lie around each: what is at a border is found on its other side. */
import type { Tile } from "./tile.ts";

/** The tiles that touch one from nine sides, row by row, itself in the middle; those of another plane or level do not. */
export function tilesAround(tile: Tile, tiles: readonly Tile[]): readonly (Tile | undefined)[] {
  const around = Array.from({ length: 9 }, (): Tile | undefined => undefined);
  for (const other of tiles) {
    if (other.level !== tile.level || other.z !== tile.z || other.t !== tile.t) continue;
    const x = sideOf(tile, other, 0);
    const y = sideOf(tile, other, 1);
    if (x !== undefined && y !== undefined) around[3 * y + x + 4] = other;
  }
  return around;
}

/** -1 before, 1 behind, 0 beside, along x (0) or y (1); tiles of a level share their borders to the bit. */
function sideOf({ bounds: own }: Tile, { bounds }: Tile, axis: 0 | 1): -1 | 0 | 1 | undefined {
  const end = axis === 0 ? 2 : 3;
  if (bounds[axis] === own[end]) return 1;
  if (bounds[end] === own[axis]) return -1;
  return bounds[axis] === own[axis] && bounds[end] === own[end] ? 0 : undefined;
}
