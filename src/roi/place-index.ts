/** An index of where the ROIs of a table lie, kept over its edits: those edited since it was made are told apart. */
import { finished, type Steps } from "../base/steps.ts";
import { type RectIndex, rectIndexOf } from "../geometry/rect-index.ts";
import type { Overlay } from "./overlay.ts";
import type { RoiColumns, RoiId, Rois } from "./rois.ts";

interface Indexed {
  /** As in RoiColumns. */
  readonly bounds: Float64Array;
  readonly index: RectIndex;
}

export interface Places extends Indexed {
  /** ROIs that have been edited since: what the index says of them counts for nothing. */
  readonly loose: ReadonlySet<RoiId>;
}

/** More ROIs edited since than this, and a new index is cheaper than looking at each. */
const MOST_LOOSE = 1000;

/** The index of a loaded table, shared by all states of its edits: made when first asked for, and anew after many. */
export class PlaceIndex {
  #indexed: (Indexed & { readonly overlay: Overlay }) | undefined;
  #loose: { readonly overlay: Overlay; readonly ids: ReadonlySet<RoiId> } | undefined;

  /** What a state of the table is to be looked up in. */
  of(rois: Rois): Places {
    const { overlay } = rois;
    this.#indexed ??= finished(indexed(rois));
    if (this.#loose?.overlay !== overlay) {
      const edited = overlay.differing(this.#indexed.overlay, MOST_LOOSE + 1);
      const isMuch = edited.length > MOST_LOOSE;
      if (isMuch) this.#indexed = finished(indexed(rois));
      this.#loose = { overlay, ids: new Set(isMuch ? [] : edited) };
    }
    return { ...this.#indexed, loose: this.#loose.ids };
  }

  /** Makes it before it is asked for, where that would take too long at once. */
  *making(rois: Rois): Steps<void> {
    const made = yield* indexed(rois);
    this.#indexed ??= made;
  }
}

function* indexed(rois: Rois): Steps<Indexed & { readonly overlay: Overlay }> {
  const bounds = presentBounds(rois);
  return { bounds, index: yield* rectIndexOf(bounds), overlay: rois.overlay };
}

function presentBounds({ base, overlay, nextId }: Rois): RoiColumns["bounds"] {
  if (overlay.size === 0) return base.bounds;
  const bounds = new Float64Array(6 * nextId).fill(Number.NaN, base.bounds.length);
  bounds.set(base.bounds);
  overlay.copyEdited(bounds);
  return bounds;
}
