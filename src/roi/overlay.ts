/** The edited ROIs of a table, as typed columns in pages: a changed copy shares with it all but the columns it touched. */
import { type Box, worldBox, type Zyx } from "../geometry/box.ts";
import {
  AS_LOADED,
  BITS,
  BLANK,
  DELETED,
  differ,
  EDITED,
  LAST,
  type Named,
  OwnPage,
  PAGE,
  type Page,
} from "./overlay-page.ts";
import type { Roi, RoiColumns, RoiId } from "./rois.ts";

/** A copy while it is changed, and of no use afterwards. What is again as it was loaded is no edit any more. */
export interface OverlayDraft {
  /** Undefined is a deleted ROI, or for a new one that it never was. */
  set(id: RoiId, roi: Roi | undefined): void;
  /** The same for one that is there then, without an object of it: its box are six numbers from a place on, as in `RoiColumns`. */
  put(id: RoiId, edges: ArrayLike<number>, at: number, named: Named, cells: Roi["cells"]): void;
  /** Gives an ROI that is there another box, told in the same way. */
  place(id: RoiId, edges: ArrayLike<number>, at?: number): void;
  /** Gives an ROI that is there other values. */
  give(id: RoiId, cells: Roi["cells"]): void;
}

export class Overlay {
  readonly #base: RoiColumns;
  readonly #pages: readonly (Page | undefined)[];
  /** ROIs that are not as they were loaded. */
  readonly size: number;
  /** After an edit several ask what it changed; the state before it may go all the same. */
  #compared: { readonly with: WeakRef<Overlay>; readonly ids: readonly RoiId[] } | undefined;

  private constructor(base: RoiColumns, pages: readonly (Page | undefined)[], size: number) {
    this.#base = base;
    this.#pages = pages;
    this.size = size;
  }

  /** Nothing is edited. */
  static over(base: RoiColumns): Overlay {
    return new Overlay(base, [], 0);
  }

  /** Whether the ROI is not as it was loaded. */
  has(id: RoiId): boolean {
    return this.#kind(id) !== AS_LOADED;
  }

  /** Whether there is such an edited ROI that was not deleted. */
  holds(id: RoiId): boolean {
    return this.#kind(id) === EDITED;
  }

  /** The edited ROI; undefined where it is deleted, or as loaded. */
  get(id: RoiId): Roi | undefined {
    if (this.#kind(id) !== EDITED) return undefined;
    const at = (edge: number): number => this.edge(id, edge);
    const box = worldBox([at(0), at(1), at(2)], [at(3), at(4), at(5)]);
    const cells = this.cells(id);
    const { name, label, copiedFrom } = this.#named(id);
    const roi = { name, box, label };
    if (copiedFrom === undefined && cells === undefined) return roi;
    return {
      ...roi,
      ...(copiedFrom === undefined ? {} : { copiedFrom }),
      ...(cells ? { cells } : {}),
    };
  }

  /** The present value; undefined where the ROI was deleted or never was. */
  now(id: RoiId): Roi | undefined {
    return this.has(id) ? this.get(id) : loadedAt(this.#base, id);
  }

  /** A number of the box of an edited ROI, as in `RoiColumns`. */
  edge(id: RoiId, edge: number): number {
    return this.#pages[id >>> BITS]?.bounds[6 * (id & LAST) + edge] ?? Number.NaN;
  }

  /** Writes the six numbers of an ROI's present box, as in `RoiColumns`, to a place; NaN where there is no such ROI. */
  copyEdges(id: RoiId, to: Float64Array, at = 0): void {
    const page = this.#pages[id >>> BITS];
    const kind = page?.kinds[id & LAST] ?? AS_LOADED;
    const bounds = kind === EDITED ? page?.bounds : this.#base.bounds;
    const from = 6 * (kind === EDITED ? id & LAST : id);
    for (let edge = 0; edge < 6; edge++)
      to[at + edge] = kind === DELETED ? Number.NaN : (bounds?.[from + edge] ?? Number.NaN);
  }

  /** Writes the present boxes of all ROIs that are not as loaded to where `RoiColumns` has them; NaN for the deleted. */
  copyEdited(to: Float64Array): void {
    for (const [at, page] of this.#pages.entries())
      for (let slot = 0; page && slot < PAGE; slot++) {
        const kind = page.kinds[slot];
        if (kind === AS_LOADED) continue;
        const row = 6 * (at * PAGE + slot);
        for (let edge = 0; edge < 6; edge++)
          to[row + edge] = kind === EDITED ? (page.bounds[6 * slot + edge] ?? 0) : Number.NaN;
      }
  }

  /** What was put in place of values; undefined for an ROI that has those it was loaded with. */
  cells(id: RoiId): Roi["cells"] {
    return this.#pages[id >>> BITS]?.cells[id & LAST];
  }

  /** The name of an edited ROI. */
  name(id: RoiId): string {
    const named = this.#pages[id >>> BITS]?.named[id & LAST];
    return named ? named.name : (this.#base.names[id] ?? "");
  }

  /** The label of an edited ROI. */
  label(id: RoiId): number | undefined {
    const named = this.#pages[id >>> BITS]?.named[id & LAST];
    return named ? named.label : this.#base.labels?.[id];
  }

  /** The ROI that an edited one copies. */
  copiedFrom(id: RoiId): RoiId | undefined {
    return this.#pages[id >>> BITS]?.named[id & LAST]?.copiedFrom;
  }

  /** The overlay after a change; the overlay itself where nothing was touched. */
  with(change: (draft: OverlayDraft) => void): Overlay {
    const pages = this.#pages.slice();
    const own = new Map<number, OwnPage>();
    // ROIs are most often changed in their order: the page of the last one is that of the next.
    let last: { readonly at: number; readonly page: OwnPage } | undefined;
    const ownPage = (id: RoiId): OwnPage => {
      const at = id >>> BITS;
      if (last?.at === at) return last.page;
      const page = own.get(at) ?? new OwnPage(this.#base, at * PAGE, pages[at]);
      own.set(at, page);
      last = { at, page };
      return page;
    };
    change({
      set: (id, roi) => ownPage(id).set(id & LAST, roi),
      put: (id, edges, at, named, cells) => ownPage(id).put(id & LAST, edges, at, named, cells),
      place: (id, edges, at = 0) => ownPage(id).place(id & LAST, edges, at),
      give: (id, cells) => ownPage(id).give(id & LAST, cells),
    });
    if (own.size === 0) return this;
    let { size } = this;
    for (const [at, page] of own) {
      size += page.size - (pages[at]?.size ?? 0);
      while (pages.length < at) pages.push(undefined);
      pages[at] = page.size === 0 ? undefined : page;
    }
    return new Overlay(this.#base, pages, size);
  }

  /** The ids, ascending, of ROIs that differ between two overlays of the same loaded table; about so many of them at most. */
  differing(other: Overlay, most: number = Number.POSITIVE_INFINITY): readonly RoiId[] {
    const known = this.#comparedWith(other) ?? other.#comparedWith(this);
    if (known) return known.length > most ? known.slice(0, most) : known;
    const ids = this.#compare(other, most);
    if (ids.length < most) this.#compared = { with: new WeakRef(other), ids };
    return ids;
  }

  #compare(other: Overlay, most: number): readonly RoiId[] {
    const ids: RoiId[] = [];
    const last = Math.max(this.#pages.length, other.#pages.length);
    for (let at = 0; at < last && ids.length < most; at++) {
      const [mine, theirs] = [this.#pages[at] ?? BLANK, other.#pages[at] ?? BLANK];
      if (mine === theirs) continue;
      const first = at * PAGE;
      for (let slot = 0; slot < PAGE; slot++)
        if (differ(mine, theirs, slot)) ids.push(first + slot);
    }
    return ids;
  }

  #comparedWith(other: Overlay): readonly RoiId[] | undefined {
    return this.#compared?.with.deref() === other ? this.#compared.ids : undefined;
  }

  /** Whether an ROI differs between two overlays of the same loaded table. */
  differsAt(id: RoiId, other: Overlay): boolean {
    const [mine, theirs] = [this.#pages[id >>> BITS] ?? BLANK, other.#pages[id >>> BITS] ?? BLANK];
    return mine !== theirs && differ(mine, theirs, id & LAST);
  }

  /** The ids of all that are not as loaded, ascending. */
  keys(): RoiId[] {
    const ids: RoiId[] = [];
    for (const [at, page] of this.#pages.entries())
      for (let slot = 0; page && slot < PAGE; slot++)
        if (page.kinds[slot] !== AS_LOADED) ids.push(at * PAGE + slot);
    return ids;
  }

  /** Whether some ROI has a value put in place of the loaded one in a column. */
  hasCells(column: string): boolean {
    return this.#pages.some((page) => page?.cells.some((cells) => cells?.has(column)));
  }

  #kind(id: RoiId): number {
    return this.#pages[id >>> BITS]?.kinds[id & LAST] ?? AS_LOADED;
  }

  #named(id: RoiId): Named {
    const named = this.#pages[id >>> BITS]?.named[id & LAST];
    return (
      named ?? {
        name: this.#base.names[id] ?? "",
        label: this.#base.labels?.[id],
        copiedFrom: undefined,
      }
    );
  }
}

/** A row as it was loaded, whatever was done to it since; undefined for a new ROI. */
export function loadedAt({ names, bounds, labels }: RoiColumns, id: RoiId): Roi | undefined {
  const name = names[id];
  return name === undefined ? undefined : { name, box: boxAt(bounds, id), label: labels?.[id] };
}

function boxAt(bounds: Float64Array, row: number): Box<"world"> {
  const at = (i: number): number => bounds[6 * row + i] ?? Number.NaN;
  const corner = (from: number): Zyx => [at(from), at(from + 1), at(from + 2)];
  return worldBox(corner(0), corner(3));
}
