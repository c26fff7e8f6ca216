/** The ROI table that is open: which one it is, how it is edited, and what of it is not saved. */
import { beforeEach, describe, expect, test } from "vitest";
import { addRoi, moveBy, newRoi, remove, rename } from "../editor/commands.ts";
import { roiAt } from "../roi/rois.ts";
import { rowOf } from "../table/feature-rows.ts";
import { gate } from "../testing/gate.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { numbers, putAreas, putMasks, putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { tableAsCsv } from "./csv-file.ts";
import { chooseFeatures } from "./features.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import {
  canRedo,
  canUndo,
  edit,
  redo,
  saveText,
  select,
  takeDrawTool,
  undo,
  unsavedCount,
} from "./rois.ts";
import type { Session } from "./session.ts";

let session: Session;
let store: WatchedStore;

beforeEach(async () => {
  session = testSession();
  store = new WatchedStore();
  await smallImage(store);
});

const open = (table?: string): Promise<void> =>
  openSource(session, sourceOver(store, session.services), { table });
const rois = () => session.rois.getState();
const names = () => [...rois().document.rois.base.names];
const grid = () => {
  const opened = session.opened.getState();
  if (opened.kind !== "open" || !opened.place.image) throw new Error("no image");
  return opened.place.image.levels[0].grid;
};
const moveFirst = () =>
  edit(session, moveBy(rois().document.rois, new Set([0]), [0, 0, 5], grid()));

test("edits of one kind in a row are one step, and after a pause another", async () => {
  let time = new Date(0);
  session = testSession({ now: () => time });
  await putRois(store, "FOV_ROI_table");
  await open();
  const steps = [0, 400, 1400, 2401].map((at) => {
    time = new Date(at);
    moveFirst();
    return rois().document.history.done.length;
  });
  expect(steps).toEqual([1, 1, 1, 2]);
  undo(session);
  expect(roiAt(rois().document.rois, 0)?.box.min[2]).toBe(15);
});

describe("which table is chosen", () => {
  test("the one asked for", async () => {
    await putRois(store, "FOV_ROI_table");
    await putRois(store, "well_ROI_table", { names: ["well_1"] });
    await open("well_ROI_table");
    expect(rois()).toMatchObject({ tableName: "well_ROI_table", loading: false });
    expect(names()).toEqual(["well_1"]);
    expect(messages(session)).toEqual([]);
  });

  test("FOV_ROI_table, wherever it stands; a name that is not there is told", async () => {
    await putRois(store, "a_ROI_table");
    await putRois(store, "FOV_ROI_table");
    await open("nothing");
    expect(rois().tableName).toBe("FOV_ROI_table");
    expect(messages(session)).toEqual(['The image has no table "nothing"']);
  });

  test("none where a link says so, and no message of it; a table of that name is one as any", async () => {
    await putRois(store, "FOV_ROI_table");
    await open("none");
    expect(rois()).toMatchObject({ tableName: undefined, names: ["FOV_ROI_table"] });
    expect(messages(session)).toEqual([]);
    await putRois(store, "none");
    await open("none");
    expect(rois().tableName).toBe("none");
  });

  test("else the first that is named for ROIs", async () => {
    await putAreas(store, "areas", [1]);
    await putRois(store, "well_ROI_table");
    await putRois(store, "other_ROI_table");
    await open();
    expect(rois().tableName).toBe("well_ROI_table");
  });

  test("else the first that holds no features", async () => {
    await putAreas(store, "areas", [1]);
    await putRois(store, "places");
    await open();
    expect(rois()).toMatchObject({ tableName: "places", names: ["places"] });
    expect(messages(session)).toEqual([]);
  });

  test("none where there are features alone, and nothing is wrong with that", async () => {
    await putAreas(store, "areas", [1]);
    await open();
    expect(rois()).toMatchObject({ tableName: undefined, names: [], table: undefined });
    expect(session.features.getState().names).toEqual(["areas"]);
    expect(messages(session)).toEqual([]);
  });

  test("of two chosen one after the other, the later, though it is read last", async () => {
    await putRois(store, "FOV_ROI_table");
    await putRois(store, "first_ROI_table", { names: ["first"] });
    await open();
    const [one, other] = [gate(), gate()];
    store.before = ({ key }) => (key.startsWith("/tables/first") ? one : other).passed;
    const first = openTable(session, "first_ROI_table");
    const second = openTable(session, "FOV_ROI_table");
    one.open();
    await first;
    expect(rois()).toMatchObject({ loading: true, table: undefined });
    other.open();
    await second;
    expect(names()).toEqual(["FOV_1", "FOV_2"]);
  });

  test("one that is read twice counts as it was read first", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    const held = gate();
    store.before = () => held.passed;
    const first = openTable(session, "FOV_ROI_table");
    store.before = () => undefined;
    await openTable(session, "FOV_ROI_table");
    moveFirst();
    held.open();
    await first;
    expect(unsavedCount(rois())).toBe(1);
  });
});

describe("features", () => {
  test("are no ROI tables, and are joined by label", async () => {
    await putRois(store, "FOV_ROI_table");
    await putAreas(store, "areas", [3, 7]);
    await open();
    expect(rois().names).toEqual(["FOV_ROI_table"]);
    expect(session.features.getState().names).toEqual(["areas"]);
    await chooseFeatures(session, "areas");
    const { chosen } = session.features.getState();
    expect(chosen?.name).toBe("areas");
    expect(chosen?.table.columns.get("area")?.values[rowOf(chosen.rows, 7) ?? -1]).toBe(70);
    await chooseFeatures(session, undefined);
    expect(session.features.getState().chosen).toBeUndefined();
  });

  test("rows whose label is beyond 2^53 are about no object, and that is told", async () => {
    await putAreas(store, "areas", [3, 2 ** 60, 2 ** 60 + 256]);
    await open();
    await chooseFeatures(session, "areas");
    const { chosen } = session.features.getState();
    expect(chosen && [...chosen.rows.labels]).toEqual([3]);
    expect(messages(session)).toEqual([
      "2 rows of areas are left out: the label is missing, a fraction, or beyond 2^53, where numbers are not exact",
    ]);
  });

  test("of a label with several rows the first is shown, and that is told", async () => {
    await putAreas(store, "areas", [3, 3, 7]);
    await open();
    await chooseFeatures(session, "areas");
    const { chosen } = session.features.getState();
    expect(chosen && rowOf(chosen.rows, 3)).toBe(0);
    expect(messages(session)).toEqual(["A label has several rows in areas; the first is shown"]);
  });

  test("chosen last are shown, however late others come", async () => {
    await putAreas(store, "areas", [3]);
    await putAreas(store, "late", [3]);
    await open();
    const held = gate();
    store.before = ({ key }) => (key.startsWith("/tables/late") ? held.passed : undefined);
    const late = chooseFeatures(session, "late");
    await chooseFeatures(session, "areas");
    held.open();
    await late;
    expect(session.features.getState().chosen?.name).toBe("areas");
  });
});

describe("editing", () => {
  beforeEach(async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
  });

  test("one gesture is one step, undone and redone by name", () => {
    expect([canUndo(rois()), canRedo(rois()), saveText(rois())]).toEqual([
      undefined,
      undefined,
      "",
    ]);
    moveFirst();
    expect([canUndo(rois()), saveText(rois())]).toEqual(["Move FOV_1", "1 change not saved"]);
    expect(roiAt(rois().document.rois, 0)?.box).toEqual(flatBox([5, 0, 15, 10]));
    edit(session, remove(rois().document.rois, new Set([1])));
    expect(saveText(rois())).toBe("2 changes not saved");
    undo(session);
    undo(session);
    expect([canRedo(rois()), unsavedCount(rois())]).toEqual(["Move FOV_1", 0]);
    expect(roiAt(rois().document.rois, 0)?.box).toEqual(flatBox([0, 0, 10, 10]));
    redo(session);
    expect(unsavedCount(rois())).toBe(1);
  });

  test("moved there and back is no change", () => {
    moveFirst();
    select(session, new Set());
    edit(session, moveBy(rois().document.rois, new Set([0]), [0, 0, -5], grid()));
    expect(canUndo(rois())).toBe("Move FOV_1");
    expect([unsavedCount(rois()), saveText(rois())]).toEqual([0, ""]);
  });

  test("a step takes away what the hand was showing", () => {
    session.rois.setState({ preview: new Map() });
    moveFirst();
    expect(rois().preview).toBeUndefined();
  });

  test("what is wrong is told by ROI, the first to mend of each, until it is mended", async () => {
    const columns = { len_x_micrometer: numbers([10, 0]) };
    await putRois(store, "flat_ROI_table", { columns });
    await openTable(session, "flat_ROI_table");
    const told = () => [...rois().problems].map(([id, { kind, severity }]) => [id, kind, severity]);
    edit(session, rename(rois().document.rois, 1, "FOV_1"));
    expect(told()).toEqual([
      [0, "duplicate", "warning"],
      [1, "duplicate", "error"],
    ]);
    undo(session);
    expect(told().map(([id, kind]) => [id, kind])).toEqual([[1, "empty"]]);
  });
});

describe("a new ROI", () => {
  const draw = () =>
    edit(
      session,
      addRoi(rois().document.rois, newRoi(rois().document.rois, flatBox([1, 2, 3, 4]))),
    );
  const lines = async () =>
    new TextDecoder()
      .decode((await tableAsCsv(session))?.bytes)
      .trim()
      .replaceAll('"', "")
      .split("\n")
      .map((line) => line.split(","));

  test("brings no label column into a table without one", async () => {
    await putRois(store, "FOV_ROI_table");
    await open();
    draw();
    expect((await lines())[0]).toEqual(
      "FieldIndex,x_micrometer,y_micrometer,z_micrometer,len_x_micrometer,len_y_micrometer,len_z_micrometer".split(
        ",",
      ),
    );
    expect((await lines()).at(-1)?.map(Number).slice(1)).toEqual([1, 2, 0, 2, 2, 1]);
  });

  test("gets the next free number in one that has it, and nothing in columns unknown", async () => {
    const columns = { label: numbers([4, 9]), plate_row: numbers([1, 2]) };
    await putRois(store, "FOV_ROI_table", { columns });
    await open();
    draw();
    const [header = "", ...rows] = await lines();
    const at = (name: string) => Number(rows.at(-1)?.[header.indexOf(name)] || Number.NaN);
    expect([at("label"), at("plate_row")]).toEqual([10, Number.NaN]);
  });

  test("is not drawn in a masking table: a copy is on offer", async () => {
    await putMasks(store, "nuclei_ROI_table");
    await open();
    takeDrawTool(session);
    expect(rois()).toMatchObject({ masking: true, offersCopy: "draw", tool: "select" });
  });
});

test("warns of ROIs that need a look by the first of them, until none does", async () => {
  await putRois(store, "FOV_ROI_table", { names: ["a", "b", "b", "c", "c"] });
  await open();
  const warning = '4 ROIs need a look in FOV_ROI_table: 2 ROIs are named "b"';
  expect(messages(session)).toEqual([warning]);
  edit(session, rename(rois().document.rois, 2, "d"));
  expect(messages(session)).toEqual([warning]);
  edit(session, rename(rois().document.rois, 4, "e"));
  expect(messages(session)).toEqual([]);
});
