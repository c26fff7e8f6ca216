/** The voxels of the working level that tools read for an ROI, and where two of them differ, a word and a way out. */
import { resizeTo } from "../../editor/commands.ts";
import { type Box, isEmpty, lengthsOf } from "../../geometry/box.ts";
import { pixelFromWorld, worldFromPixel } from "../../geometry/pixel-grid.ts";
import { taskCoreVoxels } from "../../geometry/task-core-voxels.ts";
import type { Level } from "../../ome/multiscale.ts";
import type { RoiId } from "../../roi/rois.ts";
import { edit } from "../../state/rois.ts";
import { useSession } from "../session-context.ts";

export function CoveredVoxels({
  id,
  box,
  level,
}: {
  readonly id: RoiId;
  readonly box: Box<"world">;
  readonly level: Level;
}) {
  const session = useSession();
  if (![...box.min, ...box.max].every(Number.isFinite)) return null;
  const { grid, name } = level;
  const ngio = pixelFromWorld(grid, box);
  const core = taskCoreVoxels(grid, box);
  const isSame = core !== undefined && differing(ngio, core).length === 0;
  const align = (): void => {
    const { rois } = session.rois.getState().document;
    edit(session, resizeTo(rois, id, worldFromPixel(grid, ngio)));
  };
  return (
    <div className="covered">
      <p className="soft">
        {isEmpty(ngio)
          ? `Covers no voxel of level ${name}`
          : `Covers ${lengthsOf(ngio).toReversed().join(" × ")} voxels of level ${name}`}
        {!isSame && " to ngio and Fovea"}
      </p>
      {!isSame && (
        <p className="differs">
          {core === undefined
            ? "fractal-tasks-core refuses it: it begins before the image"
            : `fractal-tasks-core reads ${differing(ngio, core).join(", ")}: an edge lies between voxels, and it rounds where ngio takes every voxel that is touched`}
          {!isEmpty(ngio) && (
            <button
              type="button"
              className="quiet small"
              title={`Puts each edge on a voxel's edge of level ${name}, so that all tools agree`}
              onClick={align}
            >
              Align
            </button>
          )}
        </p>
      )}
    </div>
  );
}

const AXES = [
  ["x", 2],
  ["y", 1],
  ["z", 0],
] as const;

/** "x 10–30 (not 10–31)" for each axis along which two boxes differ. */
function differing(ours: Box<"pixel">, theirs: Box<"pixel">): readonly string[] {
  return AXES.flatMap(([name, axis]) => {
    const [min, max] = [theirs.min[axis], theirs.max[axis]];
    if (min === ours.min[axis] && max === ours.max[axis]) return [];
    return [`${name} ${min}–${max}, not ${ours.min[axis]}–${ours.max[axis]}`];
  });
}
