/** Which ROIs have a name, kept up to date edit by edit: a change costs what it renames, however many ROIs there are. */
import { PagedMap } from "../base/paged-map.ts";
import { finished, STEP, type Steps } from "../base/steps.ts";
import type { RoiId } from "./rois.ts";

/** Most names belong to one ROI, whose id then stands there itself; others to very many, as where none has a name. */
type Bearers = RoiId | PagedMap<true>;
type Bucket = Map<string, Bearers>;

/** A change copies a thousandth of the names, not all of them. */
const BUCKETS = 1024;

/** An ROI that got another name; undefined is that of an ROI that was not there before, or is not afterwards. */
export interface Renaming {
  readonly id: RoiId;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export class NameIndex {
  /** Made when first asked for: a table that is only looked at needs none, nor do very many ROIs that are gone. */
  #made: readonly Bucket[] | (() => Steps<readonly Bucket[]>);

  private constructor(make: () => Steps<readonly Bucket[]>) {
    this.#made = make;
  }

  /** @param names those of the ROIs 0, 1, 2, … */
  static of(names: readonly string[]): NameIndex {
    return new NameIndex(() => bucketsOf(names));
  }

  has(name: string): boolean {
    return this.#bearers(name) !== undefined;
  }

  /** How many ROIs have it. */
  count(name: string): number {
    const bearers = this.#bearers(name);
    return typeof bearers === "object" ? bearers.size : bearers === undefined ? 0 : 1;
  }

  /** The ROIs that have it, ascending. */
  idsOf(name: string): Iterable<RoiId> {
    const bearers = this.#bearers(name);
    return typeof bearers === "object" ? bearers.keys() : bearers === undefined ? [] : [bearers];
  }

  /** The index after ROIs got other names, which must be theirs until now; the index itself where there are none. */
  with(renamings: readonly Renaming[]): NameIndex {
    if (renamings.length === 0) return this;
    const before = this.#buckets();
    return new NameIndex(() => renamed(before, renamings));
  }

  #bearers(name: string): Bearers | undefined {
    return this.#buckets()[bucketOf(name)]?.get(name);
  }

  #buckets(): readonly Bucket[] {
    if (typeof this.#made === "function") this.#made = finished(this.#made());
    return this.#made;
  }

  /** Makes it before it is asked for, where that would take too long at once. */
  *making(): Steps<void> {
    if (typeof this.#made === "function") this.#made = yield* this.#made();
  }
}

function* renamed(
  before: readonly Bucket[],
  renamings: readonly Renaming[],
): Steps<readonly Bucket[]> {
  const buckets = [...before];
  const ownBucket = (name: string): Bucket => {
    const at = bucketOf(name);
    const bucket = buckets[at];
    if (bucket && bucket !== before[at]) return bucket;
    const copy: Bucket = new Map(bucket);
    buckets[at] = copy;
    return copy;
  };
  for (const [i, { id, from, to }] of renamings.entries()) {
    if (i % STEP === STEP - 1) yield;
    if (from !== undefined) remove(ownBucket(from), from, id);
    if (to !== undefined) add(ownBucket(to), to, id);
  }
  return buckets;
}

function* bucketsOf(names: readonly string[]): Steps<readonly Bucket[]> {
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => new Map());
  for (let id = 0; id < names.length; id++) {
    if (id % STEP === STEP - 1) yield;
    const name = names[id] ?? "";
    const bucket = buckets[bucketOf(name)];
    if (bucket) add(bucket, name, id);
  }
  return buckets;
}

function bucketOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}

function add(bucket: Bucket, name: string, id: RoiId): void {
  const bearers = bucket.get(name);
  if (bearers === undefined) bucket.set(name, id);
  else if (typeof bearers === "object")
    bucket.set(
      name,
      bearers.with((ids) => ids.set(id, true)),
    );
  else
    bucket.set(
      name,
      PagedMap.of([
        [bearers, true],
        [id, true],
      ]),
    );
}

function remove(bucket: Bucket, name: string, id: RoiId): void {
  const bearers = bucket.get(name);
  const rest = typeof bearers === "object" ? bearers.with((ids) => ids.delete(id)) : undefined;
  const [only] = rest?.size === 1 ? rest.keys() : [];
  if (rest === undefined) bucket.delete(name);
  else bucket.set(name, only ?? rest);
}
