/** How large a picture of a part of the world can be: a few sizes to choose from, up to what a browser can hold. */
import type { Box } from "../../geometry/box.ts";
import { pixelFromWorld, worldFromPixel } from "../../geometry/pixel-grid.ts";
import type { Level } from "../../ome/multiscale.ts";
import type { Rect } from "../../scene/rect.ts";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** What of the world it shows. */
  readonly rect: Rect;
  readonly worldPerPixel: number;
  /** How many pixels of the picture one of the screen takes: lines and names are drawn so much larger; whole. */
  readonly perScreenPixel: number;
  /** What it is one pixel per voxel of, or how many times as fine as the screen. */
  readonly of: Level | number;
}

/** The longest side and the most pixels: with four bytes each, what a tab holds twice. */
export const SIDE_MAX = 8192;
export const PIXELS_MAX = 2 ** 25;

/** How many times as fine as the screen. */
const TIMES = [1, 2, 4] as const;

/** The shortest side of a picture of a level, in pixels: what is smaller shows little, and has no room for a scale bar. */
const SIDE_MIN = 128;

/**
 * Sizes for a part of the world, the smallest first: as large as it is on a screen, twice and four times that, and one
 * pixel per voxel of each level. At least one of the former.
 * @param box world units, with an area
 * @param screen the world units that a pixel of the screen takes where all of the part fits on it
 */
export function pictureSizes(
  box: Box<"world">,
  screen: number,
  levels: readonly Level[],
): readonly PictureSize[] {
  const rect: Rect = [box.min[2], box.min[1], box.max[2], box.max[1]];
  const [across, down] = [rect[2] - rect[0], rect[3] - rect[1]];
  const onScreen = Math.max(
    screen,
    Math.max(across, down) / SIDE_MAX,
    Math.sqrt((across * down) / PIXELS_MAX) * (1 + 1e-3),
  );
  const sized = (part: Rect, worldPerPixel: number, of: PictureSize["of"]): PictureSize => ({
    width: Math.max(1, Math.round((part[2] - part[0]) / worldPerPixel)),
    height: Math.max(1, Math.round((part[3] - part[1]) / worldPerPixel)),
    rect: part,
    worldPerPixel,
    perScreenPixel: Math.max(1, Math.round(onScreen / worldPerPixel)),
    of,
  });
  return [
    ...TIMES.map((times) => sized(rect, onScreen / times, times)),
    ...levels.flatMap((level) => {
      const { min, max } = worldFromPixel(level.grid, pixelFromWorld(level.grid, box));
      const size = sized([min[2], min[1], max[2], max[1]], pixelOf(level), level);
      return Math.min(size.width, size.height) < SIDE_MIN ? [] : [size];
    }),
  ]
    .filter((size) => size.of === 1 || fits(size))
    .sort((a, b) => a.width - b.width);
}

/** Where voxels are no squares, the shorter edge. */
function pixelOf({ grid }: Level): number {
  return Math.min(grid.scale[1], grid.scale[2]);
}

function fits({ width, height }: PictureSize): boolean {
  return Math.max(width, height) <= SIDE_MAX && width * height <= PIXELS_MAX;
}

/** A part of a picture that is drawn in one go, in pixels of the screen from the picture's upper left corner. */
export interface Piece {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The most pixels that are drawn in one go: where the CPU draws, they take less than a hand notices. */
const PIECE = { width: 1024, height: 512 } as const;

/** The pieces that cover a picture, in whole pixels of the screen; the last ones may reach over its edge by less than one. */
export function piecesOf({ width, height, perScreenPixel: per }: PictureSize): readonly Piece[] {
  const [across, down] = [Math.ceil(width / per), Math.ceil(height / per)];
  const most = {
    width: Math.max(1, Math.floor(PIECE.width / per)),
    height: Math.max(1, Math.floor(PIECE.height / per)),
  };
  const pieces: Piece[] = [];
  for (let top = 0; top < down; top += most.height)
    for (let left = 0; left < across; left += most.width)
      pieces.push({
        left,
        top,
        width: Math.min(most.width, across - left),
        height: Math.min(most.height, down - top),
      });
  return pieces;
}
