/** A map from whole numbers that never changes: a changed copy shares with it all but the pages that were touched. */

/** Keys of a page: what one change copies, besides a pointer for each page there is. */
const PAGE = 256;

/** Stands where a key is not; undefined is a value. */
const ABSENT: unique symbol = Symbol("absent");

interface Page<V> {
  readonly slots: (V | typeof ABSENT)[];
  size: number;
}

/** A copy while it is changed, and of no use afterwards. */
export interface Draft<V> {
  set(key: number, value: V): void;
  delete(key: number): void;
}

/**
 * For keys from 0 that lie close together, as the numbers of a table's rows do; they are gone through in ascending
 * order. A change costs what it touches, and so does finding what differs between a map and one made from it.
 */
export class PagedMap<V> implements ReadonlyMap<number, V> {
  readonly #pages: readonly (Page<V> | undefined)[];
  readonly size: number;

  private constructor(pages: readonly (Page<V> | undefined)[], size: number) {
    this.#pages = pages;
    this.size = size;
  }

  static of<V>(entries: Iterable<readonly [key: number, value: V]> = []): PagedMap<V> {
    if (entries instanceof PagedMap) return entries;
    return new PagedMap<V>([], 0).with((draft) => {
      for (const [key, value] of entries) draft.set(key, value);
    });
  }

  get(key: number): V | undefined {
    const slot = this.#pages[Math.floor(key / PAGE)]?.slots[key % PAGE];
    return slot === ABSENT ? undefined : slot;
  }

  has(key: number): boolean {
    const page = this.#pages[Math.floor(key / PAGE)];
    return page !== undefined && page.slots[key % PAGE] !== ABSENT;
  }

  /** The map after a change; the map itself where nothing was touched. */
  with(change: (draft: Draft<V>) => void): PagedMap<V> {
    const pages = this.#pages.slice();
    const own = new Set<Page<V>>();
    let { size } = this;
    const ownPage = (at: number): Page<V> => {
      const page = pages[at];
      if (page && own.has(page)) return page;
      const copy = page ? { ...page, slots: page.slots.slice() } : blankPage<V>();
      while (pages.length < at) pages.push(undefined);
      pages[at] = copy;
      own.add(copy);
      return copy;
    };
    change({
      set: (key, value) => {
        const page = ownPage(Math.floor(key / PAGE));
        const isNew = page.slots[key % PAGE] === ABSENT;
        page.slots[key % PAGE] = value;
        if (!isNew) return;
        page.size++;
        size++;
      },
      delete: (key) => {
        const at = Math.floor(key / PAGE);
        if (pages[at] === undefined || pages[at].slots[key % PAGE] === ABSENT) return;
        const page = ownPage(at);
        page.slots[key % PAGE] = ABSENT;
        page.size--;
        size--;
        if (page.size === 0) pages[at] = undefined;
      },
    });
    return own.size === 0 ? this : new PagedMap(pages, size);
  }

  /** The keys, ascending, that one of two maps alone has, or for which they hold different values. */
  differing(other: PagedMap<V>): number[] {
    const keys: number[] = [];
    const last = Math.max(this.#pages.length, other.#pages.length);
    for (let at = 0; at < last; at++) {
      const [mine, theirs] = [this.#pages[at], other.#pages[at]];
      if (mine === theirs) continue;
      for (let slot = 0; slot < PAGE; slot++) {
        const a = mine ? mine.slots[slot] : ABSENT;
        const b = theirs ? theirs.slots[slot] : ABSENT;
        if (!Object.is(a, b)) keys.push(at * PAGE + slot);
      }
    }
    return keys;
  }

  forEach(visit: (value: V, key: number, map: ReadonlyMap<number, V>) => void): void {
    this.some((value, key) => {
      visit(value, key, this);
      return false;
    });
  }

  /** Whether any value is such a one; in a loop without an object for each. */
  some(isSuch: (value: V, key: number) => boolean): boolean {
    for (let at = 0; at < this.#pages.length; at++) {
      const slots = this.#pages[at]?.slots;
      for (let slot = 0; slots && slot < PAGE; slot++) {
        const value = slots[slot] as V | typeof ABSENT;
        if (value !== ABSENT && isSuch(value, at * PAGE + slot)) return true;
      }
    }
    return false;
  }

  *entries(): MapIterator<[number, V]> {
    for (const [at, page] of this.#pages.entries()) {
      if (page === undefined) continue;
      for (let slot = 0; slot < PAGE; slot++) {
        const value = page.slots[slot] as V | typeof ABSENT;
        if (value !== ABSENT) yield [at * PAGE + slot, value];
      }
    }
  }

  *keys(): MapIterator<number> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[number, V]> {
    return this.entries();
  }
}

function blankPage<V>(): Page<V> {
  return { slots: new Array<V | typeof ABSENT>(PAGE).fill(ABSENT), size: 0 };
}
