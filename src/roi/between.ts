/** A change of very many ROIs, as the states before and after it: they share what did not change, and no value is made unasked. */
import type { Roi, RoiDiff, RoiId, Rois } from "./rois.ts";

type Both = { readonly from: Roi | undefined; readonly to: Roi | undefined };

export class Between implements RoiDiff {
  readonly before: Rois;
  readonly after: Rois;
  readonly #ids: readonly RoiId[];

  /** @param before and @param after are states of the same loaded table. */
  constructor(before: Rois, after: Rois) {
    this.before = before;
    this.after = after;
    this.#ids = after.overlay.differing(before.overlay);
  }

  get size(): number {
    return this.#ids.length;
  }

  has(id: RoiId): boolean {
    return this.after.overlay.differsAt(id, this.before.overlay);
  }

  get(id: RoiId): Both | undefined {
    return this.has(id) ? this.#at(id) : undefined;
  }

  forEach(visit: (both: Both, id: RoiId, diff: RoiDiff) => void): void {
    for (const id of this.#ids) visit(this.#at(id), id, this);
  }

  keys(): ArrayIterator<RoiId> {
    return this.#ids.values();
  }

  *values(): MapIterator<Both> {
    for (const id of this.#ids) yield this.#at(id);
  }

  *entries(): MapIterator<[RoiId, Both]> {
    for (const id of this.#ids) yield [id, this.#at(id)];
  }

  [Symbol.iterator](): MapIterator<[RoiId, Both]> {
    return this.entries();
  }

  #at(id: RoiId): Both {
    return { from: this.before.overlay.now(id), to: this.after.overlay.now(id) };
  }
}
