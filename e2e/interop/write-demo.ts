/** Fovea makes its demo plate, and "Threshold segmentation" runs in one of its wells as it does in the page, on this thread. */
import { DEMO_WELLS } from "../../src/demo/layout.ts";
import { makeDemo } from "../../src/demo/make-demo.ts";
import { openLabel } from "../../src/ome/labels.ts";
import type { Image } from "../../src/ome/multiscale.ts";
import { openImage } from "../../src/ome/open-image.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { idsOf, type Roi, roiAt } from "../../src/roi/rois.ts";
import { readTable } from "../../src/table/read-table.ts";
import type { Table } from "../../src/table/table.ts";
import { computeTask } from "../../src/tasks/compute.ts";
import { thresholdSegmentation } from "../../src/tasks/kinds/threshold-segmentation.ts";
import type { Unit } from "../../src/tasks/plan.ts";
import { prepare } from "../../src/tasks/prepare.ts";
import type { Recipe } from "../../src/tasks/recipe.ts";
import { run } from "../../src/tasks/run.ts";
import { countsOf, runSentence } from "../../src/tasks/run-sentence.ts";
import type { Summary } from "../../src/tasks/summary.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { check, saveExpected } from "./exchange.ts";
import {
  allPixels,
  imageExpectation,
  multiscaleExpectation,
  tableExpectation,
  type WithPixels,
} from "./expectation.ts";
import { openFolder, saveFolder } from "./folder.ts";
import { killAndResume } from "./kill-run.ts";

const LABEL = "nuclei";
/** The same once more, by a run that was killed and resumed. */
const RESUMED = "nuclei_resumed";
const PLATE = "demo.zarr";

const folder = process.argv[2] ?? "demo";
const plate = openFolder();
const { store } = plate;

async function tableOf({ path, zarrFormat }: Image, name: string): Promise<[Table, Roi[]]> {
  const table = await readTable(store, `${path}/tables/${name}`, zarrFormat);
  const { rois } = roisFromTable(table);
  return [table, idsOf(rois).flatMap((id) => roiAt(rois, id) ?? [])];
}

/** @param isKilled whether it is killed in the middle and gone on with. */
async function segmentIn(
  image: Image,
  rois: readonly Roi[],
  outputName: string,
  isKilled: boolean,
): Promise<Summary> {
  const recipe: Recipe = {
    task: "threshold-segmentation",
    level: "1",
    t: 0,
    params: thresholdSegmentation.defaults,
    outputName,
    rois: rois.map(({ name, box }, id) => ({ id, name, box })),
  };
  const reader = new ChunkReader();
  const { inputs, taskOf } = await prepare(image, recipe);
  const executor = {
    size: 1,
    compute: (unit: Unit, options: { signal?: AbortSignal }) =>
      computeTask(reader, inputs, taskOf(unit), options),
  };
  const job = { recipe, replace: false, version: "interop" };
  if (isKilled) return killAndResume(plate, image.path, job, executor);
  return run(image, job, { executor, onEvent: () => undefined });
}

await makeDemo(store);
const path = `${DEMO_WELLS[0]?.path}/0`;
const [fovs, rois] = await tableOf(await openImage(store, path), "FOV_ROI_table");
const summary = await segmentIn(await openImage(store, path), rois, LABEL, false);
await segmentIn(await openImage(store, path), rois, RESUMED, true);
await check(
  runSentence(countsOf(summary), { task: "threshold-segmentation", outputName: LABEL }),
  () => {
    if (summary.objects === 0) throw new Error("no nucleus was found");
  },
);

const image = await openImage(store, path);
const [well, all] = await tableOf(image, "well_ROI_table");
const coarse: WithPixels = ({ name }) => name !== "0";
const label = await multiscaleExpectation(folder, await openLabel(image, LABEL), allPixels);
const resumed = await multiscaleExpectation(folder, await openLabel(image, RESUMED), () => false);
// Its pixels are those of the run that nothing happened to.
const same = resumed.levels.map((level, i) => ({ ...label.levels[i], ...level }));
const described = await imageExpectation(
  folder,
  image,
  [
    { name: LABEL, ...label, count: summary.objects },
    { name: RESUMED, ...resumed, levels: same, count: summary.objects },
  ],
  [tableExpectation(fovs, image, rois), tableExpectation(well, image, all)],
  coarse,
);
saveFolder(plate, `${folder}/${PLATE}`);
saveExpected(folder, {
  plates: [
    {
      path: PLATE,
      wells: DEMO_WELLS.map((one) => ({ path: one.path, images: ["0"] })),
      tables: [],
    },
  ],
  images: [{ ...described, path: `${PLATE}/${path}` }],
});
