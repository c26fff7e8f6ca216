/** Painting the bodies of cells: each pixel belongs to the cell nearest by its own measure, filled with filaments. */
import type { Cell } from "./cells.ts";
import { FOV } from "./layout.ts";
import { type NoiseField, noiseAt, PERIOD, smoothstep } from "./noise-field.ts";
import { emptyPlane, type Origin, type Plane } from "./paint-nuclei.ts";

/** Pixels are looked at in blocks, each with the cells that may reach it. */
const BLOCK = 16;

/** The marker of a field of view, as sharp as it gets; cells reach in from the neighbouring fields. */
export function paintCytoplasm(origin: Origin, cells: readonly Cell[], noise: NoiseField): Plane {
  const plane = emptyPlane();
  const bodies = cells.map((cell) => bodyOf(cell, origin));
  for (let top = 0; top < FOV.height; top += BLOCK) {
    for (let left = 0; left < FOV.width; left += BLOCK) {
      const near = bodies.filter(
        (body) =>
          Math.abs(body.y - top - BLOCK / 2) < body.extent + BLOCK &&
          Math.abs(body.x - left - BLOCK / 2) < body.extent + BLOCK,
      );
      if (near.length > 0) paintBlock(plane, top, left, near, origin, noise);
    }
  }
  return plane;
}

interface Body {
  readonly cell: Cell;
  readonly y: number;
  readonly x: number;
  readonly cos: number;
  readonly sin: number;
  /** Half axes of the territory, along and across the nucleus. */
  readonly along: number;
  readonly across: number;
  readonly extent: number;
}

function bodyOf(cell: Cell, origin: Origin): Body {
  const stretch = cell.phase === "metaphase" ? 1 : 1.12;
  const [along, across] = [cell.spread * stretch, cell.spread / stretch];
  return {
    cell,
    y: cell.y - origin.y,
    x: cell.x - origin.x,
    cos: Math.cos(cell.angle),
    sin: Math.sin(cell.angle),
    along,
    across,
    extent: along * 1.25,
  };
}

function paintBlock(
  plane: Plane,
  top: number,
  left: number,
  near: readonly Body[],
  origin: Origin,
  noise: NoiseField,
): void {
  const { height, width } = FOV;
  const bottom = Math.min(height, top + BLOCK);
  const right = Math.min(width, left + BLOCK);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      // By the position in the well, so that a cell goes on over the seam of two fields.
      const wy = y + origin.y;
      const wx = x + origin.x;
      const wave = noiseAt(noise, wy / 19, wx / 19) - 0.5;
      const ripple = noiseAt(noise, wx / 8 + 64, wy / 8 + 64) - 0.5;
      const place = nearest(near, y + 12 * wave + 5 * ripple, x + 12 * ripple - 5 * wave);
      if (place) plane[y * width + x] = lightOf(place, y - place.body.y, x - place.body.x, noise);
    }
  }
}

/** Where a pixel is in the cell it belongs to. */
interface Place {
  readonly body: Body;
  /** From the nucleus's centre, 0, to the end of the cell's reach, 1. */
  readonly distance: number;
  /** How much farther the next cell is: 0 where two meet. */
  readonly border: number;
}

function nearest(near: readonly Body[], y: number, x: number): Place | undefined {
  let owner: Body | undefined;
  let first = 1.02;
  let second = 1.2;
  for (const body of near) {
    const dy = y - body.y;
    const dx = x - body.x;
    const u = (dx * body.cos + dy * body.sin) / body.along;
    const v = (dy * body.cos - dx * body.sin) / body.across;
    const distance = Math.sqrt(u * u + v * v);
    if (distance < first) {
      second = first;
      first = distance;
      owner = body;
    } else if (distance < second) second = distance;
  }
  return owner && { body: owner, distance: first, border: second - first };
}

/** The brightness of a cell at an offset from its nucleus: filaments around it, thinner and dimmer outwards. */
function lightOf(place: Place, dy: number, dx: number, noise: NoiseField): number {
  const { distance, border } = place;
  const { cell, cos, sin } = place.body;
  const swirl = 0.9 * (noiseAt(noise, dy / 21 + cell.grain, dx / 21) - 0.5);
  const turn = (Math.atan2(dy, dx) / (2 * Math.PI)) * PERIOD;
  const r = Math.sqrt(dy * dy + dx * dx);
  const bend = (swirl * PERIOD) / (2 * Math.PI);
  const thick = ridge(noiseAt(noise, r / 26 + cell.grain, turn * 0.5 + bend * 0.5));
  const thin = ridge(noiseAt(noise, r / 15 + cell.grain * 3, turn + bend));
  const granules = noiseAt(noise, dy / 2.6 + cell.grain, dx / 2.6);
  const fill = 0.34 + 0.5 * thick + 0.75 * thin + 0.24 * granules;
  const u = (dx * cos + dy * sin) / cell.long;
  const v = (dy * cos - dx * sin) / cell.short;
  const nucleus = smoothstep(1.15, 0.8, Math.sqrt(u * u + v * v));
  const shade = Math.exp(-1.25 * distance) * (1 - 0.8 * nucleus);
  const seam = 0.45 + 0.55 * smoothstep(0, 0.16, border);
  const inside = smoothstep(1.02, 0.8, distance);
  return 1.6 * cell.marker * fill * shade * seam * inside;
}

/** Thin bright lines where noise crosses its middle. */
function ridge(value: number): number {
  const line = 1 - Math.abs(2 * value - 1);
  return line * line * line * line;
}
