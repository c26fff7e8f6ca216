/** Commits results in ROI order, so that parallel work equals sequential work bit by bit. */
import { Fault } from "../base/fault.ts";
import {
  type Box,
  intersect,
  lengthsOf,
  pixelBox,
  volumeOf,
  type Zyx,
  zyx,
} from "../geometry/box.ts";
import { boxOfChunk } from "../geometry/chunk-cover.ts";
import { selection } from "../ome/axes.ts";
import type { Axis } from "../ome/multiscale.ts";
import type { Patch } from "../zarr/patch.ts";
import type { Options } from "../zarr/store.ts";
import type { Labelled } from "./label-nuclei.ts";
import { chunkId, type Unit } from "./plan.ts";

/** The largest id that the label's uint32 voxels hold. */
const LARGEST_ID = 0xffff_ffff;

/** Where patches go; a PyramidWriter that overwrites. */
interface PatchSink {
  put(patch: Patch, options: Options): Promise<void>;
}

export interface CommitSpec {
  /** The label's axes. */
  readonly axes: readonly Axis[];
  /** The time point written. */
  readonly t: number;
  /** The finest level's chunk and whole shape. */
  readonly chunk: Zyx;
  readonly shape: Zyx;
  readonly sink: PatchSink;
}

/**
 * The sequential semantics, which this is: for each unit in order, its ids grow by the number of objects so far, and
 * its whole box replaces what the label holds there, background included (ngio `set_roi`, Fractal). Where boxes
 * overlap the later ROI stays; ids are 1 … N in ROI order. A unit that failed is as if it had not been asked for.
 */
export class OrderedCommit {
  readonly #spec: CommitSpec;
  #next = 0;
  #objects = 0;
  /** A voxel of each touched chunk and its present value, by chunk id. */
  readonly #known = new Map<string, { readonly at: Zyx; readonly value: number }>();

  constructor(spec: CommitSpec) {
    this.#spec = spec;
  }

  /** Objects committed so far: the last id. */
  get objects(): number {
    return this.#objects;
  }

  /**
   * Commits the next unit's result, whose labels are renumbered in place.
   * @returns what was written, its buffer free to be transferred.
   * @throws Fault "unsupported" where ids no longer fit in uint32; whatever the sink throws.
   */
  async retire(unit: Unit, result: Labelled, options: Options = {}): Promise<Patch> {
    this.#advance(unit);
    const { labels, count } = result;
    if (labels.length !== volumeOf(unit.box))
      throw new Fault(
        "invalid",
        `The result for "${unit.roi.name}" has ${labels.length} voxels instead of ${volumeOf(unit.box)}`,
      );
    if (this.#objects + count > LARGEST_ID)
      throw new Fault(
        "unsupported",
        `"${unit.roi.name}" brings the label to ${this.#objects + count} objects, and its voxels (uint32) hold ${LARGEST_ID} ids`,
      );
    raise(labels, this.#objects);
    this.#objects += count;
    const patch = this.#patch(unit.box, labels);
    await this.#spec.sink.put(patch, options);
    this.#remember(unit, labels);
    return patch;
  }

  /** Passes over the next unit, so that the chunks it would have touched no longer wait for it. */
  async release(unit: Unit, options: Options = {}): Promise<void> {
    this.#advance(unit);
    // A chunk counts its patches, so it gets one that changes nothing: one voxel, with the value it has.
    for (const coords of unit.chunks) {
      const origin = zyx((i) => coords[i] * this.#spec.chunk[i]);
      const { at, value } = this.#known.get(chunkId(coords)) ?? { at: origin, value: 0 };
      const voxel = pixelBox(at, [at[0] + 1, at[1] + 1, at[2] + 1]);
      await this.#spec.sink.put(this.#patch(voxel, Uint32Array.of(value)), options);
    }
  }

  #advance(unit: Unit): void {
    if (unit.index !== this.#next)
      throw new Error(`Unit ${unit.index} was retired where ${this.#next} is next`);
    this.#next++;
  }

  #patch(box: Box<"pixel">, data: Uint32Array<ArrayBuffer>): Patch {
    const { axes, t } = this.#spec;
    const { min, max } = selection(axes, { t }, box);
    return { min, shape: max.map((to, i) => to - (min[i] ?? 0)), data };
  }

  /** Keeps the first voxel that the unit wrote in each of its chunks; what a later unit writes there replaces it. */
  #remember(unit: Unit, labels: Uint32Array): void {
    const { chunk, shape } = this.#spec;
    const [, height, width] = lengthsOf(unit.box);
    for (const coords of unit.chunks) {
      const { min: at } = intersect(unit.box, boxOfChunk(coords, chunk, shape));
      const [z, y, x] = zyx((i) => at[i] - unit.box.min[i]);
      const value = labels[(z * height + y) * width + x] ?? 0;
      this.#known.set(chunkId(coords), { at, value });
    }
  }
}

function raise(labels: Uint32Array, offset: number): void {
  if (offset === 0) return;
  for (let i = 0; i < labels.length; i++) {
    const id = labels[i] ?? 0;
    if (id !== 0) labels[i] = id + offset;
  }
}
