/** What the plan card says of units beside their number: pairs that overlap, waves that a scheduler of waves would need. */
import { finished } from "../base/steps.ts";
import { overlapPairs } from "../roi/overlaps.ts";
import { coordsKey } from "../zarr/chunk-grid.ts";
import type { Unit } from "./plan.ts";

/** How many pairs of units write to the same voxels. */
export function overlappingPairs(units: readonly Unit[]): number {
  const together = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = `${unit.t} ${unit.c}`;
    const group = together.get(key);
    if (group) group.push(unit);
    else together.set(key, [unit]);
  }
  let pairs = 0;
  for (const group of together.values()) {
    const bounds = new Float64Array(6 * group.length);
    for (const [i, { box }] of group.entries()) {
      bounds.set(box.min, 6 * i);
      bounds.set(box.max, 6 * i + 3);
    }
    pairs += finished(overlapPairs(bounds, 0)).count;
  }
  return pairs;
}

/** The waves that a chunk is taken in. */
interface Claim {
  readonly waves: Set<number>;
  /** It is taken in all waves before this one. */
  free: number;
}

/**
 * The units in waves of which no two share a chunk: each, in order, in the first wave that is free of its chunks
 * (ngio 1.1 `plan_waves`, write order "any"). Fovea needs none of them; it is what others would need.
 */
export function wavesOf(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const waves: Unit[][] = [];
  const taken = new Map<string, Claim>();
  for (const unit of units) {
    const claims = unit.chunks.map((coords) => {
      const claim = taken.get(coordsKey(coords)) ?? { waves: new Set(), free: 0 };
      taken.set(coordsKey(coords), claim);
      return claim;
    });
    // Without this start, the many units of one chunk would each look through all before them.
    let wave = claims.reduce((latest, { free }) => Math.max(latest, free), 0);
    while (claims.some((claim) => claim.waves.has(wave))) wave++;
    for (const claim of claims) {
      claim.waves.add(wave);
      while (claim.waves.has(claim.free)) claim.free++;
    }
    const together = waves[wave];
    if (together) together.push(unit);
    else waves.push([unit]);
  }
  return waves;
}
