/** The rows of the ROIs that are drawn one by one: which ROI lies in which row, and what to send when some change. */
import type { RoiId } from "../roi/rois.ts";
import { ROW_LENGTH, type ShownRois, writeRow } from "./roi-rows.ts";

/** Room for ROIs that come to be touched before all rows are laid out anew. */
const SPARE_ROWS = 256;

export class RoiSlots {
  #values = new Float32Array(0);
  #slots = new Map<RoiId, number>();
  readonly #most: number;

  /** @param most the number of rows there may be */
  constructor(most: number) {
    this.#most = most;
  }

  /** All rows, those not in use included; another array once it had to grow. */
  get values(): Float32Array<ArrayBuffer> {
    return this.#values;
  }

  /** The rows in use. */
  get count(): number {
    return this.#slots.size;
  }

  slotOf(id: RoiId): number | undefined {
    return this.#slots.get(id);
  }

  /** Lays out rows for these ROIs alone, the first of them where there are too many. */
  fill(shown: ShownRois, ids: Iterable<RoiId>): void {
    this.#slots = new Map();
    for (const id of ids) {
      if (this.#slots.size >= this.#most) break;
      if (!this.#slots.has(id)) this.#slots.set(id, this.#slots.size);
    }
    const room = Math.min(this.#most, this.count + SPARE_ROWS);
    if (this.#values.length < room * ROW_LENGTH) this.#values = new Float32Array(room * ROW_LENGTH);
    for (const [id, slot] of this.#slots) writeRow(this.#values, slot, shown, id);
  }

  /**
   * Writes ROIs anew, and into a row of their own those that had none.
   *
   * @returns the rows written; undefined where there is no room for all, and nothing was written
   */
  rewrite(shown: ShownRois, ids: ReadonlySet<RoiId>): number[] | undefined {
    let fresh = 0;
    for (const id of ids) if (!this.#slots.has(id)) fresh++;
    if ((this.count + fresh) * ROW_LENGTH > this.#values.length) return undefined;
    const written: number[] = [];
    for (const id of ids) {
      const slot = this.#slots.get(id) ?? this.count;
      this.#slots.set(id, slot);
      writeRow(this.#values, slot, shown, id);
      written.push(slot);
    }
    return written;
  }
}
