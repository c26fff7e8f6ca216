/** Which wells of a plate are not as their neighbours are, from all that is known of them. */
import type { PlateWells } from "../../scene/plate-wells.ts";
import type { Mosaic } from "./mosaic.ts";
import type { WellMark } from "./plate-status.ts";
import type { WellChecks } from "./well-checks.ts";

/**
 * By the well's index; has wells of which nothing came checked.
 * @returns the same map as before where nothing has changed
 */
export function wellMarks(
  before: ReadonlyMap<number, WellMark>,
  given: {
    readonly count: number;
    readonly checks: WellChecks;
    readonly mosaic: Mosaic;
    readonly near: PlateWells;
  },
): ReadonlyMap<number, WellMark> {
  const { count, checks, mosaic, near } = given;
  const marks = new Map(checks.marks);
  for (let well = 0; well < count; well++) {
    if (mosaic.tiles.stateOf(well) === "bare") checks.ask(well);
    const fault = mosaic.tiles.failed.get(well);
    // What cannot be decoded may be stored otherwise than the first well's.
    if (fault?.tag === "invalid") checks.look(well);
    if (fault) marks.set(well, { kind: "failed", why: fault.message });
    else if (near.hasFailed(well) && !isBare(marks.get(well)))
      marks.set(well, { kind: "failed", why: "some of its chunks are missing or broken" });
  }
  const isSame =
    marks.size === before.size &&
    [...marks].every(([well, { kind }]) => before.get(well)?.kind === kind);
  return isSame ? before : marks;
}

const isBare = (mark: WellMark | undefined): boolean =>
  mark?.kind === "empty" || mark?.kind === "absent" || mark?.kind === "lacking";
