/** What the plan card says of units beside their number: pairs that overlap, waves that a scheduler of waves would need. */
import { overlaps } from "../geometry/box.ts";
import { coordsKey } from "../zarr/chunk-grid.ts";
import type { Unit } from "./plan.ts";

/** How many pairs of units write to the same voxels. Sweeps along y, so that only neighbours are compared. */
export function overlappingPairs(units: readonly Unit[]): number {
  const ordered = [...units].sort((a, b) => a.box.min[1] - b.box.min[1]);
  let open: Unit[] = [];
  let pairs = 0;
  for (const unit of ordered) {
    open = open.filter(({ box }) => box.max[1] > unit.box.min[1]);
    for (const { box, t, c } of open)
      if (t === unit.t && c === unit.c && overlaps(box, unit.box)) pairs++;
    open.push(unit);
  }
  return pairs;
}

/**
 * The units in waves of which no two share a chunk: each, in order, in the first wave that is free of its chunks
 * (ngio 1.1 `plan_waves`, write order "any"). Fovea needs none of them; it is what others would need.
 */
export function wavesOf(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const waves: Unit[][] = [];
  /** The waves that each chunk is taken in. */
  const taken = new Map<string, Set<number>>();
  for (const unit of units) {
    const claims = unit.chunks.map((coords) => {
      const claim = taken.get(coordsKey(coords)) ?? new Set();
      taken.set(coordsKey(coords), claim);
      return claim;
    });
    let wave = 0;
    while (claims.some((claim) => claim.has(wave))) wave++;
    for (const claim of claims) claim.add(wave);
    const together = waves[wave];
    if (together) together.push(unit);
    else waves.push([unit]);
  }
  return waves;
}
