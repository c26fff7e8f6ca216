/**
 * The picture of boxes too small or too many to draw one by one: outlines added up in cells, light on a dark rim, and
 * where they lie so close that none can be told from its neighbours a veil of their colour, the thicker the more.
 */
import { crowdColor } from "./palette.ts";
import type { Rect } from "./rect.ts";
import { addColor, BIN, Crowd } from "./roi-crowd.ts";
import { trianglesOf } from "./roi-density-mesh.ts";

/** Cells of a tile's picture along x and along y. */
export const TILE_CELLS = 512;

/** One more on every side, for the rims that reach in from there. */
const WIDE = TILE_CELLS + 2;

/** How much of what lies below the light and the rim hide at most, from 0 to 1. */
const LIGHT = 0.7;
const RIM = 0.55;

/** Corners of a picture's mesh along x and along y. */
export const MESH_CORNERS = TILE_CELLS / BIN + 2;

/** From a square's first corner to each of its corners. */
const SQUARE = [0, 1, MESH_CORNERS, MESH_CORNERS + 1] as const;

const CHANNELS = [0, 1, 2, 3] as const;

/** Colours of a veil that are told apart by nobody differ by no more, of 255. */
const ALIKE = 3;

/** How a tile is drawn: a mesh of squares, some of them veiled, some a part of a picture of its cells, some both. */
export interface DensityPicture {
  /** The cells that boxes and their rims reach, half-open; nothing is seen beyond them. */
  readonly ink: Rect;
  /** RGBA at the corners of the mesh, times alpha: the veil; undefined where no box is in a crowd. */
  readonly veil: Uint8Array<ArrayBuffer> | undefined;
  /** The parts of the mesh where a veil is seen: three corners a triangle. */
  readonly veiled: Uint16Array<ArrayBuffer>;
  /** RGBA of the tile's cells, row by row, times alpha: over the veil; undefined where all is a crowd. */
  readonly cells: Uint8Array<ArrayBuffer> | undefined;
  /** The parts of the mesh where cells are seen: three corners a triangle. */
  readonly lit: Uint16Array<ArrayBuffer>;
}

/** Boxes that reach so many cells beyond a tile have a part in its picture. */
export const TILE_MARGIN = BIN;

/** Adds outlines up, one tile after the other; its memory is used again for each. */
export class DensityPainter {
  /** Per cell: red, green and blue, each times the weight, and the weight. */
  readonly #sums = new Float32Array(4 * WIDE * WIDE);
  readonly #crowd = new Crowd(TILE_CELLS);
  /** The first and the last column and row that boxes reach, as sums are counted. */
  #left = WIDE;
  #top = WIDE;
  #right = -1;
  #bottom = -1;
  #touched = false;
  #minX = 0;
  #minY = 0;
  #perUnit = 1;

  /** Begins the picture of a square of the world. */
  begin([minX, minY, maxX]: Rect): void {
    if (this.#touched) {
      this.#sums.fill(0);
      this.#crowd.clear();
    }
    this.#touched = false;
    [this.#left, this.#top, this.#right, this.#bottom] = [WIDE, WIDE, -1, -1];
    this.#perUnit = TILE_CELLS / (maxX - minX);
    this.#minX = minX - 1 / this.#perUnit;
    this.#minY = minY - 1 / this.#perUnit;
  }

  /**
   * Adds the outline of a box, a cell wide; a box inside one cell adds to that.
   *
   * @param color 0xrrggbb
   * @param weight 1 for a box that is there, less for one that is dimmed
   */
  add(x0: number, y0: number, x1: number, y1: number, color: number, weight: number): void {
    const left = Math.floor((x0 - this.#minX) * this.#perUnit);
    const top = Math.floor((y0 - this.#minY) * this.#perUnit);
    // An outline lies inside its box, so that neighbours that touch do not share one.
    const right = Math.max(left, Math.ceil((x1 - this.#minX) * this.#perUnit) - 1);
    const bottom = Math.max(top, Math.ceil((y1 - this.#minY) * this.#perUnit) - 1);
    const tone = crowdColor(color);
    this.#touched = true;
    if (left < this.#left) this.#left = left;
    if (top < this.#top) this.#top = top;
    if (right > this.#right) this.#right = right;
    if (bottom > this.#bottom) this.#bottom = bottom;
    this.#crowd.add(left - 1, top - 1, right - 1, bottom - 1, tone, weight);
    if (!(right >= 0 && bottom >= 0 && left < WIDE && top < WIDE)) return;
    // Where there are very many, most are in one cell.
    if (left === right && top === bottom)
      addColor(this.#sums, 4 * (top * WIDE + left), color, weight);
    else this.#outline(left, top, right, bottom, color, weight);
  }

  #outline(
    left: number,
    top: number,
    right: number,
    bottom: number,
    color: number,
    weight: number,
  ): void {
    const [from, to] = [Math.max(0, left), Math.min(WIDE - 1, right)];
    if (top >= 0) this.#line(top * WIDE + from, 1, to - from + 1, color, weight);
    if (bottom > top && bottom < WIDE)
      this.#line(bottom * WIDE + from, 1, to - from + 1, color, weight);
    const [begin, end] = [Math.max(0, top + 1), Math.min(WIDE - 1, bottom - 1)];
    if (left >= 0) this.#line(begin * WIDE + left, WIDE, end - begin + 1, color, weight);
    if (right > left && right < WIDE)
      this.#line(begin * WIDE + right, WIDE, end - begin + 1, color, weight);
  }

  #line(cell: number, step: number, length: number, color: number, weight: number): void {
    for (let i = 0, at = 4 * cell; i < length; i++, at += 4 * step)
      addColor(this.#sums, at, color, weight);
  }

  /** Ends the picture; undefined where nothing lies. */
  picture(): DensityPicture | undefined {
    const ink = this.#ink();
    if (ink === undefined) return undefined;
    const isCrowded = this.#crowd.close();
    const veil = isCrowded ? this.#crowd.veil(ink) : undefined;
    const veiled = trianglesOf(
      MESH_CORNERS,
      (corner) => SQUARE.some((step) => (veil?.[4 * (corner + step) + 3] ?? 0) > 0),
      (a, b) =>
        CHANNELS.every(
          (i) => Math.abs((veil?.[4 * a + i] ?? 0) - (veil?.[4 * b + i] ?? 0)) <= ALIKE,
        ),
    );
    const cells = new Uint8Array(4 * TILE_CELLS * TILE_CELLS);
    const seen = this.#paintCells(cells, ink, isCrowded);
    const lit = trianglesOf(
      MESH_CORNERS,
      (corner) => seen[corner] === 1,
      () => true,
    );
    return { ink, veil, veiled, cells: lit.length > 0 ? cells : undefined, lit };
  }

  #ink(): Rect | undefined {
    const [x0, y0] = [Math.max(0, this.#left - 2), Math.max(0, this.#top - 2)];
    const x1 = Math.min(TILE_CELLS, this.#right + 1);
    const y1 = Math.min(TILE_CELLS, this.#bottom + 1);
    return x1 > x0 && y1 > y0 ? [x0, y0, x1, y1] : undefined;
  }

  /** Which squares of the mesh have a cell that is not clear. */
  #paintCells(rgba: Uint8Array, [x0, y0, x1, y1]: Rect, isCrowded: boolean): Uint8Array {
    const seen = new Uint8Array(MESH_CORNERS ** 2);
    const square = (at: number): number => Math.floor(at / BIN + 0.5);
    for (let y = y0; y < y1; y++) {
      const row = MESH_CORNERS * square(y);
      if (isCrowded) this.#crowd.goTo(y + 0.5);
      let out = 4 * (y * TILE_CELLS + x0);
      for (let x = x0, cell = (y + 1) * WIDE + 1 + x0; x < x1; x++, cell++, out += 4) {
        const lone = isCrowded ? 1 - this.#crowd.at(x + 0.5) : 1;
        if (lone > 0 && this.#paint(rgba, out, cell, lone)) seen[row + square(x)] = 1;
      }
    }
    return seen;
  }

  /** Whether there is anything in a cell. */
  #paint(rgba: Uint8Array, out: number, cell: number, part: number): boolean {
    const sums = this.#sums;
    const weightAt = (at: number): number => sums[4 * at + 3] ?? 0;
    const weight = weightAt(cell);
    const beside = weightAt(cell - 1) + weightAt(cell + 1);
    const around = weight + beside + weightAt(cell - WIDE) + weightAt(cell + WIDE);
    if (around === 0) return false;
    const light = covered(weight) * LIGHT * part;
    const rim = covered(around) * RIM * part;
    const scale = weight > 0 ? light / weight : 0;
    rgba[out] = (sums[4 * cell] ?? 0) * scale;
    rgba[out + 1] = (sums[4 * cell + 1] ?? 0) * scale;
    rgba[out + 2] = (sums[4 * cell + 2] ?? 0) * scale;
    rgba[out + 3] = 255 * (light + (1 - light) * rim);
    return true;
  }
}

/** What part of a cell so many outlines cover: one nearly all of it, more of them ever less of the rest. */
function covered(weight: number): number {
  return 1 - Math.exp(-2.5 * weight);
}
