/** Random runs of made-up tasks, for tests of the engine: an image, a recipe, and the results of units in any order. */
import fc from "fast-check";
import { type Box, pixelBox, volumeOf, worldBox, type Zyx } from "../geometry/box.ts";
import { createImage } from "../ome/create-image.ts";
import type { AxisName, Image } from "../ome/multiscale.ts";
import type { Column } from "../table/table.ts";
import type { Executor } from "../tasks/executor.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import type { Ids, Makes } from "../tasks/makes.ts";
import type { Recipe } from "../tasks/recipe.ts";
import type { UnitResult } from "../tasks/unit-result.ts";
import type { Merge } from "../zarr/patch.ts";
import type { WritableStore } from "../zarr/store.ts";

export interface EngineCase {
  readonly kind: "label" | "image";
  readonly axes: readonly AxisName[];
  readonly format: 2 | 3;
  /** Of the level that is read, whose voxels are 1 wide. */
  readonly shape: Zyx;
  /** Of a level above it; a label then has the image's levels. */
  readonly finer?: Zyx | undefined;
  readonly chunk: Zyx;
  readonly channels: number;
  readonly boxes: readonly Box<"pixel">[];
  /** Indices of units that fail. */
  readonly failing: readonly number[];
  readonly merge: Merge;
  readonly ids: Ids;
  /** Of a label: of the units' rows, unless it is of the objects' boxes. */
  readonly table?: "features" | "masking";
  readonly masked: boolean;
  readonly halo: Zyx;
  readonly workers: number;
  /** Turns of the microtask queue that units, and operations of the store, take. */
  readonly turns: readonly number[];
  readonly storeTurns: number;
  /** For what waits; little makes chunks spill. */
  readonly bytes: number;
}

const range = (length: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: length - 1 }), fc.integer({ min: 1, max: length }))
    .map(([from, size]) => [from, Math.min(length, from + size)] as const);

/** Any box inside a level. */
export const boxIn = ([planes, height, width]: Zyx): fc.Arbitrary<Box<"pixel">> =>
  fc
    .tuple(range(planes), range(height), range(width))
    .map(([z, y, x]) => pixelBox([z[0], y[0], x[0]], [z[1], y[1], x[1]]));

const axisSets: readonly (readonly AxisName[])[] = [
  ["y", "x"],
  ["z", "y", "x"],
  ["c", "y", "x"],
  ["t", "c", "z", "y", "x"],
];

const upTo = (max: number) => fc.integer({ min: 1, max });

export const engineCases: fc.Arbitrary<EngineCase> = fc
  .record({
    kind: fc.constantFrom("label" as const, "image" as const),
    axes: fc.constantFrom(...axisSets),
    depth: upTo(3),
    height: upTo(7),
    width: upTo(12),
    // The first gives a label coarser levels.
    long: fc.constantFrom(false, false, false, true),
    chunk: fc.tuple(upTo(3), upTo(4), upTo(4)),
  })
  .chain(({ axes, depth, height, width, long, chunk, kind }) => {
    const shape: Zyx = [
      axes.includes("z") ? depth : 1,
      2 * height,
      2 * width + (long && kind === "label" ? 300 : 0),
    ];
    return fc.record({
      kind: fc.constant(kind),
      axes: fc.constant(axes),
      format: fc.constantFrom(2 as const, 3 as const),
      shape: fc.constant(shape),
      chunk: fc.constant<Zyx>([chunk[0], 2 * chunk[1], 2 * chunk[2] * (long ? 20 : 1)]),
      channels: fc.constant(axes.includes("c") && kind === "image" ? 2 : 1),
      boxes: fc.array(boxIn(shape), { minLength: 1, maxLength: 10 }),
      failing: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
      merge: fc.constantFrom<Merge>("overwrite", "nonzero", "max", "min"),
      ids: fc.constantFrom<Ids>({ kind: "dense" }, { kind: "block", size: 7 }),
      finer: fc.constantFrom<Zyx | undefined>(
        undefined,
        kind === "label" ? [shape[0], 2 * shape[1], 2 * shape[2]] : undefined,
        kind === "label" ? [shape[0], 2 * shape[1] + 1, 2 * shape[2] + 1] : undefined,
      ),
      table: fc.constantFrom("features" as const, "masking" as const),
      masked: fc.boolean(),
      halo: fc.constantFrom<Zyx>([0, 0, 0], [1, 2, 1]),
      workers: upTo(5),
      turns: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 }),
      storeTurns: fc.integer({ min: 0, max: 8 }),
      bytes: fc.constantFrom(0, 200, 2 ** 30),
    });
  });

/** The image that a case runs on, below a group so that another can lie beside it. */
export function caseImage(store: WritableStore, given: EngineCase): Promise<Image> {
  const { axes, shape, finer, chunk, channels, format } = given;
  const per = (z: number, y: number, x: number, t: number) =>
    axes.map((name) => ({ t, c: name === "c" ? Math.max(1, channels) : 1, z, y, x })[name]);
  const coarse: Zyx = [shape[0], shape[1] / 2, Math.floor(shape[2] / 2)];
  const chunks = per(chunk[0], chunk[1], chunk[2], 1).map((n, i) => (axes[i] === "c" ? 1 : n));
  const fine = per(...shape, 2);
  const half = per(...coarse, 2);
  const within = (whole: readonly number[]) => chunks.map((n, i) => Math.min(n, whole[i] ?? n));
  const level = (whole: readonly number[]) => ({
    shape: whole,
    chunks: within(whole),
    scale: whole.map((n, i) => (fine[i] ?? n) / n),
  });
  return createImage(store, "well/0", {
    format,
    name: "image",
    axes: axes.map((name) => ({ name, unit: undefined })),
    levels: finer
      ? [level(per(...finer, 2)), level(fine), level(half)]
      : [level(fine), level(half)],
    dtype: "uint16",
    compressor: "none",
    channels: Array.from({ length: channels }, (_, i) => ({
      label: `channel ${i}`,
      wavelengthId: undefined,
      color: [255, 255, 255],
      active: true,
      window: undefined,
    })),
  });
}

export function caseRecipe({ boxes, axes, finer }: EngineCase): Recipe {
  return {
    task: "threshold-segmentation",
    level: finer ? "1" : "0",
    t: axes.includes("t") ? 1 : 0,
    params: thresholdSegmentation.defaults,
    outputName: "made",
    rois: boxes.map(({ min, max }, id) => ({ id, name: `ROI_${id}`, box: worldBox(min, max) })),
  };
}

export function caseMakes(given: EngineCase): Makes {
  const { kind, channels, merge, ids, halo, finer, table = "features" } = given;
  const name = "made";
  return {
    halo,
    channels: Array.from({ length: channels }, (_, c) => c),
    array:
      kind === "label"
        ? { kind, name, merge, ids, resolution: finer ? "image" : "level" }
        : { kind, name, merge, dtype: "int16", z: "all" },
    ...(kind === "label"
      ? { table: { kind: table, name: "rows", region: name, backend: "csv" } as const }
      : {}),
  };
}

const mix = (i: number, index: number): number =>
  (Math.imul(i + 1, 2654435761) ^ Math.imul(index + 1, 40503)) >>> 7;

/** A result that looks random, differs from unit to unit, and leaves a third of the box at 0. */
export function caseResult(
  { kind, masked }: EngineCase,
  index: number,
  box: Box<"pixel">,
): UnitResult {
  const length = volumeOf(box);
  const mask = masked
    ? Uint8Array.from({ length }, (_, i) => (mix(i, index + 50) % 4) & 1)
    : undefined;
  const withMask = mask ? { mask } : {};
  if (kind === "image") {
    const pixels = Int16Array.from(
      { length },
      (_, i) => mix(i, index) % 3 && (mix(i, index) % 101) - 50,
    );
    return { kind, pixels, ...withMask };
  }
  const count = 1 + ((index * 7) % 5);
  const labels = Uint32Array.from({ length }, (_, i) =>
    mix(i, index) % 3 === 0 ? 0 : 1 + ((mix(i, index) >>> 4) % count),
  );
  const ids = Uint32Array.from({ length: count }, (_, i) => i + 1);
  const rows = { labels: ids, columns: caseColumns(index, ids) };
  return { kind, labels, count, rows, ...withMask };
}

/** One of each kind, with values that are missing. */
function caseColumns(index: number, ids: Uint32Array): Map<string, Column> {
  const areas = Float64Array.from(ids, (id) => (id % 2 ? id / index : Number.NaN));
  const texts = Array.from(ids, (id) => (id % 3 ? `ROI_${index}` : undefined));
  const bools = Array.from(ids, (id) => (id % 4 ? id % 2 === 1 : undefined));
  return new Map<string, Column>([
    ["area", { kind: "number", values: areas, dtype: "float64" }],
    ["region", { kind: "text", values: texts, categorical: true }],
    ...(index % 2 ? [["odd", { kind: "bool", values: bools }] as const] : []),
  ]);
}

/** Gives a case's results out of order. @param fails whether a unit fails now. */
export function caseExecutor(
  given: EngineCase,
  fails: (index: number) => boolean = (index) => given.failing.includes(index),
): Executor & { readonly computed: number[] } {
  const { turns, workers } = given;
  const computed: number[] = [];
  return {
    size: workers,
    computed,
    compute: async (unit, { signal }) => {
      computed.push(unit.index);
      for (let i = turns[unit.index % turns.length] ?? 0; i > 0; i--) await undefined;
      signal?.throwIfAborted();
      if (fails(unit.index)) throw new Error(`No result for ${unit.roi.name}`);
      return caseResult(given, unit.index, unit.box);
    },
  };
}

/** Every unit of a case, by index. */
export function unitsOfCase({ boxes, channels }: EngineCase): number[] {
  return Array.from({ length: boxes.length * channels }, (_, i) => i);
}
