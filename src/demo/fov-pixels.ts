/** The pixels of one field of view, all channels and planes. */
import { blurred, glowOf } from "./blur.ts";
import { type Exposure, expose, illumination, normals } from "./camera.ts";
import type { Cell } from "./cells.ts";
import { CHANNELS, FOV, fovOrigin, PLANES } from "./layout.ts";
import { noiseField } from "./noise-field.ts";
import { paintCytoplasm } from "./paint-cytoplasm.ts";
import { emptyPlane, type Plane, paintNucleus } from "./paint-nuclei.ts";
import { seedOf } from "./random.ts";

const DNA: Exposure = { gain: 950, background: 0.09 };
const MARKER: Exposure = { gain: 1150, background: 0.05 };
const LAMIN: Exposure = { gain: 800, background: 0.07 };

/** Paints a field of view: c, z, y, x, dense. The same seed and cells give the same pixels. */
export function fovPixels(
  seed: number,
  fov: number,
  cells: readonly Cell[],
): Uint16Array<ArrayBuffer> {
  const size = FOV.height * FOV.width;
  const pixels = new Uint16Array(CHANNELS * PLANES * size);
  const origin = fovOrigin(fov);
  const noise = noiseField(seedOf(seed, 3));
  const deviates = normals(seedOf(seed, 4));
  const lamp = illumination();
  const sharp = paintCytoplasm(origin, cells, noise);
  const soft = blurred(sharp, FOV.width, 3);
  const glow = glowOf(sharp, 3);
  for (let plane = 0; plane < PLANES; plane++) {
    const [dna, lamin] = [emptyPlane(), emptyPlane()];
    for (const cell of cells) paintNucleus(dna, lamin, origin, cell, plane, noise);
    const off = Math.min(1, Math.abs(plane - 1) * 0.75);
    const marker = mixed(sharp, 0.85 * (1 - off), soft, 0.15 + 0.7 * off, glow, 0.2);
    const channels: readonly (readonly [Plane, Exposure])[] = [
      [withHaze(dna), DNA],
      [marker, MARKER],
      [withHaze(lamin), LAMIN],
    ];
    channels.forEach(([light, exposure], c) => {
      const at = c * PLANES + plane;
      const counts = pixels.subarray(at * size, (at + 1) * size);
      expose(light, lamp, exposure, deviates, seedOf(seed, 5, fov, at), counts);
    });
  }
  return pixels;
}

/** Light that nuclei throw around them, as a microscope without a pinhole sees it. */
function withHaze(light: Plane): Plane {
  const haze = glowOf(light, 2);
  return light.map((value, i) => value + 0.13 * (haze[i] ?? 0));
}

function mixed(a: Plane, wa: number, b: Plane, wb: number, c: Plane, wc: number): Plane {
  return a.map((value, i) => wa * value + wb * (b[i] ?? 0) + wc * (c[i] ?? 0));
}
