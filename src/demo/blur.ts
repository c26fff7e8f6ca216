/** Light from out of focus: box blurs, cheap at any radius and near a Gaussian when repeated. */
import { FOV } from "./layout.ts";
import type { Plane } from "./paint-nuclei.ts";

/** How much smaller the picture is that a wide blur is made from. */
const SHRINK = 4;

/** A picture blurred by three box filters of a radius in pixels, its edges repeated outwards. */
export function blurred(plane: Plane, width: number, radius: number): Plane {
  const from = Float32Array.from(plane);
  const to = new Float32Array(plane.length);
  for (let pass = 0; pass < 3; pass++) {
    boxRows(from, to, width, radius);
    boxColumns(to, from, width, radius);
  }
  return from;
}

/** The wide glow of a field of view: shrunk, blurred by a radius in pixels of the small picture, and enlarged. */
export function glowOf(plane: Plane, radius: number): Plane {
  const { height, width } = FOV;
  const [h, w] = [height / SHRINK, width / SHRINK];
  const small = new Float32Array(h * w);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = Math.floor(y / SHRINK) * w + Math.floor(x / SHRINK);
      small[at] = (small[at] ?? 0) + (plane[y * width + x] ?? 0) / SHRINK ** 2;
    }
  return enlarged(blurred(small, w, radius), h, w);
}

/** Bilinear, pixel centres upon pixel centres. */
function enlarged(small: Plane, h: number, w: number): Plane {
  const large = new Float32Array(h * w * SHRINK ** 2);
  const columns = Float32Array.from({ length: w * SHRINK }, (_, x) =>
    clamp((x + 0.5) / SHRINK - 0.5, w - 1),
  );
  let at = 0;
  for (let y = 0; y < h * SHRINK; y++) {
    const sy = clamp((y + 0.5) / SHRINK - 0.5, h - 1);
    const top = Math.floor(sy);
    const fy = sy - top;
    const upper = top * w;
    const lower = Math.min(h - 1, top + 1) * w;
    for (let x = 0; x < columns.length; x++) {
      const sx = columns[x] ?? 0;
      const left = Math.floor(sx);
      const right = Math.min(w - 1, left + 1);
      const fx = sx - left;
      const above = (small[upper + left] ?? 0) * (1 - fx) + (small[upper + right] ?? 0) * fx;
      const under = (small[lower + left] ?? 0) * (1 - fx) + (small[lower + right] ?? 0) * fx;
      large[at++] = above * (1 - fy) + under * fy;
    }
  }
  return large;
}

function boxRows(from: Plane, to: Plane, width: number, radius: number): void {
  const last = width - 1;
  const scale = 1 / (2 * radius + 1);
  for (let start = 0; start < from.length; start += width) {
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += from[start + clamp(i, last)] ?? 0;
    for (let x = 0; x <= last; x++) {
      to[start + x] = sum * scale;
      const enters = from[start + clamp(x + radius + 1, last)] ?? 0;
      sum += enters - (from[start + clamp(x - radius, last)] ?? 0);
    }
  }
}

/** Goes along whole rows, as memory does. */
function boxColumns(from: Plane, to: Plane, width: number, radius: number): void {
  const last = from.length / width - 1;
  const scale = 1 / (2 * radius + 1);
  const sums = new Float64Array(width);
  const add = (row: number, sign: number): void => {
    const start = clamp(row, last) * width;
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + sign * (from[start + x] ?? 0);
  };
  for (let i = -radius; i <= radius; i++) add(i, 1);
  for (let y = 0; y <= last; y++) {
    for (let x = 0; x < width; x++) to[y * width + x] = (sums[x] ?? 0) * scale;
    add(y + radius + 1, 1);
    add(y - radius, -1);
  }
}

function clamp(value: number, high: number): number {
  return Math.max(0, Math.min(value, high));
}
