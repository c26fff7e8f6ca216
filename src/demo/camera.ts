/** What the camera makes of light: uneven illumination, background, shot noise and whole numbers. */
import { FOV } from "./layout.ts";
import type { Plane } from "./paint-nuclei.ts";
import { randomOf } from "./random.ts";

/** What the camera counts in the dark. */
const OFFSET = 100;
const READ_NOISE = 3;
/** Counts per electron: the noise of a count is the noise of the electrons behind it. */
const COUNTS_PER_ELECTRON = 2.2;
const NORMALS = 1 << 14;

export interface Exposure {
  /** Counts per unit of light. */
  readonly gain: number;
  /** Light that is everywhere: medium, autofluorescence. */
  readonly background: number;
}

/** Normal deviates to draw from; drawing is much cheaper than making each anew. */
export function normals(seed: number): Float32Array<ArrayBuffer> {
  const random = randomOf(seed);
  return Float32Array.from({ length: NORMALS }, () => random.normal());
}

/** How much light reaches each pixel of a field: bright off its middle, a third less in the far corners. */
export function illumination(): Plane {
  const { height, width } = FOV;
  const [cy, cx] = [0.47 * height, 0.54 * width];
  const radius2 = (height / 2) ** 2 + (width / 2) ** 2;
  const lamp = new Float32Array(height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      lamp[y * width + x] = 1.05 - (0.34 * ((y - cy) ** 2 + (x - cx) ** 2)) / radius2;
  return lamp;
}

/** Exposes a plane of light into 16-bit counts; their noise grows with the root of the light. */
export function expose(
  light: Plane,
  lamp: Plane,
  { gain, background }: Exposure,
  deviates: Float32Array<ArrayBuffer>,
  seed: number,
  counts: Uint16Array<ArrayBuffer>,
): void {
  let state = seed | 1;
  for (let i = 0; i < light.length; i++) {
    // Marsaglia's xorshift (2003): enough to pick a deviate.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const signal = gain * (lamp[i] ?? 0) * ((light[i] ?? 0) + background);
    const noise =
      Math.sqrt(COUNTS_PER_ELECTRON * signal + READ_NOISE * READ_NOISE) *
      (deviates[state & (NORMALS - 1)] ?? 0);
    counts[i] = Math.max(0, OFFSET + signal + noise + 0.5);
  }
}
