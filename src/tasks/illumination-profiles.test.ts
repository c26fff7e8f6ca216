/** The profiles of an illumination correction: what is wrong with them is said before anything is written; estimated ones even out the light. */
import { beforeEach, describe, expect, it } from "vitest";
import { worldBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import {
  byFiles,
  correct,
  correctionRecipe,
  FIELD,
  fieldsImage,
  levelsIn,
  profiles,
} from "../testing/fields-image.ts";
import { makeImage } from "../testing/make-image.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { encodeChunk } from "../zarr/encode.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { type Preparation, prepare } from "./prepare.ts";
import type { Recipe } from "./recipe.ts";

describe("before anything is written, a sentence says what is wrong:", () => {
  let disk: WatchedStore;
  let image: Image;

  beforeEach(async () => {
    disk = new WatchedStore();
    image = await fieldsImage(disk);
  });

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
    await expect(correct(image, recipe, files ? { profiles: files } : {})).rejects.toMatchObject({
      message: expect.stringMatching(sentence),
    });
    expect(disk.spec.entries).toEqual(before);
  });

  it("floats", async () => {
    const store = new MemoryStore();
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
    const store = new MemoryStore();
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
    await correct(whole, recipe, {});
    const [found = []] = await levelsIn(await openImage(store, "0_corr"));
    const ground = found.filter((value) => value < 5000);
    const mean = ground.reduce((a, b) => a + b) / ground.length;
    const off = ground.map((value) => Math.abs(value / mean - 1)).sort((a, b) => a - b);
    expect(off[Math.floor(0.99 * off.length)]).toBeLessThan(0.04);
  });

  it("are refused where a channel is dark", async () => {
    const store = new MemoryStore();
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
