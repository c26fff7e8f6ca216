/** A small image of fields of view with a table, a label and files of nobody's, in a well: for tests of its correction. */
import { type Box, pixelBox, worldBox } from "../geometry/box.ts";
import { createImage } from "../ome/create-image.ts";
import { createWell } from "../ome/create-plate.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import type { ChannelProfiles } from "../tasks/fields.ts";
import type { Preparation } from "../tasks/prepare.ts";
import type { Profile } from "../tasks/profiles.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { run } from "../tasks/run.ts";
import type { Summary } from "../tasks/summary.ts";
import { ChunkAccumulator } from "../zarr/chunk-accumulator.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { keyOf, type WritableStore } from "../zarr/store.ts";
import { computeHere } from "./compute-here.ts";

/** t c z y x: what is left of it at the right is in no field of view. */
export const SHAPE = [2, 2, 2, 12, 30] as const;
const CHUNK = [1, 1, 1, 8, 14] as const;
/** y x of a field. */
export const FIELD = [6, 10] as const;

const fields: readonly Box<"pixel">[] = [0, 6].flatMap((y) =>
  [0, 10].map((x) => pixelBox([0, y, x], [2, y + 6, x + 10])),
);

/** Values that look random, never 0. */
const valueAt = (i: number): number => 100 + ((Math.imul(i + 1, 2654435761) >>> 9) % 60_000);

/** The image "0" of the well "B/03", with two levels. */
export async function fieldsImage(store: WritableStore, format: 2 | 3 = 2): Promise<Image> {
  await createWell(store, "B/03", format, ["0"]);
  const half = SHAPE.map((n, axis) => (axis < 3 ? n : n / 2));
  const image = await createImage(store, "B/03/0", {
    format,
    name: "0",
    axes: (["t", "c", "z", "y", "x"] as const).map((name) => ({ name, unit: undefined })),
    levels: [
      { shape: SHAPE, chunks: CHUNK, scale: [1, 1, 1, 1, 1] },
      { shape: half, chunks: CHUNK, scale: [1, 1, 1, 2, 2] },
    ],
    dtype: "uint16",
    compressor: "none",
    attributes: { mine: { kept: "as it is" }, fovea: { demo: 7 } },
    channels: ["DAPI", "GFP"].map((label, i) => ({
      label,
      wavelengthId: `A0${i + 1}_C0${i + 1}`,
      color: [255, 255, 255],
      active: true,
      window: undefined,
    })),
  });
  const size = SHAPE.reduce((a, b) => a * b, 1);
  const fine = Array.from({ length: size }, (_, i) => valueAt(i));
  for (const [level, { array }] of image.levels.entries()) {
    const spec = { array, touches: () => 1, merge: "overwrite", existing: "fill" } as const;
    const writer = new ChunkAccumulator(spec);
    const data = Uint16Array.from(level === 0 ? fine : halved(fine));
    await writer.put({ min: array.shape.map(() => 0), shape: array.shape, data });
    await writer.finish();
  }
  for (const path of ["tables/mine/table.csv", "labels/nuclei/0/0.0", "of-nobody/notes.txt"])
    await store.set(keyOf("B/03/0", path), jsonBytes({ path }));
  return openImage(store, "B/03/0");
}

/** One profile per channel, of files "flat" and "dark". */
export const profiles: ReadonlyMap<string, Profile> = new Map([
  ["flat", profileOf((i) => 30_000 + 997 * (i % 31))],
  ["other", profileOf((i) => 40_000 - 311 * (i % 29))],
  ["dark", profileOf((i) => 90 + (i % 7))],
]);

function profileOf(value: (i: number) => number): Profile {
  const [height, width] = FIELD;
  return {
    height,
    width,
    pixels: Uint16Array.from({ length: height * width }, (_, i) => value(i)),
  };
}

const file = (name: string) => ({ kind: "file", name }) as const;
const wavelength = (identifier: string) => ({ mode: "wavelength_id", identifier }) as const;

/** The second channel first; one with a dark field, the other with a constant. */
export const byFiles: readonly ChannelProfiles[] = [
  { channel: wavelength("A02_C02"), flat: file("other"), dark: file("dark"), background: 0 },
  { channel: wavelength("A01_C01"), flat: file("flat"), background: 50 },
];

export function correctionRecipe(
  over: { readonly inPlace?: boolean; readonly profiles?: readonly ChannelProfiles[] } & Partial<
    Pick<Recipe, "rois" | "level" | "outputName">
  > = {},
): Extract<Recipe, { readonly task: "illumination-correction" }> {
  const { inPlace = false, profiles: given = byFiles, ...rest } = over;
  return {
    task: "illumination-correction",
    params: { profiles: given, inPlace },
    level: "0",
    t: 0,
    outputName: "0_corr",
    rois: fields.map(({ min, max }, id) => ({ id, name: `FOV_${id}`, box: worldBox(min, max) })),
    ...rest,
  };
}

/** One field after the other, voxel by voxel: both levels, as they are on disk after a correction of all fields but some. */
export function correctedPlainly(inPlace: boolean, without: readonly number[] = []): number[][] {
  const [, , , height, width] = SHAPE;
  const size = SHAPE.reduce((a, b) => a * b, 1);
  const fine = Array.from({ length: size }, (_, i) => (inPlace ? valueAt(i) : 0));
  for (let i = 0; i < size; i++) {
    const [x, y] = [i % width, Math.floor(i / width) % height];
    const c = Math.floor(i / (width * height * 2)) % 2;
    const field = Math.floor(y / 6) * 2 + Math.floor(x / 10);
    if (x < 20 && !without.includes(field))
      fine[i] = corrected(valueAt(i), c, (y % 6) * 10 + (x % 10));
  }
  return [fine, halved(fine)];
}

/** Means of 2 × 2, rounded. */
function halved(fine: readonly number[]): number[] {
  const [, , , height, width] = SHAPE;
  return Array.from({ length: fine.length / 4 }, (_, i) => {
    const [x, y] = [i % (width / 2), Math.floor(i / (width / 2)) % (height / 2)];
    const plane = Math.floor(i / ((width * height) / 4));
    const at = (dy: number, dx: number) =>
      fine[(plane * height + 2 * y + dy) * width + 2 * x + dx] ?? 0;
    return Math.round((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4);
  });
}

/** Fractal's formula on one voxel. */
function corrected(value: number, c: number, i: number): number {
  const flat = [...(profiles.get(c === 0 ? "flat" : "other")?.pixels ?? [])];
  const dark = c === 1 ? (profiles.get("dark")?.pixels[i] ?? 0) : 0;
  const lit = Math.max(0, Math.max(0, value - dark) - (c === 0 ? 50 : 0));
  return Math.trunc(Math.min(65535, lit / ((flat[i] ?? 0) / Math.max(...flat))));
}

/** Runs it: with the files above unless others are given. */
export async function correct(
  image: Image,
  recipe: Recipe,
  preparation: Preparation = { profiles },
): Promise<Summary> {
  const { folder } = preparation;
  const { keep, ...executor } = await computeHere(image, recipe, 3, preparation);
  const tools = { executor, onEvent: () => undefined };
  const kept = { ...tools, ...(folder ? { folder } : {}), ...(keep ? { keep } : {}) };
  return run(image, { recipe, replace: false, version: "1" }, kept);
}

/** The values of each level. */
export async function levelsIn({ levels }: Image): Promise<number[][]> {
  const found = await Promise.all(levels.map(({ array }) => readWhole(array, {})));
  return found.map(({ data }) => Array.from(data, Number));
}
