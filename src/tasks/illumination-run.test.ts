/** Runs of "Illumination correction" into a new image, from the recipe to what lies on disk. */
import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { worldBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { computeHere } from "../testing/compute-here.ts";
import {
  byFiles,
  correct,
  correctedPlainly,
  correctionRecipe,
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
import { MemoryStore } from "../zarr/memory-store.ts";
import { keyOf } from "../zarr/store.ts";
import { planRun } from "./plan.ts";
import { storeProfile } from "./profiles.ts";
import { resumeRun, undoRun } from "./run.ts";

let disk: WatchedStore;
let image: Image;

beforeEach(async () => {
  disk = new WatchedStore();
  image = await fieldsImage(disk);
});

const imagesOfWell = async () => (await readJson(disk, "/B/03/.zattrs"))?.["well"];

const filesBelow = (path: string) =>
  [...disk.spec.entries].flatMap(([key, bytes]) =>
    key.startsWith(`/${path}/`) ? [[key.slice(path.length + 1), [...bytes]]] : [],
  );

describe("a correction into a new image", () => {
  it("is one field after the other, in all channels, planes and time points, and 0 elsewhere", async () => {
    disk.operations.length = 0;
    const summary = await correct(image, correctionRecipe());
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
    await correct(image, correctionRecipe());
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
    await correct(image, correctionRecipe(), { profiles, folder });
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
      const end = await correct(image, recipe, { profiles, folder }).then(
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
    const store = new MemoryStore();
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
    await correct(plane, recipe, { profiles: files });
    const [found] = await levelsIn(await openImage(store, "0_corr"));
    expect(found).toEqual(valuesOf(expected));
  });
});
