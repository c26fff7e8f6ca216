/** Changes as columns, to be stored: a few arrays, however many ROIs there are, and no row numbers. */
import { finished, STEP, type Steps } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import type { RoiChange } from "./merge.ts";
import { type PackedTexts, packTexts, unpackedTexts } from "./packed-texts.ts";
import {
  applied,
  type Cell,
  isThere,
  labelAt,
  nameAt,
  type Roi,
  type RoiId,
  type Rois,
  roisOf,
} from "./rois.ts";

export interface PackedChanges {
  readonly length: number;
  readonly from: PackedSide;
  readonly to: PackedSide;
}

interface PackedSide {
  /** Undefined is no ROI: one that is added has none before, one that is deleted none after. */
  readonly names: PackedTexts;
  /** Six numbers each, as in `RoiColumns`. */
  readonly bounds: Float64Array<ArrayBuffer>;
  /** NaN for no label; `labelled` tells it from a label that is not a number. */
  readonly labels: Float64Array<ArrayBuffer>;
  readonly labelled: Uint8Array<ArrayBuffer>;
  /** The distinct values put in place of others, and for each ROI which of them it has; -1 for none. */
  readonly values: readonly ReadonlyMap<string, Cell>[];
  readonly valuesOf: Int32Array<ArrayBuffer>;
}

/**
 * What differs between two states of one loaded table. An added ROI says no longer which row it copies, for rows are
 * counted anew; values are those that were put in place of others since.
 */
export function* packChanges(from: Rois, to: Rois): Steps<PackedChanges> {
  const ids = to.overlay.differing(from.overlay);
  const noValues = (): undefined => undefined;
  return {
    length: ids.length,
    from: yield* side(from, ids, noValues),
    to: yield* side(to, ids, newValues(from, to)),
  };
}

/** The same at once. */
export function packedChanges(from: Rois, to: Rois): PackedChanges {
  return finished(packChanges(from, to));
}

/** Changes as they are listed one by one, packed; `unpackedChanges` gives them back. */
export function packedList(changes: readonly RoiChange[]): PackedChanges {
  const none = roisOf({ names: [], bounds: new Float64Array(0), labels: undefined });
  const all = (side: "from" | "to"): Rois =>
    applied(none, new Map(changes.map((change, i) => [i, { from: undefined, to: change[side] }])));
  return packedChanges(all("from"), all("to"));
}

/** The values of an ROI that it had not before; ROIs that had the same and have the same share theirs. */
function newValues(from: Rois, to: Rois): (id: RoiId) => Roi["cells"] {
  const made = new Map<Roi["cells"], Map<Roi["cells"], Roi["cells"]>>();
  return (id) => {
    const [before, after] = [from.overlay.cells(id), to.overlay.cells(id)];
    if (!after || !before) return after;
    const known = made.get(before) ?? new Map<Roi["cells"], Roi["cells"]>();
    made.set(before, known);
    if (!known.has(after)) {
      const fresh = [...after].filter(
        ([name, value]) => !(before.has(name) && Object.is(before.get(name), value)),
      );
      known.set(after, fresh.length > 0 ? new Map(fresh) : undefined);
    }
    return known.get(after);
  };
}

function* side(
  rois: Rois,
  ids: readonly RoiId[],
  valuesAt: (id: RoiId) => Roi["cells"],
): Steps<PackedSide> {
  const { length } = ids;
  const names = new Array<string | undefined>(length).fill(undefined);
  const bounds = new Float64Array(6 * length);
  const labels = new Float64Array(length).fill(Number.NaN);
  const labelled = new Uint8Array(length);
  const valuesOf = new Int32Array(length).fill(-1);
  const values = new Map<ReadonlyMap<string, Cell>, number>();
  for (let i = 0; i < length; i++) {
    if (i % STEP === STEP - 1) yield;
    const id = ids[i] ?? 0;
    if (!isThere(rois, id)) continue;
    names[i] = nameAt(rois, id);
    rois.overlay.copyEdges(id, bounds, 6 * i);
    const label = labelAt(rois, id);
    if (label !== undefined) {
      labels[i] = label;
      labelled[i] = 1;
    }
    const cells = valuesAt(id);
    if (cells === undefined) continue;
    const at = values.get(cells) ?? values.size;
    values.set(cells, at);
    valuesOf[i] = at;
  }
  return {
    names: yield* packTexts(names),
    bounds,
    labels,
    labelled,
    values: [...values.keys()],
    valuesOf,
  };
}

/** The changes that were packed. */
export function unpackedChanges({ length, from, to }: PackedChanges): RoiChange[] {
  const [fromNames, toNames] = [unpackedTexts(from.names), unpackedTexts(to.names)];
  return Array.from({ length }, (_, i) => ({
    from: roiOf(from, i, fromNames[i]),
    to: roiOf(to, i, toNames[i]),
  }));
}

function roiOf(packed: PackedSide, i: number, name: string | undefined): Roi | undefined {
  if (name === undefined) return undefined;
  const at = (edge: number): number => packed.bounds[6 * i + edge] ?? Number.NaN;
  const cells = packed.values[packed.valuesOf[i] ?? -1];
  return {
    name,
    box: worldBox([at(0), at(1), at(2)], [at(3), at(4), at(5)]),
    label: packed.labelled[i] ? packed.labels[i] : undefined,
    ...(cells ? { cells } : {}),
  };
}
