/** What the user is told before a run: numbers of the plan, and how long it may take. */
import { volumeOf } from "../geometry/box.ts";
import { wavesOf } from "./overlapping.ts";
import type { Plan } from "./plan.ts";

export interface PlanCard {
  readonly rois: number;
  /** ROIs that cannot be processed. */
  readonly skipped: number;
  /** A sentence that says why, of the first of them. */
  readonly skippedWhy: string | undefined;
  /** Chunks that are touched of the level that results go to. */
  readonly chunks: number;
  /** Chunks that are stored at most, over all levels: each once. */
  readonly writes: number;
  /** Their bytes before compression. */
  readonly bytes: number;
  /** Bytes, at most, that are kept aside to be put back when the run is undone. */
  readonly keptBytes: number;
  /** Pairs that share voxels: the later is merged onto the earlier. */
  readonly overlappingPairs: number;
  /** ROIs that share a chunk with another one. */
  readonly sharing: number;
  /** Waves that a scheduler would need that lets no two ROIs of a chunk run at once; as many as ROIs is serial. */
  readonly waves: number;
  /** Voxels that are read, of all units and of the largest. */
  readonly reads: { readonly all: number; readonly most: number };
}

/** Walks all units once per chunk they touch: not for every keystroke. */
export function planCard(plan: Plan): PlanCard {
  const { units, skipped, touches, writes, bytes, keptBytes, overlappingPairs, sharing } = plan;
  const read = units.map((unit) => volumeOf(unit.read));
  return {
    rois: new Set(units.map(({ roi }) => roi)).size,
    skipped: skipped.length,
    skippedWhy: skipped[0]?.why,
    chunks: touches.size,
    writes: writes.reduce((a, b) => a + b, 0),
    bytes,
    keptBytes,
    overlappingPairs,
    sharing,
    waves: wavesOf(units).length,
    reads: {
      all: read.reduce((a, b) => a + b, 0),
      most: read.reduce((a, b) => Math.max(a, b), 0),
    },
  };
}

/** One unit that was computed, as by the preview: reading included. */
export interface MeasuredUnit {
  readonly ms: number;
  /** Of what was read. */
  readonly voxels: number;
}

/**
 * How long a run may take, in milliseconds, from one unit that was measured: the work of all others is taken to grow
 * with their voxels, shared by the workers, and no shorter than the longest unit alone. Storing goes on beside it.
 */
export function expectedMs(
  { reads }: PlanCard,
  { ms, voxels }: MeasuredUnit,
  workers: number,
): number {
  const msPerVoxel = ms / Math.max(1, voxels);
  return Math.max(reads.most, reads.all / workers) * msPerVoxel;
}
