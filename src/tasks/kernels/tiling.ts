/** Tiles along an axis, between whose middles values are blended. */

export interface Tiling {
  /** How many tiles cover the axis; the last may reach beyond it. */
  readonly count: number;
  /** For each place, the tile before it and the one after; the same one where there is none. */
  readonly tiles: Int32Array;
  /** For each place, how much each of the two counts. */
  readonly shares: Float64Array;
}

/** As scikit-image lays out its contextual regions: a place at a tile's middle is all that tile's. */
export function tiling(length: number, size: number): Tiling {
  const count = Math.ceil(length / size);
  const tiles = new Int32Array(2 * length);
  const shares = new Float64Array(2 * length);
  for (let i = 0; i < length; i++) {
    const shifted = i + Math.floor(size / 2);
    const after = Math.floor(shifted / size);
    tiles[2 * i] = Math.max(0, after - 1);
    tiles[2 * i + 1] = Math.min(count - 1, after);
    const share = (shifted % size) / size;
    shares[2 * i] = 1 - share;
    shares[2 * i + 1] = share;
  }
  return { count, tiles, shares };
}

/** The place within a length that a place beyond its end is the mirror image of, the end itself not doubled. */
export function mirrored(i: number, length: number): number {
  if (i < length) return i;
  const period = Math.max(1, 2 * (length - 1));
  const place = i % period;
  return place < length ? place : period - place;
}
