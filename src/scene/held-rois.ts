/** Very many ROIs in a hand: drawn as they lie and moved as one picture, so that a step of a drag writes nothing anew. */
import type { Plane } from "../editor/plane.ts";
import { Shifted } from "../editor/shifted.ts";
import type { Zyx } from "../geometry/box.ts";
import type { RoiId } from "../roi/rois.ts";
import type { ShownRois } from "./roi-rows.ts";

/** Fewer than this are written anew where they are, each for itself. */
const MANY = 1000;

/** What a hand shifts, where it is too much to be written anew at each step. */
export function shiftedMany({ preview }: ShownRois): Shifted | undefined {
  return preview instanceof Shifted && preview.size > MANY ? preview : undefined;
}

/** ROIs as they lie, told apart by whether the hand has them; the same however far it goes. */
export interface Apart {
  readonly resting: ShownRois;
  readonly held: ShownRois;
}

/** @returns what tells them apart, and gives the same objects for as long as the ROIs and those in the hand are the same */
export function tellingApart(): (shown: ShownRois, ids: ReadonlySet<RoiId>) => Apart {
  let last: { readonly of: ShownRois; readonly apart: Apart } | undefined;
  return (shown, ids) => {
    const of: ShownRois = { ...shown, preview: undefined, part: { ids, isIn: true } };
    if (last && isSame(last.of, of)) return last.apart;
    const apart: Apart = { resting: { ...of, part: { ids, isIn: false } }, held: of };
    last = { of, apart };
    return apart;
  };
}

function isSame(a: ShownRois, b: ShownRois): boolean {
  const keys = ["rois", "selection", "invalid", "discarded", "hidden", "colors"] as const;
  return a.part?.ids === b.part?.ids && keys.every((key) => a[key] === b[key]);
}

/** How what lies elsewhere is drawn. */
export interface Away {
  /** World units. */
  readonly by: readonly [x: number, y: number];
  /** For a layer's `modelMatrix`. */
  readonly matrix: Float64Array;
  /** The shown plane as it lies to them. */
  readonly plane: Plane;
}

/** @param by how far it is drawn away from where it lies, in world units */
export function awayBy([z, y, x]: Zyx, plane: Plane): Away {
  return {
    by: [x, y],
    matrix: Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, 0, 1),
    plane: z === 0 ? plane : { min: plane.min - z, max: plane.max - z },
  };
}
