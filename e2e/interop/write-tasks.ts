/**
 * Fovea runs its tasks on a small plate, and says each recipe in the words of Fractal: the plate before and after, and
 * in `tasks.json` what to run on the one to find the other.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";
import { randomOf } from "../../src/demo/random.ts";
import type { Zyx } from "../../src/geometry/box.ts";
import { pixelFromWorld, worldOf } from "../../src/geometry/pixel-grid.ts";
import { indexOf } from "../../src/ome/axes.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { openImage } from "../../src/ome/open-image.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { idsOf, roiAt } from "../../src/roi/rois.ts";
import { readTable } from "../../src/table/read-table.ts";
import { tasks } from "../../src/tasks/catalogue.ts";
import { type FractalTask, fractalExport } from "../../src/tasks/fractal-arguments.ts";
import { objectRois } from "../../src/tasks/object-rois.ts";
import type { Profile } from "../../src/tasks/profiles.ts";
import { levelOf, makesOf, type Recipe, type RecipeRoi } from "../../src/tasks/recipe.ts";
import { run } from "../../src/tasks/run.ts";
import { wholeImage } from "../../src/tasks/whole-image.ts";
import { computeHere } from "../../src/testing/compute-here.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { MemoryStore } from "../../src/zarr/memory-store.ts";
import { openStore } from "../../src/zarr/open-store.ts";
import { writable } from "../../src/zarr/store.ts";
import { check, same } from "./exchange.ts";
import { type OpenedFolder, openFolder, saveFolder } from "./folder.ts";
import { others } from "./other-cases.ts";
import { prepared, segmentations } from "./segmentation-cases.ts";
import type { TaskCase } from "./task-case.ts";
import { writeTaskPlate } from "./task-plate.ts";

/** What another tool is to compare. */
interface Compared {
  readonly what: string;
  /** The folder in which it was made. */
  readonly after: string;
  /** By path, before and after. */
  readonly image: string;
  readonly output: string;
  /** What Fractal is to run. */
  readonly fractal?: FractalTask;
  /** What scikit-image is to do where Fractal has no words for it. */
  readonly direct?: Direct;
}

/** Where and how, in voxels of the level. */
interface Direct {
  readonly level: string;
  readonly hasTime: boolean;
  readonly t: number;
  readonly c: number;
  readonly boxes: readonly (readonly [Zyx, Zyx])[];
  readonly params: Recipe["params"];
}

const folder = process.argv[2] ?? "tasks";

/** The ROIs there are for a recipe. */
async function roisFor(image: Image, one: TaskCase): Promise<readonly RecipeRoi[] | undefined> {
  const { task, params, roiTable, level: name, t = 0 } = one;
  if (roiTable !== undefined) return roisOf(image, roiTable);
  const level = image.levels.find((found) => found.name === name) ?? image.levels[0];
  if (tasks[task].covers === "image") return wholeImage(image, level);
  if (task === "threshold-segmentation" && params.masking.kind === "label")
    return objectRois(image, level, params.masking.name, t, new ChunkReader());
  return undefined;
}

async function roisOf({ store, path, zarrFormat }: Image, table: string): Promise<RecipeRoi[]> {
  const { rois } = roisFromTable(await readTable(store, `${path}/tables/${table}`, zarrFormat));
  return idsOf(rois).flatMap((id) => {
    const roi = roiAt(rois, id);
    if (roi === undefined) return [];
    const { name, box, label } = roi;
    return { id, name, box, ...(label === undefined ? {} : { label }) };
  });
}

type Ready = [image: Image, recipe: Recipe, table: readonly RecipeRoi[] | undefined];

async function recipeOn({ store }: OpenedFolder, one: TaskCase, output: string): Promise<Ready> {
  const { image: path, unsaid: _, choose = (rois) => rois, t = 0, ...common } = one;
  const image = await openImage(store, path);
  const found = await roisFor(image, one);
  const whole = { id: 0, name: "image", box: worldOf(image.levels[0].grid) };
  const rois = choose(found ?? [whole]);
  return [image, { outputName: output, ...common, t, rois }, one.roiTable ? found : undefined];
}

async function carryOut(
  image: Image,
  recipe: Recipe,
  profiles: ReadonlyMap<string, Profile> = new Map(),
): Promise<void> {
  const runFolder = new MemoryStore();
  const { keep, ...executor } = await computeHere(image, recipe, 2, {
    folder: runFolder,
    profiles,
  });
  const job = { recipe, replace: false, version: "interop" };
  const tools = {
    executor,
    folder: runFolder,
    onEvent: () => undefined,
    ...(keep ? { keep } : {}),
  };
  const summary = await run(image, job, tools);
  const failed = summary.rois.find(({ kind }) => kind === "failed");
  if (failed) throw new Error(`"${failed.name}" failed`);
}

function directOf(recipe: Recipe, image: Image): Direct {
  const { level, t, params, rois } = recipe;
  const { grid } = levelOf(recipe, image);
  const [c = 0] = makesOf(recipe, image).channels;
  const boxes = rois.map(({ box }): [Zyx, Zyx] => {
    const { min, max } = pixelFromWorld(grid, box);
    return [min, max];
  });
  return { level, hasTime: indexOf(image.axes, "t") !== undefined, t, c, boxes, params };
}

/** Profiles as a microscopist has them: 16-bit files, bright in the middle. */
function writeProfiles(): ReadonlyMap<string, Profile> {
  const sizes = {
    "flat-0.png": [96, 120, 50_000],
    "flat-1.png": [96, 120, 61_000],
    "dark.png": [96, 120, 190],
    "flat-small.png": [32, 48, 40_000],
    "flat-plane.png": [104, 80, 9],
    "flat-odd.png": [151, 227, 60_000],
  } as const;
  mkdirSync(join(folder, "profiles"), { recursive: true });
  const random = randomOf(5);
  return new Map(
    Object.entries(sizes).map(([name, [height, width, light]]) => {
      const pixels = Uint16Array.from({ length: height * width }, (_, i) => {
        const [y, x] = [Math.floor(i / width) / height - 0.5, (i % width) / width - 0.5];
        return Math.ceil(light * (1 - y * y - x * x) * random.between(0.98, 1));
      });
      const png = encode({ width, height, data: pixels, depth: 16, channels: 1 });
      writeFileSync(join(folder, "profiles", name), png);
      return [name, { height, width, pixels }];
    }),
  );
}

const plate = openFolder();
await writeTaskPlate(plate.store, 2);
for (const [name, labels] of Object.entries(prepared))
  for (const one of labels) {
    const [image, recipe] = await recipeOn(plate, one, name);
    await carryOut(image, recipe);
  }
const profiles = writeProfiles();
saveFolder(plate, join(folder, "before"));
const before = new Map(plate.spec.entries);

/** Writes what is new, and the images' metadata, which it takes to read it: the rest is as it was before. */
function saveNew({ spec }: OpenedFolder, to: string): void {
  const isOfUse = ([key, bytes]: readonly [string, Uint8Array]) =>
    before.get(key) !== bytes || /^(?!.*\/(?:labels|tables)\/\w).*\/\.z\w+$/.test(key);
  const entries = new Map([...spec.entries].filter(isOfUse));
  saveFolder({ spec: { kind: "memory", entries } }, to);
}

/** Runs a recipe, says it in the words of Fractal, or why not; what another tool is to compare. */
async function compare(what: string, one: TaskCase, number: number): Promise<Compared[]> {
  const name = one.image.split("/").at(-1);
  const spec = { kind: "memory", entries: new Map(before) } as const;
  const here = { spec, store: writable(openStore(spec)) };
  const [image, recipe, table] = await recipeOn(here, one, `${name} output ${number}`);
  const said = fractalExport(recipe, image, table);
  const compared: Compared[] = [];
  const how = one.unsaid ? "why Fractal cannot" : "how Fractal can";
  await check(`Fovea runs, and says ${how}: ${what}`, async () => {
    same(said.kind === "unsaid" ? said.steps : [], one.unsaid ?? [], "what cannot be said");
    await carryOut(image, recipe, profiles);
    const after = `after ${number}`;
    saveNew(here, join(folder, after));
    const common = { what, after, image: image.path, output: recipe.outputName };
    if (said.kind === "task") compared.push({ ...common, fractal: said.task });
    else if (recipe.task === "threshold-segmentation" && recipe.params.masking.kind === "none")
      compared.push({ ...common, direct: directOf(recipe, image) });
  });
  return compared;
}

const compared: Compared[] = [];
for (const [number, [what, one]] of Object.entries({ ...segmentations, ...others }).entries())
  compared.push(...(await compare(what, one, number)));
writeFileSync(join(folder, "tasks.json"), JSON.stringify(compared));
