/** ROIs as a hand shifts them together: a change that says how far, and makes a value only where it is asked for one. */
import { worldBox, type Zyx, zyx } from "../geometry/box.ts";
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import { type Roi, type RoiDiff, type RoiId, type Rois, roiAt } from "../roi/rois.ts";
import { shiftedEdge } from "./box-edit.ts";

type Both = { readonly from: Roi; readonly to: Roi };

/** However many they are, a step of a drag makes one of these; what it is let go with is made once. */
export class Shifted implements RoiDiff {
  /** The same for as long as the drag lasts. */
  readonly ids: ReadonlySet<RoiId>;
  /** World units. */
  readonly by: Zyx;
  readonly #rois: Rois;
  readonly #voxels: Zyx;
  readonly #scale: Zyx;

  /**
   * @param ids those of ROIs that are there
   * @param voxels how far; where that is nowhere, nothing is changed
   */
  constructor(rois: Rois, ids: ReadonlySet<RoiId>, voxels: Zyx, { scale }: PixelGrid) {
    this.ids = voxels.every((by) => by === 0) ? NONE : ids;
    this.by = zyx((axis) => voxels[axis] * scale[axis]);
    this.#rois = rois;
    this.#voxels = voxels;
    this.#scale = scale;
  }

  get size(): number {
    return this.ids.size;
  }

  has(id: RoiId): boolean {
    return this.ids.has(id);
  }

  get(id: RoiId): Both | undefined {
    const from = this.ids.has(id) ? roiAt(this.#rois, id) : undefined;
    if (from === undefined) return undefined;
    const moved = (corner: Zyx): Zyx =>
      zyx((axis) => shiftedEdge(corner[axis], this.#voxels[axis], this.#scale[axis]));
    const { min, max } = from.box;
    return { from, to: { ...from, box: worldBox(moved(min), moved(max)) } };
  }

  forEach(visit: (both: Both, id: RoiId, diff: RoiDiff) => void): void {
    for (const [id, both] of this) visit(both, id, this);
  }

  keys(): SetIterator<RoiId> {
    return this.ids.values();
  }

  *values(): MapIterator<Both> {
    for (const [, both] of this) yield both;
  }

  *entries(): MapIterator<[RoiId, Both]> {
    for (const id of this.ids) {
      const both = this.get(id);
      if (both) yield [id, both];
    }
  }

  [Symbol.iterator](): MapIterator<[RoiId, Both]> {
    return this.entries();
  }
}

const NONE: ReadonlySet<RoiId> = new Set();
