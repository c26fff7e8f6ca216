import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { worldBox } from "../geometry/box.ts";
import { createImage } from "../ome/create-image.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { numbersOf } from "../table/columns.ts";
import { encodeTable } from "../table/encode-table.ts";
import { newFeatureTable } from "../table/feature-table.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { listTables, relist } from "../table/table-list.ts";
import { computeHere } from "../testing/compute-here.ts";
import { voxelsOf } from "../testing/golden-features.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { writeGroup } from "../zarr/hierarchy.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readNode } from "../zarr/node.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { keyOf, writable } from "../zarr/store.ts";
import { planRun } from "./plan.ts";
import { levelOf, type Recipe } from "./recipe.ts";
import { resumeRun, run, undoRun } from "./run.ts";
import { wholeImage } from "./whole-image.ts";

const memory = () => new MemoryStore({ kind: "memory", entries: new Map() });
const quiet = () => undefined;

interface Volume {
  readonly axes: readonly AxisName[];
  /** Of the finest level; the next has half of y and x. */
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: "uint8" | "uint16" | "int16" | "float32";
}

const small: Volume = {
  axes: ["t", "c", "z", "y", "x"],
  shape: [2, 2, 5, 12, 10],
  chunks: [1, 1, 2, 6, 6],
  dtype: "uint16",
};

/** Looks random, and has all that the type can hold. */
function pixelsOf({ shape, dtype }: Volume) {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: size }, (_, i) => Math.imul(i + 1, 2654435761) >> 3);
  return voxelsOf(dtype, dtype === "float32" ? values.map((n) => n / 4) : values);
}

/** The image "0" of a well that lists it in acquisition 3. */
async function makeVolume(store: WatchedStore, volume: Volume): Promise<Image> {
  const { axes, shape, chunks, dtype } = volume;
  const of = (name: AxisName) => axes.indexOf(name);
  const half = shape.map((n, i) => (i >= of("y") ? Math.max(1, Math.floor(n / 2)) : n));
  const scale = axes.map((name) => ({ t: 5, c: 1, z: 2, y: 0.5, x: 0.5 })[name]);
  const image = await createImage(store, "B/03/0", {
    format: 2,
    name: "0",
    axes: axes.map((name) => ({ name, unit: undefined })),
    levels: [
      { shape, chunks, scale },
      { shape: half, chunks, scale: scale.map((s, i) => (i >= of("y") ? 2 * s : s)) },
    ],
    dtype,
    compressor: "none",
    channels: Array.from({ length: shape[of("c")] ?? 1 }, (_, i) => ({
      label: `channel ${i}`,
      wavelengthId: `A0${i}_C01`,
      color: [255, 0, 0],
      active: true,
      window: undefined,
    })),
  });
  await writePixels(image.levels[0].array, pixelsOf(volume));
  const well = { well: { images: [{ path: "0", acquisition: 3 }] } };
  await writeGroup(store, "B/03", 2, well);
  return image;
}

function recipeOf(
  image: Image,
  method: "max" | "min" | "mean" | "sum" = "max",
): Recipe<"project-z"> {
  const [level] = image.levels;
  const recipe = { task: "project-z", level: level.name, t: 0, params: { method } } as const;
  return { ...recipe, outputName: "0_mip", rois: wholeImage(image, level) };
}

async function projected(image: Image, recipe = recipeOf(image)): Promise<Image> {
  const executor = await computeHere(image, recipe, 3);
  await run(image, { recipe, replace: false, version: "1" }, { executor, onEvent: quiet });
  return openImage(image.store, "B/03/0_mip");
}

async function wellOf(image: Image) {
  return (await readNode(image.store, "B/03", { format: 2 }))?.attributes["well"];
}

const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "projected",
    (error: unknown) => (isFault(error) ? error.message : String(error)),
  );

/** One plane after the other, plainly: Fractal's "Project Image". */
function plainly(volume: Volume, method: "max" | "min" | "mean" | "sum"): number[] {
  const pixels = pixelsOf(volume);
  const [height = 1, width = 1] = volume.shape.slice(-2);
  const planes = volume.shape[volume.axes.indexOf("z")] ?? 1;
  const size = height * width;
  const out: number[] = [];
  for (let stack = 0; stack < pixels.length; stack += planes * size)
    for (let i = 0; i < size; i++) {
      const column = Array.from({ length: planes }, (_, z) => pixels[stack + z * size + i] ?? 0);
      const sum = column.reduce((a, b) => a + b, 0);
      const highest = { uint8: 255, uint16: 65535, int16: 32767, float32: Number.NaN };
      const mean = sum / planes;
      out.push(
        {
          max: Math.max(...column),
          min: Math.min(...column),
          // Not -0, which no integer is.
          mean: volume.dtype === "float32" ? Math.fround(mean) : Math.trunc(mean) + 0,
          sum: Math.min(highest[volume.dtype], Math.max(0, sum)),
        }[method],
      );
    }
  return out;
}

describe("a projection", () => {
  it("equals that of each stack alone, and stores each chunk once, whatever the chunks are", async () => {
    const cases = fc.record({
      axes: fc.constantFrom<AxisName[][]>(
        ["z", "y", "x"],
        ["c", "z", "y", "x"],
        ["t", "z", "y", "x"],
        ["t", "c", "z", "y", "x"],
      ),
      planes: fc.integer({ min: 2, max: 5 }),
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 513, max: 700 })),
      chunk: fc.tuple(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 60, max: 700 }),
      ),
      dtype: fc.constantFrom("uint8", "uint16", "int16", "float32"),
      method: fc.constantFrom("max", "min", "mean", "sum"),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ axes, planes, height, width, chunk, dtype, method }) => {
        fc.pre(!(dtype === "float32" && method === "sum"));
        const at = { t: 2, c: 3, z: planes, y: height, x: width };
        const chunks = { t: 1, c: 1, z: chunk[0], y: chunk[1], x: chunk[2] };
        const volume: Volume = {
          axes,
          shape: axes.map((name) => at[name]),
          chunks: axes.map((name) => Math.min(at[name], chunks[name])),
          dtype,
        };
        const store = new WatchedStore();
        const image = await makeVolume(store, volume);
        store.operations.length = 0;
        const [fine] = (await projected(image, recipeOf(image, method))).levels;
        expect(fine.array.shape).toEqual(axes.map((name) => (name === "z" ? 1 : at[name])));
        const { data } = await readWhole(fine.array, {});
        expect(fine.array.dtype).toBe(dtype);
        expect(Array.from(data, Number)).toEqual(plainly(volume, method));
        const stored = store.sets.filter((key) => /0_mip\/\d\/\d/.test(key));
        expect(new Set(stored).size).toBe(stored.length);
        expect(store.collisions).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  it("is an image of one plane a unit deep, with the channels and levels of the volume, listed in its acquisition", async () => {
    const image = await makeVolume(new WatchedStore(), small);
    const made = await projected(image);
    expect(made.levels.map(({ array, scale }) => [array.shape, array.chunks, scale])).toEqual([
      [
        [2, 2, 1, 12, 10],
        [1, 1, 1, 6, 6],
        [5, 1, 1, 0.5, 0.5],
      ],
      [
        [2, 2, 1, 6, 5],
        [1, 1, 1, 6, 6],
        [5, 1, 1, 1, 1],
      ],
    ]);
    expect(made.channels.map(({ label, wavelengthId }) => [label, wavelengthId])).toEqual([
      ["channel 0", "A00_C01"],
      ["channel 1", "A01_C01"],
    ]);
    expect(await wellOf(image)).toEqual({
      images: [
        { path: "0", acquisition: 3 },
        { path: "0_mip", acquisition: 3 },
      ],
    });
    const node = await readNode(image.store, "B/03/0_mip", { format: 2 });
    expect(node?.attributes["fovea"]).toMatchObject({ run: { recipe: { task: "project-z" } } });
  });

  it("counts the memory of one chunk's planes, and not of all", async () => {
    const image = await makeVolume(new WatchedStore(), {
      ...small,
      axes: ["z", "y", "x"],
      shape: [9, 12, 10],
      chunks: [2, 6, 6],
    });
    const [unit] = planRun(recipeOf(image), image).units;
    expect(unit).toMatchObject({
      held: 3 * 12 * 10,
      read: { max: [9, 12, 10] },
      box: { max: [1, 12, 10] },
    });
  });

  it("is refused where there is no z, or no sum, in a sentence", async () => {
    const flat = await makeVolume(new WatchedStore(), {
      ...small,
      axes: ["c", "y", "x"],
      shape: [2, 12, 10],
      chunks: [1, 6, 6],
    });
    expect(await said(projected(flat))).toBe(
      "The image has one plane, so there is no z to project",
    );
    const soft = await makeVolume(new WatchedStore(), { ...small, dtype: "float32" });
    expect(await said(projected(soft, recipeOf(soft, "sum")))).toBe(
      'Level "0" holds float32, and sums are made of whole numbers; choose mean, maximum or minimum',
    );
    expect(await wellOf(soft)).toEqual({ images: [{ path: "0", acquisition: 3 }] });
  });
});

describe("the whole image", () => {
  it("is every voxel once, in columns of whole chunks", async () => {
    const image = await makeVolume(new WatchedStore(), {
      ...small,
      axes: ["z", "y", "x"],
      shape: [3, 1300, 700],
      chunks: [1, 200, 600],
    });
    const rois = wholeImage(image, levelOf(recipeOf(image), image));
    expect(rois.map(({ name }) => name)).toEqual([
      "y 0–600, x 0–600",
      "y 0–600, x 600–700",
      "y 600–1200, x 0–600",
      "y 600–1200, x 600–700",
      "y 1200–1300, x 0–600",
      "y 1200–1300, x 600–700",
    ]);
    expect(rois.at(-1)?.box).toEqual(worldBox([0, 600, 300], [6, 650, 350]));
  });
});

describe("the tables of a projection", () => {
  let image: Image;
  const path = (name: string) => `B/03/0/tables/${name}`;

  async function put(table: Table): Promise<void> {
    const name = table.path.split("/").at(-1) ?? "";
    for (const [key, bytes] of await encodeTable(table))
      await writable(image.store).set(keyOf(table.path, key), bytes);
    await relist(image.store, image.path, { to: name }, 2);
  }

  const bytesBelow = (folder: string) => {
    const { entries } = (image.store as MemoryStore).spec;
    return [...entries]
      .filter(([key]) => key.startsWith(`/${folder}/`))
      .map(([key, bytes]) => [key.slice(folder.length + 2), [...bytes]] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  };

  beforeEach(async () => {
    image = await makeVolume(new WatchedStore(), small);
    const rois = [
      { name: "upper", box: worldBox([4, 0, 0], [10, 3, 5]), label: 4 },
      { name: "all", box: worldBox([0, 0, 0], [10, 6, 5]), label: 9 },
    ];
    for (const backend of ["anndata", "csv"] as const) {
      const common = { zarrFormat: 2, backend, rois } as const;
      await put(newRoiTable({ ...common, path: path(`FOV_${backend}`) }));
      await put(newRoiTable({ ...common, path: path(`cells_${backend}`), region: "cells" }));
    }
    const area = { kind: "number", dtype: "float64", values: Float64Array.of(2, 3) } as const;
    const columns = new Map([["z_micrometer", area]]);
    const features = {
      path: path("features"),
      zarrFormat: 2,
      backend: "csv",
      region: "cells",
    } as const;
    await put(newFeatureTable({ ...features, labels: [4, 9], columns }));
    // In a backend that Fovea does not read.
    await writeGroup(writable(image.store), path("odd"), 2, { backend: "parquet" });
    await writable(image.store).set(keyOf(path("odd"), "table.parquet"), jsonBytes("PAR1"));
    await relist(image.store, image.path, { to: "odd" }, 2);
  });

  it("are those of the volume, with ROIs from z 0 to 1; what is no ROI table keeps its bytes", async () => {
    const before = bytesBelow("B/03/0");
    const made = await projected(image);
    const list = await listTables(made.store, made.path, 2);
    const names = ["FOV_anndata", "cells_anndata", "FOV_csv", "cells_csv", "features", "odd"];
    expect(list).toEqual({ names, unlisted: [] });
    for (const name of names.slice(0, 4)) {
      const table = await readTable(made.store, `B/03/0_mip/tables/${name}`, 2);
      const values = (column: string) => {
        const found = table.columns.get(column);
        return found && [...numbersOf(found)];
      };
      expect(values("z_micrometer"), name).toEqual([0, 0]);
      expect(values("len_z_micrometer")).toEqual([1, 1]);
      expect(values("len_y_micrometer")).toEqual([3, 6]);
      expect(values("len_x_micrometer")).toEqual([5, 5]);
    }
    for (const name of names.slice(4))
      expect(bytesBelow(`B/03/0_mip/tables/${name}`)).toEqual(bytesBelow(path(name)));
    expect(bytesBelow("B/03/0")).toEqual(before);
  });

  it("come and go with it: a run cut off anywhere goes on to the same, and is taken back", async () => {
    const { entries } = (image.store as MemoryStore).spec;
    const store = image.store as WatchedStore;
    const before = new Map(entries);
    store.operations.length = 0;
    await projected(image);
    const timeless = (bytes: Uint8Array | undefined) =>
      new TextDecoder().decode(bytes).replaceAll(/"(id|begin)": "[^"]*"|"ms": [\d.]+/g, "");
    const whole = new Map([...entries].map(([key, bytes]) => [key, timeless(bytes)]));
    const steps = store.sets.length;
    for (let n = 0; n < steps; n += 3) {
      entries.clear();
      for (const [key, bytes] of before) entries.set(key, bytes);
      const folder = memory();
      const recipe = recipeOf(image);
      const job = { recipe, replace: false, version: "1" };
      const tools = { executor: await computeHere(image, recipe, 1), onEvent: quiet, folder };
      let left = n;
      store.before = ({ kind }) => {
        if (kind === "set" && left-- === 0) throw new Error("Cut off");
      };
      const outcome = await said(run(image, job, tools));
      store.before = () => undefined;
      if (outcome !== "projected") {
        expect(await wellOf(image)).toEqual({ images: [{ path: "0", acquisition: 3 }] });
        await resumeRun(image, tools);
      }
      expect(new Set(entries.keys())).toEqual(new Set(whole.keys()));
      for (const [key, text] of whole)
        if (!key.endsWith("0_mip/.zattrs")) expect(timeless(entries.get(key)), key).toBe(text);
      await undoRun(image, folder);
      expect(entries).toEqual(before);
    }
  }, 30_000);
});
