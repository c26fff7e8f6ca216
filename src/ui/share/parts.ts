/** What of an image can be exported: what is on screen, the selected ROIs, all of it. */
import { counted } from "../../base/counted.ts";
import { onlyOf } from "../../editor/selection.ts";
import { type Box, isEmpty, worldBox } from "../../geometry/box.ts";
import { type PixelGrid, pixelFromWorld, worldOf } from "../../geometry/pixel-grid.ts";
import type { Level } from "../../ome/multiscale.ts";
import { freeName } from "../../roi/names.ts";
import { type Roi, roiAt } from "../../roi/rois.ts";
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
  const roi = id === undefined ? undefined : partOf(roiAt(rois, id), grid, z);
  return roi ? [roi, view, whole] : [view, whole];
}

/** Undefined where there is none of the image's voxels in it. */
function partOf(roi: Roi | undefined, grid: PixelGrid, z: number): Part | undefined {
  if (!roi || isEmpty(roi.box)) return undefined;
  const planes = pixelFromWorld(grid, roi.box);
  if (isEmpty(planes)) return undefined;
  const isCut = z >= planes.min[0] && z < planes.max[0];
  const middle = Math.floor((planes.min[0] + planes.max[0] - 1) / 2);
  const { name, box } = roi;
  return { kind: "roi", title: `The ROI ${name}`, suffix: name, box, z: isCut ? z : middle };
}

/** What is exported at once: one part, or several that are a file each. */
export interface Parts {
  readonly kind: Part["kind"] | "rois";
  readonly title: string;
  readonly each: readonly [Part, ...Part[]];
}

/** More files are rather made by a program. */
const MOST_FILES = 1000;

/** As `partsOf`; where several ROIs are selected, those first, no two under one name. */
export function partsOfFiles(desk: Desk): readonly [Parts, ...Parts[]] {
  const [first, ...others] = partsOf(desk);
  const one = (part: Part): Parts => ({ kind: part.kind, title: part.title, each: [part] });
  const alone = [one(first), ...others.map(one)] as const;
  const { session, image } = desk;
  const { rois, selection } = session.rois.getState().document;
  if (selection.size < 2 || selection.size > MOST_FILES) return alone;
  const { z } = session.view.getState();
  const parts = [...selection].flatMap(
    (id) => partOf(roiAt(rois, id), image.levels[0].grid, z) ?? [],
  );
  const names = fileNames(parts.map(({ suffix }) => suffix));
  const named = parts.map((part, i) => ({ ...part, suffix: names[i] ?? part.suffix }));
  const [head, ...rest] = named;
  if (!head) return alone;
  const title = `The ${counted(parts.length, "selected ROI")}, a file each`;
  return [{ kind: "rois", title, each: [head, ...rest] }, ...alone];
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

/** The longest name without an ending, in bytes: file systems take 255, and a browser may add a number. */
const NAME_MAX = 200;

/** What `fileNames` may add. */
const NUMBER_MAX = 10;

/** A file's name without its ending, of what names it; what no system takes in one is left out. */
export function fileName(...names: readonly (string | undefined)[]): string {
  return legal(names.filter(Boolean).join(" "), NAME_MAX);
}

/** A file's name for each, no two alike as file systems see them, many of which know no case. */
export function fileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const short = legal(name, NAME_MAX - NUMBER_MAX);
    const free = freeName(short, { has: (one) => taken.has(one.toLowerCase()) });
    taken.add(free.toLowerCase());
    return free;
  });
}

function legal(name: string, most: number): string {
  const bytes = new TextEncoder().encode(name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_"));
  // A character that is cut in two is left out.
  const text = new TextDecoder().decode(bytes.subarray(0, most), { stream: true });
  return text || "image";
}
