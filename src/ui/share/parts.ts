/** What of an image can be exported: what is on screen, the selected ROI, all of it. */
import { onlyOf } from "../../editor/selection.ts";
import { type Box, isEmpty, worldBox } from "../../geometry/box.ts";
import { pixelFromWorld, worldOf } from "../../geometry/pixel-grid.ts";
import type { Level } from "../../ome/multiscale.ts";
import { roiAt } from "../../roi/rois.ts";
import type { Desk } from "../commands/command.ts";

export interface Part {
  readonly kind: "view" | "roi" | "image";
  /** What the user is told it is. */
  readonly title: string;
  /** What its file is called, after the source. */
  readonly suffix: string;
  /** All planes of it; of the view also what lies beside the image. */
  readonly box: Box<"world">;
  /** The plane of the finest level that shows it: the one looked at, where that cuts it. */
  readonly z: number;
}

/** The parts there are now; the one that is meant first: an ROI where one is selected. */
export function partsOf({ session, image, stage }: Desk): readonly [Part, ...Part[]] {
  const { grid } = image.levels[0];
  const all = worldOf(grid);
  const { z } = session.view.getState();
  const { width, height } = stage.eye.size;
  const [from, to] = [stage.eye.world({ x: 0, y: 0 }), stage.eye.world({ x: width, y: height })];
  const seen = worldBox([all.min[0], from.y, from.x], [all.max[0], to.y, to.x]);
  const view = { kind: "view", title: "What is on screen", suffix: "view", box: seen, z } as const;
  const whole = { kind: "image", title: "The whole image", suffix: "", box: all, z } as const;
  const { rois, selection } = session.rois.getState().document;
  const id = onlyOf(selection);
  const roi = id === undefined ? undefined : roiAt(rois, id);
  if (!roi || isEmpty(roi.box) || isEmpty(pixelFromWorld(grid, roi.box))) return [view, whole];
  const planes = pixelFromWorld(grid, roi.box);
  const isCut = z >= planes.min[0] && z < planes.max[0];
  const middle = Math.floor((planes.min[0] + planes.max[0] - 1) / 2);
  return [
    {
      kind: "roi",
      title: `The ROI ${roi.name}`,
      suffix: roi.name,
      box: roi.box,
      z: isCut ? z : middle,
    },
    view,
    whole,
  ];
}

/** The voxels of a part at a level, all its planes or the one that shows it. */
export function voxelsOf(
  { box, z }: Part,
  level: Level,
  finest: Level,
  planes: "all" | "one",
): Box<"pixel"> {
  const voxels = pixelFromWorld(level.grid, box);
  if (planes === "all") return voxels;
  const at = Math.min(
    level.grid.shape[0] - 1,
    Math.floor(((z + 0.5) * finest.grid.scale[0]) / level.grid.scale[0]),
  );
  return {
    ...voxels,
    min: [at, voxels.min[1], voxels.min[2]],
    max: [at + 1, voxels.max[1], voxels.max[2]],
  };
}

/** A file's name without its ending, of what names it; what no system takes in one is left out. */
export function fileName(...names: readonly (string | undefined)[]): string {
  const name = names.filter(Boolean).join(" ");
  return name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").slice(0, 120) || "image";
}
