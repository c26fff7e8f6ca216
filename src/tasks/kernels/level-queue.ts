/** The priority queue of scikit-image's watershed: the lowest level first, then the earliest. */

/**
 * A binary heap. That it is one shows: markers of one level are equal in it, and leave in an order that depends on
 * where in the heap they are. To be identical, ours moves its entries as scikit-image's does.
 */
export class LevelQueue {
  #keys: Float64Array<ArrayBuffer> = new Float64Array(1024);
  #voxels: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The key of what `take` gives next. */
  get firstKey(): number {
    return this.#keys[0] ?? 0;
  }

  add(key: number, voxel: number): void {
    if (this.#length === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const voxels = this.#voxels;
    let place = this.#length++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = keys[parent] ?? 0;
      if (key >= above) break;
      keys[place] = above;
      voxels[place] = voxels[parent] ?? 0;
      place = parent;
    }
    keys[place] = key;
    voxels[place] = voxel;
  }

  /** Takes the first voxel out; the queue must not be empty. */
  take(): number {
    const keys = this.#keys;
    const voxels = this.#voxels;
    const taken = voxels[0] ?? 0;
    const length = --this.#length;
    const key = keys[length] ?? 0;
    let place = 0;
    for (let child = 1; child < length; child = 2 * place + 1) {
      let least = keys[child] ?? 0;
      if (child + 1 < length && (keys[child + 1] ?? 0) < least) least = keys[++child] ?? 0;
      if (least >= key) break;
      keys[place] = least;
      voxels[place] = voxels[child] ?? 0;
      place = child;
    }
    keys[place] = key;
    voxels[place] = voxels[length] ?? 0;
    return taken;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#length);
    const voxels = new Int32Array(2 * this.#length);
    keys.set(this.#keys);
    voxels.set(this.#voxels);
    this.#keys = keys;
    this.#voxels = voxels;
  }
}
