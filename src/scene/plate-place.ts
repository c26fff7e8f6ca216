/** Where the wells of a plate lie: side by side in world units, and pixel by pixel in the picture of all of them. */
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import type { Rect } from "./rect.ts";

/** The row and column of a well, from 0. */
export interface WellPlace {
  readonly rowIndex: number;
  readonly columnIndex: number;
}

/** The lattice: cells with a gap between them, in pixels of the picture; all wells are as large as the first. */
export interface PlatePlace {
  readonly rows: number;
  readonly columns: number;
  /** Of a cell, in pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** Between cells, in pixels of the picture. */
  readonly gap: number;
  /** World units per pixel of the picture. */
  readonly scale: number;
}

/** Longest edge of the picture of a plate, in pixels. */
const PICTURE_MAX = 3072;

/** How many pixels of the picture there are for one of the screen while all wells are seen, so that one may come a little nearer. */
const FINER = 1.5;

/** The gap, as a part of a cell's longer edge. */
const GAP = 0.06;

export interface LatticeOptions {
  readonly rows: number;
  readonly columns: number;
  /** Gives the size of a well in world units. */
  readonly finest: PixelGrid;
  /** A cell has no more pixels than it. */
  readonly coarsest: PixelGrid;
  /** Where all wells are to be seen, in pixels of the screen (device, not CSS). */
  readonly screen: { readonly width: number; readonly height: number };
}

/** The lattice whose picture is about as large as the screen. */
export function plateLattice(options: LatticeOptions): PlatePlace {
  const { finest, coarsest, screen } = options;
  const [rows, columns] = [Math.max(1, options.rows), Math.max(1, options.columns)];
  const worldHeight = finest.shape[1] * finest.scale[1];
  const worldWidth = finest.shape[2] * finest.scale[2];
  const longest = Math.max(worldHeight, worldWidth);
  const fitted = Math.min(
    screen.width / (columns * worldWidth),
    screen.height / (rows * worldHeight),
  );
  const room = PICTURE_MAX / Math.max(rows, columns) / (1 + GAP);
  const wanted = Math.min(longest * fitted * FINER, room);
  const stored = Math.max(coarsest.shape[1], coarsest.shape[2]);
  const most = Math.max(1, Math.min(Math.round(wanted), stored));
  const scale = longest / most;
  const width = Math.max(1, Math.ceil(worldWidth / scale - 1e-6));
  const height = Math.max(1, Math.ceil(worldHeight / scale - 1e-6));
  const gap = Math.max(1, Math.round(GAP * most));
  return { rows, columns, width, height, gap, scale };
}

/** World units from one well's corner to the next one's. */
export function pitchOf({ width, height, gap, scale }: PlatePlace): {
  readonly x: number;
  readonly y: number;
} {
  return { x: (width + gap) * scale, y: (height + gap) * scale };
}

/** The world place of a well's first pixel. */
export function originOf(
  place: PlatePlace,
  { rowIndex, columnIndex }: WellPlace,
): readonly [x: number, y: number] {
  const pitch = pitchOf(place);
  return [columnIndex * pitch.x, rowIndex * pitch.y];
}

/** The world rectangle of a well's cell. */
export function cellRect(place: PlatePlace, well: WellPlace): Rect {
  const [x, y] = originOf(place, well);
  return [x, y, x + place.width * place.scale, y + place.height * place.scale];
}

/** All of the wells there are, from the first row and column that has one to the last; the whole lattice without wells. */
export function wellsRect(place: PlatePlace, wells: readonly WellPlace[]): Rect {
  const rects = wells.map((well) => cellRect(place, well));
  if (rects.length === 0) return pictureRect(place);
  return rects.reduce(([x0, y0, x1, y1], rect) => [
    Math.min(x0, rect[0]),
    Math.min(y0, rect[1]),
    Math.max(x1, rect[2]),
    Math.max(y1, rect[3]),
  ]);
}

/** The picture in pixels: every row and column, a gap after the last one too. */
export function pictureSize({ rows, columns, width, height, gap }: PlatePlace): {
  readonly width: number;
  readonly height: number;
} {
  return { width: columns * (width + gap), height: rows * (height + gap) };
}

/** The picture in the world. */
export function pictureRect(place: PlatePlace): Rect {
  const { width, height } = pictureSize(place);
  return [0, 0, width * place.scale, height * place.scale];
}

/** The row and column at a world place; undefined in the gaps and beside the plate. */
export function wellPlaceAt(
  place: PlatePlace,
  { x, y }: { readonly x: number; readonly y: number },
): WellPlace | undefined {
  const pitch = pitchOf(place);
  const well = { rowIndex: Math.floor(y / pitch.y), columnIndex: Math.floor(x / pitch.x) };
  const isOn =
    well.rowIndex >= 0 &&
    well.rowIndex < place.rows &&
    well.columnIndex >= 0 &&
    well.columnIndex < place.columns;
  if (!isOn) return undefined;
  const [left, top] = originOf(place, well);
  const isInside = x - left < place.width * place.scale && y - top < place.height * place.scale;
  return isInside ? well : undefined;
}
