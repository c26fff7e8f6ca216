/** Commits results in unit order, so that parallel work equals sequential work bit by bit. */
import { counted, grouped } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import { volumeOf } from "../geometry/box.ts";
import { selection } from "../ome/axes.ts";
import type { Axis } from "../ome/multiscale.ts";
import type { Pixels } from "../zarr/array.ts";
import type { Patch } from "../zarr/patch.ts";
import type { Options } from "../zarr/store.ts";
import type { Ids } from "./makes.ts";
import type { Unit } from "./plan.ts";
import type { Rows, UnitResult } from "./unit-result.ts";

/** The largest id that a label's uint32 voxels hold. */
const LARGEST_ID = 0xffff_ffff;

/** Where patches go: a PyramidWriter. */
export interface PatchSink {
  put(patch: Patch, options: Options): Promise<void>;
  release(coords: readonly number[], options: Options): Promise<void>;
}

export interface CommitSpec {
  /** The output's axes. */
  readonly axes: readonly Axis[];
  readonly ids: Ids;
  /** Absent where only a table is made. */
  readonly sink: PatchSink | undefined;
  /** The objects there are already: the next id is one more. */
  readonly objects: number;
}

/** What a unit adds, its ids final. */
export interface Committed {
  readonly objects: number;
  readonly patch: Patch | undefined;
  readonly rows: Rows | undefined;
}

/**
 * The sequential semantics, which this is: for each unit in order, its ids grow by the number of objects so far (or by
 * those of its block), and its box, or what its mask has of it, is merged into what the output holds there: with
 * "overwrite" background included (ngio `set_roi`, Fractal). A unit that failed is as if it had not been asked for.
 * Callers say which unit is next; `number` and `write` are apart so that a count is known before a voxel is written.
 */
export class OrderedCommit {
  readonly #spec: CommitSpec;
  #next = 0;
  #objects: number;

  constructor(spec: CommitSpec) {
    this.#spec = spec;
    this.#objects = spec.objects;
  }

  /** Objects committed so far; with dense ids, the last id. */
  get objects(): number {
    return this.#objects;
  }

  /**
   * Gives the next unit's objects their ids, in place.
   * @returns what `write` takes; its buffers are the result's.
   * @throws Fault "invalid" for a result of another shape; "unsupported" where ids no longer fit, and then the unit is
   * still the next: release it.
   */
  number(unit: Unit, result: UnitResult): Committed {
    const size = volumeOf(unit.box);
    if (result.kind === "table") {
      this.#advance(unit);
      return { objects: result.rows?.labels.length ?? 0, patch: undefined, rows: result.rows };
    }
    const data: Pixels = result.kind === "label" ? result.labels : result.pixels;
    const { mask, rows } = result;
    if (data.length !== size || (mask && mask.length !== size))
      throw new Fault(
        "invalid",
        `The result for "${unit.roi.name}" has ${data.length} voxels instead of ${size}`,
      );
    if (result.kind === "label") {
      const offset = this.#offset(unit, result.count);
      raise(result.labels, offset);
      if (rows) raise(rows.labels, offset);
    }
    this.#advance(unit);
    const objects = result.kind === "label" ? result.count : 0;
    this.#objects += objects;
    return { objects, patch: this.#patch(unit, data, mask), rows };
  }

  /** Merges what a unit adds. @throws whatever the sink throws. */
  async write({ patch }: Committed, options: Options = {}): Promise<void> {
    if (patch) await this.#spec.sink?.put(patch, options);
  }

  /** Passes over the next unit, whose objects are in the output already. */
  skip(unit: Unit, objects: number): void {
    this.#advance(unit);
    this.#objects += objects;
  }

  /** Passes over the next unit, so that the chunks it would have touched no longer wait for it. */
  async release(unit: Unit, options: Options = {}): Promise<void> {
    this.#advance(unit);
    for (const coords of unit.chunks) await this.#spec.sink?.release(coords, options);
  }

  #advance(unit: Unit): void {
    if (unit.index < this.#next)
      throw new Error(`Unit ${unit.index} was retired where ${this.#next} is next`);
    this.#next = unit.index + 1;
  }

  #offset({ index, roi }: Unit, count: number): number {
    const { ids } = this.#spec;
    const offset = ids.kind === "dense" ? this.#objects : index * ids.size;
    if (ids.kind === "block" && count > ids.size)
      throw new Fault(
        "unsupported",
        `"${roi.name}" has ${counted(count, "object")}, and each ROI is given ${counted(ids.size, "id")}`,
      );
    if (offset + count > LARGEST_ID)
      throw new Fault(
        "unsupported",
        `"${roi.name}" brings the label to ${grouped(offset + count)} objects, and its voxels (uint32) hold ${grouped(LARGEST_ID)} ids`,
      );
    return offset;
  }

  #patch({ box, t, c }: Unit, data: Pixels, mask: Uint8Array<ArrayBuffer> | undefined): Patch {
    const { min, max } = selection(this.#spec.axes, { t, c }, box);
    const shape = max.map((to, i) => to - (min[i] ?? 0));
    return { min, shape, data, ...(mask ? { mask } : {}) };
  }
}

function raise(labels: Uint32Array, offset: number): void {
  if (offset === 0) return;
  for (let i = 0; i < labels.length; i++) {
    const id = labels[i] ?? 0;
    if (id !== 0) labels[i] = id + offset;
  }
}
