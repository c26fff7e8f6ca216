/** A page of edited ROIs, as typed columns: a changed copy shares with the page before it the columns it did not touch. */
import type { Roi, RoiColumns, RoiId } from "./rois.ts";

/** ROIs of a page: what one change copies, besides a pointer for each page there is. */
export const PAGE = 256;
/** `id >>> BITS` is the page that an ROI is on, `id & LAST` its slot there. */
export const BITS = 8;
export const LAST = 255;

export const AS_LOADED = 0;
export const DELETED = 1;
export const EDITED = 2;

/** What of an ROI is neither its box nor its values. */
export interface Named extends Pick<Roi, "name" | "label"> {
  readonly copiedFrom: RoiId | undefined;
}

export interface Page {
  /** ROIs that are not as they were loaded. */
  readonly size: number;
  readonly kinds: Uint8Array;
  /** Six numbers each, as in `RoiColumns`. */
  readonly bounds: Float64Array;
  /** Undefined is as loaded. */
  readonly named: (Named | undefined)[];
  readonly cells: Roi["cells"][];
}

const NO_BOUNDS = new Float64Array(6 * PAGE);
const NONE = new Array<undefined>(PAGE).fill(undefined);

/** Nothing is edited. */
export const BLANK: Page = {
  size: 0,
  kinds: new Uint8Array(PAGE),
  bounds: NO_BOUNDS,
  named: NONE,
  cells: NONE,
};

/** A page that is being changed: a column is copied when it is first written to. */
export class OwnPage implements Page {
  readonly #base: RoiColumns;
  readonly #first: RoiId;
  readonly #before: Page;
  readonly kinds: Uint8Array;
  size: number;
  bounds: Float64Array;
  named: (Named | undefined)[];
  cells: Roi["cells"][];

  constructor(base: RoiColumns, first: RoiId, before: Page = BLANK) {
    this.#base = base;
    this.#first = first;
    this.#before = before;
    this.size = before.size;
    this.kinds = before.kinds.slice();
    this.bounds = before.bounds;
    this.named = before.named;
    this.cells = before.cells;
  }

  set(slot: number, roi: Roi | undefined): void {
    if (roi === undefined) {
      this.#keep(slot, undefined, undefined);
      this.#become(slot, this.#first + slot < this.#base.names.length ? DELETED : AS_LOADED);
      return;
    }
    const { name, box, label, copiedFrom, cells } = roi;
    this.put(slot, [...box.min, ...box.max], 0, { name, label, copiedFrom }, cells);
  }

  put(slot: number, edges: ArrayLike<number>, at: number, named: Named, cells: Roi["cells"]): void {
    const id = this.#first + slot;
    const isLoaded =
      named.name === this.#base.names[id] &&
      Object.is(named.label, this.#base.labels?.[id]) &&
      named.copiedFrom === undefined;
    this.#write(slot, edges, at);
    this.#keep(slot, isLoaded ? undefined : named, cells);
    this.#become(slot, EDITED);
    this.#settle(slot);
  }

  place(slot: number, edges: ArrayLike<number>, at: number): void {
    this.#write(slot, edges, at);
    this.#become(slot, EDITED);
    this.#settle(slot);
  }

  give(slot: number, cells: Roi["cells"]): void {
    if (this.kinds[slot] !== EDITED) this.#write(slot, this.#base.bounds, 6 * (this.#first + slot));
    this.#keep(slot, this.named[slot], cells);
    this.#become(slot, EDITED);
    this.#settle(slot);
  }

  #write(slot: number, edges: ArrayLike<number>, from: number): void {
    if (this.bounds === this.#before.bounds) this.bounds = this.bounds.slice();
    for (let edge = 0; edge < 6; edge++)
      this.bounds[6 * slot + edge] = edges[from + edge] ?? Number.NaN;
  }

  #keep(slot: number, named: Named | undefined, cells: Roi["cells"]): void {
    if (named !== this.named[slot]) {
      if (this.named === this.#before.named) this.named = this.named.slice();
      this.named[slot] = named;
    }
    if (cells === this.cells[slot]) return;
    if (this.cells === this.#before.cells) this.cells = this.cells.slice();
    this.cells[slot] = cells;
  }

  #become(slot: number, kind: number): void {
    if (this.kinds[slot] === AS_LOADED) this.size++;
    if (kind === AS_LOADED) this.size--;
    this.kinds[slot] = kind;
  }

  /** One that is again as it was loaded, to the bit, is no edit any more. */
  #settle(slot: number): void {
    if (this.named[slot] !== undefined || !sameCells(this.cells[slot], undefined)) return;
    const row = 6 * (this.#first + slot);
    for (let edge = 0; edge < 6; edge++)
      if (!Object.is(this.bounds[6 * slot + edge], this.#base.bounds[row + edge])) return;
    this.#keep(slot, undefined, undefined);
    this.#become(slot, AS_LOADED);
  }
}

/** Whether an ROI differs between two pages of the same place; a missing number equals a missing number. */
export function differ(a: Page, b: Page, slot: number): boolean {
  const kind = a.kinds[slot];
  if (kind !== b.kinds[slot]) return true;
  if (kind !== EDITED) return false;
  if (a.bounds !== b.bounds)
    for (let edge = 6 * slot; edge < 6 * slot + 6; edge++)
      if (!Object.is(a.bounds[edge], b.bounds[edge])) return true;
  return !sameNamed(a.named[slot], b.named[slot]) || !sameCells(a.cells[slot], b.cells[slot]);
}

function sameNamed(a: Named | undefined, b: Named | undefined): boolean {
  return (
    a === b ||
    (a?.name === b?.name && Object.is(a?.label, b?.label) && a?.copiedFrom === b?.copiedFrom)
  );
}

/** Whether the same values were put in place of the loaded ones. */
export function sameCells(a: Roi["cells"], b: Roi["cells"]): boolean {
  if (a === b) return true;
  if ((a?.size ?? 0) !== (b?.size ?? 0)) return false;
  for (const [name, value] of a ?? [])
    if (!(b?.has(name) && Object.is(value, b.get(name)))) return false;
  return true;
}
