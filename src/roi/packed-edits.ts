/** Edited ROIs as columns, to be sent to another thread: a few arrays, however many ROIs there are. */
import { type PackedTexts, packedTexts, unpackedTexts } from "./packed-texts.ts";
import {
  type Cell,
  changedIn,
  labelAt,
  nameAt,
  type RoiDiff,
  type RoiId,
  type Rois,
} from "./rois.ts";

export interface PackedEdits {
  readonly ids: Int32Array<ArrayBuffer>;
  /** Whether an ROI is there, and whether it has a label. */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** Six numbers each, as in `RoiColumns`. */
  readonly bounds: Float64Array<ArrayBuffer>;
  readonly labels: Float64Array<ArrayBuffer>;
  /** A missing one is the loaded one. */
  readonly names: PackedTexts;
  /** The ROI it copies; -1 for none. */
  readonly copied: Int32Array<ArrayBuffer>;
  /** The distinct values put in place of loaded ones, and for each ROI which of them it has; -1 for none. */
  readonly values: readonly ReadonlyMap<string, Cell>[];
  readonly valuesOf: Int32Array<ArrayBuffer>;
}

/** No copied ROI, no values. */
const NONE = -1;

const GONE = 0;
const PLAIN = 1;
const LABELLED = 2;

/** These ROIs as they are now. */
export function packed(rois: Rois, ids: readonly RoiId[]): PackedEdits {
  const { length } = ids;
  const bounds = new Float64Array(6 * length);
  const labels = new Float64Array(length);
  const kinds = new Uint8Array(length);
  const copied = new Int32Array(length);
  const valuesOf = new Int32Array(length).fill(NONE);
  const names = new Array<string | undefined>(length);
  const values = new Map<ReadonlyMap<string, Cell>, number>();
  for (let i = 0; i < length; i++) {
    const id = ids[i] ?? 0;
    const name = nameAt(rois, id);
    if (name === undefined) continue;
    const label = labelAt(rois, id);
    kinds[i] = label === undefined ? PLAIN : LABELLED;
    labels[i] = label ?? Number.NaN;
    rois.overlay.copyEdges(id, bounds, 6 * i);
    if (name !== rois.base.names[id]) names[i] = name;
    copied[i] = rois.overlay.copiedFrom(id) ?? NONE;
    const cells = rois.overlay.cells(id);
    if (cells === undefined) continue;
    const at = values.get(cells) ?? values.size;
    values.set(cells, at);
    valuesOf[i] = at;
  }
  return {
    ids: Int32Array.from(ids),
    kinds,
    bounds,
    labels,
    names: packedTexts(names),
    copied,
    values: [...values.keys()],
    valuesOf,
  };
}

/** The buffers of packed edits, to be given away with them. */
export function buffersOf({
  ids,
  kinds,
  bounds,
  labels,
  names,
  copied,
  valuesOf,
}: PackedEdits): ArrayBuffer[] {
  return [ids, kinds, bounds, labels, names.lengths, copied, valuesOf].map(({ buffer }) => buffer);
}

/** The change that makes of ROIs what was packed; `rois` are of the same loaded table. */
export function unpacked(edits: PackedEdits, rois: Rois): RoiDiff {
  const { ids, kinds, bounds, labels, copied, values, valuesOf } = edits;
  const names = unpackedTexts(edits.names);
  return changedIn(rois, ({ set, put }) => {
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? 0;
      if (kinds[i] === GONE) {
        set(id, undefined);
        continue;
      }
      const name = names[i] ?? rois.base.names[id] ?? "";
      const label = kinds[i] === LABELLED ? labels[i] : undefined;
      const copiedFrom = (copied[i] ?? NONE) === NONE ? undefined : copied[i];
      const cells = values[valuesOf[i] ?? NONE];
      put(id, bounds, 6 * i, { name, label, copiedFrom }, cells);
    }
  });
}
