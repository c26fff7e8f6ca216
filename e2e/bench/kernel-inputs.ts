/** What kernels are timed on: a made-up field of nuclei, and what thresholds make of it. */
import { randomOf } from "../../src/demo/random.ts";
import type { Zyx } from "../../src/geometry/box.ts";
import { squaredDistances } from "../../src/tasks/kernels/distance.ts";
import { gaussian } from "../../src/tasks/kernels/gaussian.ts";
import { labelComponents } from "../../src/tasks/kernels/label-components.ts";
import { otsu } from "../../src/tasks/kernels/otsu.ts";
import { peaksOf } from "../../src/tasks/kernels/peaks.ts";
import type { Voxels } from "../../src/tasks/kernels/voxels.ts";

export const SHAPE: Zyx = [1, 2160, 2560];
const [, HEIGHT, WIDTH] = SHAPE;
const NUCLEI = 3000;

export type Inputs = ReturnType<typeof kernelInputs>;

/** Nuclei of radius 8 … 20 on a noisy background, some of which touch; the same in every run. */
export function kernelInputs() {
  const { next: random } = randomOf(1);
  const light = new Float64Array(HEIGHT * WIDTH).fill(400);
  for (let i = 0; i < NUCLEI; i++)
    addDisk(light, random() * HEIGHT, random() * WIDTH, 8 + 12 * random(), 600 + 1500 * random());
  const noisy = () => 250 * (random() + random() + random() + random() - 2);
  const image = Uint16Array.from(light, (value) => Math.max(0, value + noisy()));
  const smooth = gaussian(image, SHAPE, 2);
  const mask = above(smooth, otsu(smooth));
  const squares = squaredDistances(mask, SHAPE);
  const vignette = (i: number) => {
    const y = Math.floor(i / WIDTH) / HEIGHT - 0.5;
    const x = (i % WIDTH) / WIDTH - 0.5;
    return 60000 * (1 - 0.8 * (y * y + x * x));
  };
  return {
    image,
    mask,
    /** The same without smoothing: ragged edges and specks. */
    noise: above(image, otsu(image)),
    depths: squares.map((square) => -square),
    markers: peaksOf(squares, labelComponents(mask, SHAPE).labels, SHAPE, 5).labels,
    flat: Uint16Array.from(image, (_, i) => vignette(i)),
    dark: Uint16Array.from(image, () => 95 + 10 * random()),
  };
}

function addDisk(light: Float64Array, y: number, x: number, radius: number, value: number): void {
  for (let row = Math.max(0, Math.ceil(y - radius)); row < Math.min(HEIGHT, y + radius); row++) {
    const half = Math.sqrt(radius * radius - (row - y) ** 2);
    const from = Math.max(0, Math.ceil(x - half));
    light.fill(400 + value, row * WIDTH + from, row * WIDTH + Math.min(WIDTH, Math.ceil(x + half)));
  }
}

function above(voxels: Voxels, threshold: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(voxels, (value) => (value > threshold ? 1 : 0));
}
