/** Runs of "Illumination correction" into a new image, from the recipe to what lies on disk. */
import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { worldBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { computeHere } from "../testing/compute-here.ts";
import {
  byFiles,
  correctedPlainly,
  correctionRecipe,
  FIELD,
  fieldsImage,
  levelsIn,
  profiles,
  SHAPE,
} from "../testing/fields-image.ts";
import { recorded, shapeOf, valuesOf } from "../testing/golden.ts";
import { makeImage } from "../testing/make-image.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { readJson } from "../zarr/json-file.ts";
import { openStore } from "../zarr/open-store.ts";
import { keyOf } from "../zarr/store.ts";
import { planRun } from "./plan.ts";
import type { Preparation } from "./prepare.ts";
import { prepare } from "./prepare.ts";
import { storeProfile } from "./profiles.ts";
import type { Recipe } from "./recipe.ts";
import { resumeRun, run, undoRun } from "./run.ts";

let disk: WatchedStore;
let image: Image;

beforeEach(async () => {
  disk = new WatchedStore();
  image = await fieldsImage(disk);
});

async function correct(recipe: Recipe, preparation: Preparation = { profiles }) {
  const { folder } = preparation;
  const { keep, ...executor } = await computeHere(image, recipe, 3, preparation);
  const tools = { executor, onEvent: () => undefined };
  const kept = { ...tools, ...(folder ? { folder } : {}), ...(keep ? { keep } : {}) };
  return run(image, { recipe, replace: false, version: "1" }, kept);
}

const imagesOfWell = async () => (await readJson(disk, "/B/03/.zattrs"))?.["well"];

const filesBelow = (path: string) =>
  [...disk.spec.entries].flatMap(([key, bytes]) =>
    key.startsWith(`/${path}/`) ? [[key.slice(path.length + 1), [...bytes]]] : [],
  );

describe("a correction into a new image", () => {
  it("is one field after the other, in all channels, planes and time points, and 0 elsewhere", async () => {
    disk.operations.length = 0;
    const summary = await correct(correctionRecipe());
    const made = await openImage(disk, "B/03/0_corr");
    expect(await levelsIn(made)).toEqual(correctedPlainly(false));
    expect(made.channels).toEqual(image.channels);
    const chunks = disk.sets.filter((key) => /0_corr\/\d\/\d/.test(key));
    expect(new Set(chunks).size).toBe(chunks.length);
    expect(summary.mostWrites).toBe(1);
    expect(summary.rois).toHaveLength(4 * 2 * 2);
    expect(summary.rois.some((roi) => roi.kind === "done" && (roi.facts["clipped"] ?? 0) > 0)).toBe(
      true,
    );
  });

  it("lists it last, in the acquisition of the old one, with that one's tables and labels", async () => {
    await correct(correctionRecipe());
    expect(await imagesOfWell()).toMatchObject({
      images: [
        { path: "0", acquisition: 0 },
        { path: "0_corr", acquisition: 0 },
      ],
    });
    for (const folder of ["tables", "labels"]) {
      expect(filesBelow(`B/03/0_corr/${folder}`)).toEqual(filesBelow(`B/03/0/${folder}`));
      expect(filesBelow(`B/03/0/${folder}`)).not.toEqual([]);
    }
    expect(filesBelow("B/03/0_corr/of-nobody")).toEqual([]);
    const sets = disk.sets.filter((key) => !key.includes("/.z") || key === "/B/03/.zattrs");
    expect(sets.at(-1)).toBe("/B/03/.zattrs");
  });

  it("leaves nothing behind when it is taken back", async () => {
    const before = new Map(disk.spec.entries);
    const folder = new WatchedStore();
    await correct(correctionRecipe(), { profiles, folder });
    await undoRun(image, folder);
    expect(new Map([...disk.spec.entries].sort())).toEqual(new Map([...before].sort()));
  });

  it("goes on with the profiles that it began with, wherever it was killed", async () => {
    const expected = correctedPlainly(false);
    let kills = 0;
    for (let operations = 20; ; operations += 7) {
      disk = new WatchedStore();
      image = await fieldsImage(disk);
      await storeProfile(
        disk,
        "light",
        profiles.get("flat") ?? { height: 0, width: 0, pixels: new Uint8Array() },
      );
      const folder = new WatchedStore();
      const [second, first] = byFiles;
      if (first === undefined || second === undefined) throw new Error("There are two");
      const recipe = correctionRecipe({
        profiles: [{ ...first, flat: { kind: "array", path: "light" } }, second],
      });
      let left = operations;
      disk.before = () => {
        if (--left < 0) throw new Fault("denied", "Killed");
      };
      const end = await correct(recipe, { profiles, folder }).then(
        () => "done",
        () => "killed",
      );
      disk.before = () => undefined;
      if (end === "done") break;
      kills++;
      await disk.delete(keyOf("light"));
      const begun = (await folder.get("/run.json")) !== undefined;
      if (!begun) continue;
      const executor = await computeHere(image, recipe, 2, { folder, isBegun: true });
      await resumeRun(image, { executor, folder, onEvent: () => undefined });
      expect(await levelsIn(await openImage(disk, "B/03/0_corr"))).toEqual(expected);
    }
    expect(kills).toBeGreaterThan(10);
  }, 30_000);
});

it("a part of a field is what the whole field has there", async () => {
  const whole = correctionRecipe();
  const [field] = whole.rois;
  if (field === undefined) throw new Error("There are four");
  const part = { ...whole, rois: [{ ...field, box: worldBox([1, 2, 3], [2, 6, 7]) }] };
  const [unit] = planRun(part, image).units;
  const { compute } = await computeHere(image, whole, 1, { profiles });
  const result = unit && (await compute(unit, {}));
  const [all = []] = correctedPlainly(false);
  const [, , , height, width] = SHAPE;
  const expected = [2, 3, 4, 5].flatMap((y) =>
    all.slice(height * width + y * width + 3, height * width + y * width + 7),
  );
  expect(result?.kind === "image" && [...result.pixels]).toEqual(expected);
});

describe("a plane that Fractal's own function corrected", () => {
  const { bright, flatField, darkField, dark, flat, background } = recorded.illumination;
  const [, height, width] = shapeOf(bright);
  const profile = ({ values }: typeof flatField) => ({
    height,
    width,
    pixels: Uint16Array.from(values.split(" "), Number),
  });
  const file = (name: string) => ({ kind: "file", name }) as const;
  const channel = { mode: "index", identifier: "0" } as const;

  it.each([
    [{ channel, flat: file("flat"), background: 0 }, flat],
    [{ channel, flat: file("flat"), dark: file("dark"), background: 0 }, dark],
    [{ channel, flat: file("flat"), background: 6100 }, background],
  ])("comes out the same: %o", async (given, expected) => {
    const store = openStore({ kind: "memory", entries: new Map() });
    const shape = [height, width];
    const { levels, ...rest } = await makeImage(store, { axes: ["y", "x"], shape, chunks: shape });
    const plane = { ...rest, levels, path: "image" };
    const pixels = Uint16Array.from(valuesOf(bright));
    await store.set("/0/0/0", await encodeChunk(levels[0].array, pixels));
    const box = worldBox([0, 0, 0], [1, height, width]);
    const recipe = correctionRecipe({ profiles: [given], rois: [{ id: 0, name: "FOV_1", box }] });
    const files = new Map([
      ["flat", profile(flatField)],
      ["dark", profile(darkField)],
    ]);
    const executor = await computeHere(plane, recipe, 1, { profiles: files });
    await run(
      plane,
      { recipe, replace: false, version: "1" },
      { executor, onEvent: () => undefined },
    );
    const [found] = await levelsIn(await openImage(store, "0_corr"));
    expect(found).toEqual(valuesOf(expected));
  });
});

describe("before anything is written, a sentence says what is wrong:", () => {
  const [second, first] = byFiles;
  if (first === undefined || second === undefined) throw new Error("There are two");
  const rois = correctionRecipe().rois;
  const [field] = rois;
  if (field === undefined) throw new Error("There are four");
  const half = { ...field, name: "half", box: worldBox([0, 0, 0], [2, 6, 5]) };
  const changed = (value: number) => {
    const flat = profiles.get("flat");
    const pixels = Float32Array.from(flat?.pixels ?? []);
    pixels[17] = value;
    return new Map([...profiles, ["flat", { height: FIELD[0], width: FIELD[1], pixels }]]);
  };

  it.each<[string, Recipe, Preparation["profiles"], RegExp]>([
    [
      "a channel without",
      correctionRecipe({ profiles: [first] }),
      profiles,
      /no illumination profile for channel "GFP"/,
    ],
    [
      "a channel twice",
      correctionRecipe({ profiles: [first, first] }),
      profiles,
      /two profiles for channel "DAPI"/,
    ],
    [
      "a channel that is missing",
      correctionRecipe({
        profiles: [first, { ...second, channel: { mode: "label", identifier: "RFP" } }],
      }),
      profiles,
      /no channel labelled "RFP"/,
    ],
    ["a file that is not at hand", correctionRecipe(), new Map(), /"dark" is not at hand/],
    [
      "an array that is not there",
      correctionRecipe({ profiles: [{ ...first, flat: { kind: "array", path: "none" } }, second] }),
      profiles,
      /no array at none/,
    ],
    [
      "a zero",
      correctionRecipe(),
      changed(0),
      /Channel "DAPI": The flat field must be above zero.* holds 0/,
    ],
    ["a negative value", correctionRecipe(), changed(-1), /"DAPI".*-1/],
    ["no number", correctionRecipe(), changed(Number.NaN), /"DAPI".*NaN/],
    [
      "a profile of another shape",
      correctionRecipe(),
      new Map([...profiles, ["dark", { height: 10, width: 6, pixels: new Uint16Array(60) }]]),
      /dark field of channel "GFP" \(dark\) has 10 × 6 pixels, and the fields of view have 6 × 10 on level "0"/,
    ],
    ["another level", correctionRecipe({ level: "1" }), profiles, /have 3 × 5 on level "1"/],
    [
      "fields of two sizes",
      correctionRecipe({ rois: [...rois, half] }),
      profiles,
      /"half" has 6 × 5 pixels.* "FOV_0" has 6 × 10/,
    ],
    ["no field", correctionRecipe({ rois: [] }), profiles, /No field of view lies on/],
    [
      "the same name",
      correctionRecipe({ outputName: "0" }),
      profiles,
      /another name than this one's, "0"/,
    ],
    [
      "in place on another level",
      correctionRecipe({ level: "1", inPlace: true }),
      profiles,
      /finest level \("0"\)/,
    ],
    [
      "in place without a folder",
      correctionRecipe({ inPlace: true }),
      profiles,
      /no private file system/,
    ],
  ])("%s", async (_, recipe, files, sentence) => {
    const before = new Map(disk.spec.entries);
    await expect(correct(recipe, files ? { profiles: files } : {})).rejects.toMatchObject({
      message: expect.stringMatching(sentence),
    });
    expect(disk.spec.entries).toEqual(before);
  });

  it("floats", async () => {
    const store = openStore({ kind: "memory", entries: new Map() });
    const spec = { axes: ["y", "x"], shape: [6, 10], chunks: [6, 10], dtype: "float32" } as const;
    const floats = await makeImage(store, spec);
    const preparing = prepare(floats, correctionRecipe(), { profiles });
    await expect(preparing).rejects.toThrow(/holds float32.* whole numbers/);
  });
});

describe("estimated profiles", () => {
  it("even out the light that the fields share, to a few percent", async () => {
    const [height, width] = [96, 128];
    const light = (y: number, x: number) =>
      1 - 0.4 * ((y / height - 0.45) ** 2 + (x / width - 0.6) ** 2) * 2;
    const store = openStore({ kind: "memory", entries: new Map() });
    const many = 16;
    const shape = [height, many * width];
    const made = await makeImage(store, { axes: ["y", "x"], shape, chunks: [96, 512] });
    const whole = { ...made, path: "image" };
    for (let chunk = 0; chunk < 4; chunk++) {
      const pixels = Uint16Array.from({ length: 96 * 512 }, (_, i) => {
        const [y, x] = [Math.floor(i / 512), chunk * 512 + (i % 512)];
        const from = Math.hypot((y % 37) - 18, ((x + 11 * Math.floor(x / width)) % 41) - 20);
        return (from < 6 ? 9000 : 2000) * light(y, x % width) + 200 + (Math.imul(i, 40503) % 60);
      });
      await store.set(`/0/0/${chunk}`, await encodeChunk(made.levels[0].array, pixels));
    }
    const channel = { mode: "index", identifier: "0" } as const;
    const rois = Array.from({ length: many }, (_, id) => ({
      id,
      name: `FOV_${id}`,
      box: worldBox([0, 0, id * width], [1, height, (id + 1) * width]),
    }));
    const estimated = { channel, flat: { kind: "estimated" }, background: 200 } as const;
    const recipe = correctionRecipe({ profiles: [estimated], rois });
    const executor = await computeHere(whole, recipe, 1);
    await run(
      whole,
      { recipe, replace: false, version: "1" },
      { executor, onEvent: () => undefined },
    );
    const [found = []] = await levelsIn(await openImage(store, "0_corr"));
    const ground = found.filter((value) => value < 5000);
    const mean = ground.reduce((a, b) => a + b) / ground.length;
    const off = ground.map((value) => Math.abs(value / mean - 1)).sort((a, b) => a - b);
    expect(off[Math.floor(0.99 * off.length)]).toBeLessThan(0.04);
  });

  it("are refused where a channel is dark", async () => {
    const store = openStore({ kind: "memory", entries: new Map() });
    const dark = await makeImage(store, { axes: ["y", "x"], shape: [6, 10], chunks: [6, 10] });
    const box = worldBox([0, 0, 0], [1, 6, 10]);
    const channel = { mode: "index", identifier: "0" } as const;
    const recipe = correctionRecipe({
      profiles: [{ channel, flat: { kind: "estimated" }, background: 0 }],
      rois: [{ id: 0, name: "FOV_1", box }],
    });
    await expect(prepare(dark, recipe)).rejects.toThrow(
      /channel "channel 0" cannot be estimated.*too dark/,
    );
  });
});
