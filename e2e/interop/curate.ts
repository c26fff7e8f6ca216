/**
 * Fovea on a folder on disk, as in the page: what its creators make is saved as tables, tables are renamed and saved as
 * others, and ngio changes a table meanwhile, so that both changes are merged.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { moveBy } from "../../src/editor/commands.ts";
import { pixelBox } from "../../src/geometry/box.ts";
import { worldFromPixel } from "../../src/geometry/pixel-grid.ts";
import { openImage } from "../../src/ome/open-image.ts";
import { gridOf } from "../../src/roi/grid.ts";
import { roisFromTable } from "../../src/roi/roi-table.ts";
import { idsOf, roiAt } from "../../src/roi/rois.ts";
import { addMade, foundFovs, foundObjects } from "../../src/state/create-rois.ts";
import { deleteOpenTable } from "../../src/state/deleted-tables.ts";
import { mergeWithDisk } from "../../src/state/merge.ts";
import { startKept, startTable } from "../../src/state/new-table.ts";
import { openSource } from "../../src/state/open.ts";
import { openTable } from "../../src/state/open-table.ts";
import { edit, select } from "../../src/state/rois.ts";
import { saveRois } from "../../src/state/save.ts";
import { duplicateOpenTable, renameOpenTable, saveTableAs } from "../../src/state/table-files.ts";
import { mark } from "../../src/state/triage.ts";
import { readTable } from "../../src/table/read-table.ts";
import { listTables } from "../../src/table/table-list.ts";
import { messages, sourceOver, testSession } from "../../src/testing/services.ts";
import { DiskStore } from "./disk-store.ts";
import { check, type ExpectedTable, same, saveExpected } from "./exchange.ts";
import { tableExpectation } from "./expectation.ts";
import { openFolder, saveFolder } from "./folder.ts";
import { writeImage } from "./write-image.ts";

const [folder = "curated", python = "python3"] = process.argv.slice(2);
const IMAGE = "image.zarr";
const root = join(folder, IMAGE);
const here = fileURLToPath(new URL(".", import.meta.url));

const written = openFolder();
const image = await writeImage(written.store, folder, IMAGE, 2, {
  axes: ["z", "y", "x"],
  shape: [3, 67, 91],
  chunks: [2, 32, 40],
  dtype: "uint16",
  compressor: "zstd",
});
saveFolder(written, folder);

const session = testSession();
const store = new DiskStore(root);
await openSource(session, sourceOver(store, session.services));
const opened = await openImage(store, "");
const { grid } = opened.levels[0];
const state = () => session.rois.getState();
const rois = () => state().document.rois;
const namesNow = () => idsOf(rois()).map((id) => roiAt(rois(), id)?.name);

/** @throws where the last thing told is a problem */
function saved(): void {
  const last = session.notices.getState().list.at(-1);
  if (last?.tone !== "info") throw new Error(messages(session).at(-1) ?? "nothing was told");
}

await check("a grid is made and saved", async () => {
  startTable(session);
  const whole = pixelBox([0, 0, 0], grid.shape);
  const boxes = gridOf(whole, { by: "count", y: 2, x: 3, tail: "equal", overlap: 0 });
  addMade(
    session,
    boxes.map((box) => ({ box: worldFromPixel(grid, box) })),
    "Grid",
  );
  await saveRois(session);
  saved();
  await renameOpenTable(session, "Gitter");
  saved();
});

await check("FOVs of a Yokogawa microscope are found and saved", async () => {
  await foundFovs(session, yokogawa());
  await saveRois(session);
  saved();
});

await check("what is kept is saved as a table of its own", async () => {
  for (const [id, category] of ["keep", "discard", "keep"].entries()) {
    select(session, new Set([id]));
    mark(session, category);
  }
  await saveRois(session);
  startKept(session);
  same(namesNow(), ["FOV_1", "FOV_3"], "the list of kept ROIs");
  await saveRois(session);
  saved();
  await saveTableAs(session, "kuratiert");
  saved();
});

await check("the objects of a label are found and saved", async () => {
  const [label = ""] = session.view.getState().labels;
  await foundObjects(session, label, {});
  await saveRois(session);
  saved();
});

await check("an AnnData table is copied, and the copy deleted", async () => {
  await openTable(session, "FOV_ROI_table_anndata");
  await duplicateOpenTable(session);
  saved();
  await openTable(session, "FOV_ROI_table_anndata_copy");
  await saveTableAs(session, "AnnData_neu");
  saved();
  await openTable(session, "FOV_ROI_table_anndata_copy");
  await deleteOpenTable(session);
});

for (const name of ["FOV_ROI_table_csv", "AnnData_neu"])
  await check(
    `${name}: what ngio changes meanwhile and what is edited here are merged`,
    async () => {
      await openTable(session, name);
      const [first = "", second = "", third = "", last = ""] = namesNow().map(String);
      const box = () => roiAt(rois(), 0)?.box.min[2];
      edit(session, moveBy(rois(), new Set([0]), [0, 0, 4], grid));
      const mine = box();
      const script = join(here, "change_table.py");
      execFileSync(python, [script, root, name, second, third], { stdio: "inherit" });
      await saveRois(session);
      same(state().changedOnDisk, true, "whether the change is noticed");
      mergeWithDisk(session, () => "mine");
      same(namesNow(), [first, second, last, "von ngio"], "the list of merged ROIs");
      same(box(), mine, "the place of the ROI that was moved here");
      await saveRois(session);
      saved();
    },
  );

/** What was there before and is not touched is as it was; the others are as they are now. */
async function expected(name: string): Promise<ExpectedTable> {
  const before = image.tables.find((table) => table.name === name);
  if (before && name !== "FOV_ROI_table_csv") return before;
  const table = await readTable(store, `tables/${name}`, 2);
  const now = roisFromTable(table).rois;
  return tableExpectation(
    table,
    opened,
    idsOf(now).flatMap((id) => roiAt(now, id) ?? []),
  );
}

const tables: ExpectedTable[] = [];
for (const name of (await listTables(store, "", 2)).names) tables.push(await expected(name));
saveExpected(folder, { plates: [], images: [{ ...image, tables }] });

/** Three fields of 6.5 × 6.5 µm in a row, one of them apart. */
function yokogawa() {
  const record = (field: number, x: number, y: number, z: number): string =>
    `<MeasurementRecord Type="IMG" Row="2" Column="3" FieldIndex="${field}" X="${x}" Y="${y}" Z="${z}"/>`;
  const records = [0, 1.5, 3].flatMap((z) => [
    record(1, -6.5, 3, z),
    record(2, 0, 3, z),
    record(3, 6.5, -4, z),
  ]);
  return [
    { name: "a.mlf", text: `<MeasurementData>${records.join("")}</MeasurementData>` },
    {
      name: "a.mrf",
      text: '<MeasurementDetail RowCount="8" ColumnCount="12"><MeasurementChannel HorizontalPixelDimension="0.325" VerticalPixelDimension="0.325" HorizontalPixels="20" VerticalPixels="20"/></MeasurementDetail>',
    },
  ];
}
