/**
 * Where boxes lie so close that none can be told from its neighbours: counted in bins, shown as a veil of their colour. Its
 * colours are those of the corners of a mesh, which a GPU blends between for a fraction of what reading a picture costs.
 */
import type { Rect } from "./rect.ts";

/** Cells of a bin along x and along y; corners of the mesh lie in the middles of bins. */
export const BIN = 32;

/** How many outlines lie in a cell on the mean, where a crowd begins, and from where on it is nothing else. */
const CROWD = { from: 0.4, to: 0.8 } as const;

/** What of the pixels below a veil hides where a crowd begins, and how much more where it is endless. */
const VEIL = { thin: 0.5, more: 0.3 } as const;

export class Crowd {
  /** Bins along x and along y: a tile's, and one more on every side to blend into. */
  readonly #across: number;
  /** Per bin: red, green and blue, each times the weight, and the weight. */
  readonly #bins: Float32Array;
  /** Per bin, from 0 to 1: how much of it is a crowd. */
  readonly #parts: Float32Array;
  /** The bins that `at` blends, and how much of the lower ones it takes. */
  #row = 0;
  #below = 0;

  /** @param cells of a tile along x and along y */
  constructor(cells: number) {
    this.#across = cells / BIN + 2;
    this.#bins = new Float32Array(4 * this.#across ** 2);
    this.#parts = new Float32Array(this.#across ** 2);
  }

  clear(): void {
    this.#bins.fill(0);
  }

  /**
   * Counts a box in the bin of its middle; one larger than a bin can be told from others.
   *
   * @param left its first cell; the tile's are from 0 on, and so on
   * @param color 0xrrggbb
   */
  add(
    left: number,
    top: number,
    right: number,
    bottom: number,
    color: number,
    weight: number,
  ): void {
    const [width, height] = [right - left + 1, bottom - top + 1];
    if (!(width <= BIN && height <= BIN)) return;
    const column = Math.floor((left + right) / 2 / BIN) + 1;
    const row = Math.floor((top + bottom) / 2 / BIN) + 1;
    if (column < 0 || row < 0 || column >= this.#across || row >= this.#across) return;
    const outline = width > 1 && height > 1 ? 2 * (width + height) - 4 : width * height;
    addColor(this.#bins, 4 * (row * this.#across + column), color, (weight * outline) / BIN ** 2);
  }

  /** Once all are added: where they are a crowd. Whether they are anywhere. */
  close(): boolean {
    let most = 0;
    for (let bin = 0; bin < this.#parts.length; bin++) {
      const weight = this.#bins[4 * bin + 3] ?? 0;
      const part = Math.min(1, Math.max(0, (weight - CROWD.from) / (CROWD.to - CROWD.from)));
      this.#parts[bin] = part * part * (3 - 2 * part);
      if (part > most) most = part;
    }
    return most > 0;
  }

  /** Goes to a row of cells. */
  goTo(y: number): void {
    const at = y / BIN + 0.5;
    this.#row = this.#across * Math.floor(at);
    this.#below = at % 1;
  }

  /** How crowded a place in that row is, from 0 to 1; its cells have their middles at halves. */
  at(x: number): number {
    return this.#blended(this.#parts, x, 1);
  }

  /** RGBA of the veil at the corners of the mesh, row by row, times alpha; corners beyond a rectangle are moved to its edge. */
  veil([x0, y0, x1, y1]: Rect): Uint8Array<ArrayBuffer> {
    const sums = this.#veils();
    const rgba = new Uint8Array(sums.length);
    const middle = (bin: number): number => BIN * (bin - 0.5);
    for (let row = 0, out = 0; row < this.#across; row++) {
      this.goTo(Math.min(y1, Math.max(y0, middle(row))));
      for (let column = 0; column < this.#across; column++, out += 4) {
        const x = Math.min(x1, Math.max(x0, middle(column)));
        for (let channel = 0; channel < 4; channel++)
          rgba[out + channel] = Math.round(this.#blended(sums, x, 4, channel));
      }
    }
    return rgba;
  }

  /** RGBA of each bin's veil, times alpha. */
  #veils(): Float32Array {
    const rgba = new Float32Array(this.#bins.length);
    for (let bin = 0; bin < this.#parts.length; bin++) {
      const part = this.#parts[bin] ?? 0;
      if (part === 0) continue;
      const weight = this.#bins[4 * bin + 3] ?? 0;
      const alpha = part * (VEIL.thin + (VEIL.more * weight) / (weight + 3));
      for (let channel = 0; channel < 3; channel++)
        rgba[4 * bin + channel] = ((this.#bins[4 * bin + channel] ?? 0) / weight) * alpha;
      rgba[4 * bin + 3] = 255 * alpha;
    }
    return rgba;
  }

  /** A value between the four bins around a place in the row gone to; of `size` values a bin, the one at `channel`. */
  #blended(values: Float32Array, x: number, size: number, channel = 0): number {
    const at = x / BIN + 0.5;
    const upper = size * (this.#row + Math.floor(at)) + channel;
    const lower = upper + size * this.#across;
    const right = at % 1;
    // No bin beyond the last is asked for: there the parts beyond it are 0.
    const over = mixed(values[upper] ?? 0, values[upper + size] ?? 0, right);
    const under = mixed(values[lower] ?? 0, values[lower + size] ?? 0, right);
    return mixed(over, under, this.#below);
  }
}

function mixed(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}

/** Adds 0xrrggbb times a weight, and the weight. */
export function addColor(sums: Float32Array, at: number, color: number, weight: number): void {
  sums[at] = (sums[at] ?? 0) + weight * (color >> 16);
  sums[at + 1] = (sums[at + 1] ?? 0) + weight * ((color >> 8) & 255);
  sums[at + 2] = (sums[at + 2] ?? 0) + weight * (color & 255);
  sums[at + 3] = (sums[at + 3] ?? 0) + weight;
}
