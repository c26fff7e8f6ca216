/** What a plan is made of, as a few columns: a hundred thousand ROIs cross threads without an object for each. */
import { type Steps, stepwise } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import { type PackedTexts, packTexts, unpackedTexts } from "../roi/packed-texts.ts";
import type { PixelArray } from "../zarr/array.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { planRun } from "./plan.ts";
import { type PlanCard, planCard } from "./plan-card.ts";
import type { Recipe } from "./recipe.ts";

/** Of a level, all that does not reach into a store. */
type LevelMeta = Omit<Level, "array"> & { readonly array: Omit<PixelArray, "store"> };

/** Of an image, all that does not reach into a store: a plan reads nothing. */
type ImageMeta = Omit<Image, "store" | "levels"> & {
  readonly levels: readonly [LevelMeta, ...LevelMeta[]];
};

export interface PlanRequest {
  /** Without its ROIs. */
  readonly recipe: Recipe;
  readonly image: ImageMeta;
  readonly ids: Int32Array<ArrayBuffer>;
  readonly names: PackedTexts;
  /** Six numbers each, as in `RoiColumns`. */
  readonly bounds: Float64Array<ArrayBuffer>;
}

/** Packs what is planned, a part at a time: millions of ROIs are cloned as a few buffers. */
export function* planRequest(recipe: Recipe, image: Image): Steps<PlanRequest> {
  const { rois } = recipe;
  const bounds = new Float64Array(6 * rois.length);
  const ids = new Int32Array(rois.length);
  const names = yield* stepwise(rois.entries(), ([i, { id, name, box }]) => {
    bounds.set(box.min, 6 * i);
    bounds.set(box.max, 6 * i + 3);
    ids[i] = id;
    return name;
  });
  return {
    recipe: { ...recipe, rois: [] },
    image: metaOf(image),
    ids,
    names: yield* packTexts(names),
    bounds,
  };
}

/** @throws Fault as `planRun` does */
export function answerPlan({ recipe, image, ids, names, bounds }: PlanRequest): PlanCard {
  const at = (i: number): number => bounds[i] ?? Number.NaN;
  const rois = unpackedTexts(names).map((name = "", row) => {
    const i = 6 * row;
    const box = worldBox([at(i), at(i + 1), at(i + 2)], [at(i + 3), at(i + 4), at(i + 5)]);
    return { id: ids[row] ?? row, name, box };
  });
  return planCard(planRun({ ...recipe, rois }, imageOf(image)));
}

function metaOf({ store: _, levels: [first, ...others], ...image }: Image): ImageMeta {
  const meta = ({ array: { store: _, ...array }, ...level }: Level): LevelMeta => ({
    ...level,
    array,
  });
  return { ...image, levels: [meta(first), ...others.map(meta)] };
}

function imageOf({ levels: [first, ...others], ...image }: ImageMeta): Image {
  const store = new MemoryStore();
  const level = ({ array, ...level }: LevelMeta): Level => ({
    ...level,
    array: { ...array, store },
  });
  return { ...image, store, levels: [level(first), ...others.map(level)] };
}
