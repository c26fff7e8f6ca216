/** Where boxes lie so close that none can be told from its neighbours: counted in bins, shown as a veil of their colour. */

/** Cells of a bin along x and along y. */
export const BIN = 16;

/** How many outlines lie in a cell on the mean, where a crowd begins, and from where on it is nothing else. */
const CROWD = { from: 0.7, to: 1.6 } as const;

/** What of the pixels below a veil hides where a crowd begins, and how much more where it is endless. */
const VEIL = { thin: 0.35, more: 0.35 } as const;

export class Crowd {
  /** Bins along x and along y: a tile's, and one more on every side to blend into. */
  readonly #across: number;
  /** Per bin: red, green and blue, each times the weight, and the weight. */
  readonly #bins: Float32Array;
  /** The same for a row of cells, blended from the bins above and below. */
  readonly #row: Float32Array;

  /** @param cells of a tile along x and along y */
  constructor(cells: number) {
    this.#across = cells / BIN + 2;
    this.#bins = new Float32Array(4 * this.#across ** 2);
    this.#row = new Float32Array(4 * this.#across);
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

  /** Goes to a row of cells; whether there is a crowd anywhere in it. */
  goTo(y: number): boolean {
    const at = (y + 0.5) / BIN + 0.5;
    const first = 4 * this.#across * Math.floor(at);
    const part = at % 1;
    let most = 0;
    for (let i = 0; i < this.#row.length; i++) {
      const above = this.#bins[first + i] ?? 0;
      const below = this.#bins[first + this.#row.length + i] ?? 0;
      const value = above + (below - above) * part;
      this.#row[i] = value;
      if (i % 4 === 3 && value > most) most = value;
    }
    return most > CROWD.from;
  }

  /** How crowded a cell of that row is, from 0 to 1. */
  at(x: number): number {
    const part = (this.#blended(x, 3) - CROWD.from) / (CROWD.to - CROWD.from);
    const inside = Math.min(1, Math.max(0, part));
    return inside * inside * (3 - 2 * inside);
  }

  /**
   * Puts the veil of a cell under what is painted there.
   *
   * @param rgba times alpha, the cell's at `out`
   * @param crowd as `at` gave it
   */
  paint(rgba: Uint8Array, out: number, x: number, crowd: number): void {
    const weight = this.#blended(x, 3);
    const veil = crowd * (VEIL.thin + (VEIL.more * weight) / (weight + 3));
    const seen = veil * (1 - (rgba[out + 3] ?? 0) / 255);
    for (let channel = 0; channel < 3; channel++)
      rgba[out + channel] =
        (rgba[out + channel] ?? 0) + (this.#blended(x, channel) / weight) * seen;
    rgba[out + 3] = (rgba[out + 3] ?? 0) + 255 * seen;
  }

  #blended(x: number, channel: number): number {
    const at = (x + 0.5) / BIN + 0.5;
    const column = 4 * Math.floor(at) + channel;
    const left = this.#row[column] ?? 0;
    return left + ((this.#row[column + 4] ?? 0) - left) * (at % 1);
  }
}

/** Adds 0xrrggbb times a weight, and the weight. */
export function addColor(sums: Float32Array, at: number, color: number, weight: number): void {
  sums[at] = (sums[at] ?? 0) + weight * (color >> 16);
  sums[at + 1] = (sums[at + 1] ?? 0) + weight * ((color >> 8) & 255);
  sums[at + 2] = (sums[at + 2] ?? 0) + weight * (color & 255);
  sums[at + 3] = (sums[at + 3] ?? 0) + weight;
}
