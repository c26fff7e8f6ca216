/**
 * Changes carried from the table they were made on to another reading of it: a draft onto the table opened again, one's
 * own edits onto what another program wrote meanwhile. Rows have other numbers there, so ROIs are met by name.
 */
import { freeName, takenBeside } from "./names.ts";
import { packedChanges, unpackedChanges } from "./packed-changes.ts";
import {
  type Cell,
  type Roi,
  type RoiDiff,
  type RoiId,
  type Rois,
  roiAt,
  sameRoi,
} from "./rois.ts";

/** One ROI's value on disk and as it was edited; undefined before is an added one, after a deleted one. */
export interface RoiChange {
  readonly from: Roi | undefined;
  readonly to: Roi | undefined;
}

/** One ROI that was changed on both sides, or named alike on both. */
export interface Clash {
  readonly mine: RoiChange;
  /** The ROI as the others left it; undefined where they deleted or renamed it. */
  readonly theirs: { readonly id: RoiId; readonly roi: Roi } | undefined;
}

export interface Merge {
  /** The changes that touch nothing the others touched, as a change of theirs. */
  readonly diff: RoiDiff;
  readonly clashes: readonly Clash[];
}

/** What becomes of a clash: one's own value, the others', or both beside each other, one's own under a free name. */
export type Choice = "mine" | "theirs" | "both";

/** What differs between two states of one loaded table, as `packedChanges` says it. */
export function roiChanges(from: Rois, to: Rois): RoiChange[] {
  return unpackedChanges(packedChanges(from, to));
}

/** Name, box and label alone: what other columns hold is on disk of its own, and is merged cell by cell. */
function bare(roi: Roi | undefined): Roi | undefined {
  return roi && { name: roi.name, box: roi.box, label: roi.label };
}

function withCells<R extends Roi | undefined>(roi: R, cells: Iterable<readonly [string, Cell]>): R {
  const all = new Map([...(roi?.cells ?? []), ...cells]);
  return roi === undefined || all.size === 0 ? roi : { ...roi, cells: all };
}

/** Puts changes on ROIs that may have changed meanwhile. What both sides did alike is done already, and no clash. */
export function merged(changes: readonly RoiChange[], theirs: Rois): Merge {
  const find = finder(theirs);
  const diff = new Map<RoiId, { from: Roi | undefined; to: Roi | undefined }>();
  const clashes: Clash[] = [];
  let nextId = theirs.nextId;
  for (const mine of changes) {
    const { from, to } = mine;
    const met = find(from?.name ?? to?.name ?? "", from);
    if (met) {
      const value = mergedValue(mine, met.roi);
      if (value === "clash") clashes.push({ mine, theirs: met });
      else if (!sameRoi(value, met.roi)) diff.set(met.id, { from: met.roi, to: value });
    } else if (from === undefined) diff.set(nextId++, { from, to });
    // What was renamed here, and is so there too, is met under its new name.
    else if (to && !isAt(find(to.name, to), to)) clashes.push({ mine, theirs: undefined });
  }
  return { diff, clashes };
}

/** What an ROI of theirs becomes with one's own change on it. */
function mergedValue({ from, to }: RoiChange, theirs: Roi): Roi | undefined | "clash" {
  const isUntouched = sameRoi(bare(theirs), from);
  if (to === undefined) return isUntouched ? undefined : "clash";
  // Cells alone were edited, or are all that is left to do: they go beside whatever the others did to the box.
  if (isAt({ roi: theirs }, to) || sameRoi(bare(to), from))
    return withCells(theirs, to.cells ?? []);
  return isUntouched ? withCells({ ...theirs, ...bare(to) }, to.cells ?? []) : "clash";
}

function isAt(met: { readonly roi: Roi } | undefined, to: Roi): boolean {
  return sameRoi(bare(met?.roi), bare(to));
}

/** The whole change of theirs, with every clash decided. */
export function resolved(
  { diff, clashes }: Merge,
  theirs: Rois,
  choose: (clash: Clash) => Choice,
): RoiDiff {
  const out = new Map(diff);
  const taken = takenBeside(theirs.names);
  for (const { to } of diff.values()) if (to) taken.add(to.name);
  let { nextId } = theirs;
  for (const id of diff.keys()) nextId = Math.max(nextId, id + 1);
  for (const clash of clashes) {
    const { to } = clash.mine;
    const choice = choose(clash);
    if (choice === "theirs") continue;
    if (choice === "mine" && clash.theirs) {
      out.set(clash.theirs.id, { from: clash.theirs.roi, to });
    } else if (to) {
      const name = freeName(to.name, taken);
      taken.add(name);
      out.set(nextId++, { from: undefined, to: { ...to, name } });
    }
  }
  return out;
}

/**
 * Finds an ROI of theirs by name: of several with one name the one that is unchanged, else the first. Each is met once,
 * so that namesakes do not fall together.
 */
function finder(theirs: Rois) {
  const byName = new Map<string, RoiId[]>();
  return (name: string, like: Roi | undefined): { id: RoiId; roi: Roi } | undefined => {
    const ids = byName.get(name) ?? [...theirs.names.idsOf(name)];
    byName.set(name, ids);
    const at = Math.max(
      0,
      ids.findIndex((id) => sameRoi(bare(roiAt(theirs, id)), bare(like))),
    );
    const id = ids[at];
    const roi = id === undefined ? undefined : roiAt(theirs, id);
    if (id === undefined || roi === undefined) return undefined;
    if (ids.length > 1) ids.splice(at, 1);
    return { id, roi };
  };
}
