/** Links taken: another session that opens one sees the same; what is no longer there is told, and the rest is shown. */
import { beforeEach, expect, test } from "vitest";
import { createPlate } from "../ome/create-plate.ts";
import { nameAt } from "../roi/rois.ts";
import { makeImage } from "../testing/make-image.ts";
import { messages, sourceOver, testServices, testSession } from "../testing/services.ts";
import { putRois } from "../testing/tables.ts";
import { addLabel } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { FIRST_LOOK } from "./label-look.ts";
import { type Linked, linkedQuery, readLinked } from "./link.ts";
import { linkedOf } from "./look.ts";
import { pick, selectedObjects } from "./objects.ts";
import { enterLinked, openSource } from "./open.ts";
import { colorBy, setEnds } from "./roi-colors.ts";
import { arrange } from "./roi-list.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";
import { changeChannel } from "./view.ts";

let store: MemoryStore;
beforeEach(async () => {
  store = new MemoryStore();
  await makeImage(store, {
    axes: ["t", "c", "z", "y", "x"],
    shape: [4, 3, 5, 40, 60],
    chunks: [1, 1, 1, 40, 60],
  });
  await putRois(store, "FOV_ROI_table");
  await putRois(store, "cells_ROI_table", { names: ["a", "b", "c"] });
});

async function opened(options: { table?: string; linked?: Linked } = {}): Promise<Session> {
  const session = testSession();
  await openSource(session, sourceOver(store, testServices()), options);
  return session;
}

function imageOf({ opened }: Session) {
  const state = opened.getState();
  if (state.kind !== "open" || !state.place.image) throw new Error("no image is open");
  return state.place.image;
}

test("a link shows another what is seen here", async () => {
  const here = await opened({ table: "cells_ROI_table" });
  here.view.setState({
    z: 4,
    maximum: { from: 1, to: 4 },
    t: 2,
    camera: { x: 12.5, y: 30, worldPerPixel: 0.25 },
    sidePanes: true,
    crosshair: { x: 1.25, y: 2 },
    boxView: true,
    orbit: { x: 3, y: 2, z: 1.5, worldPerPixel: 0.5, tilt: 30, turn: -45.5, stretch: 20 },
  });
  changeChannel(here.view, 0, { visible: false });
  changeChannel(here.view, 1, {
    color: [1, 2, 3],
    window: [-0.5, 1e6],
    gamma: 0.5,
    lut: "viridis",
  });
  select(here, new Set([1, 2]));
  await arrange(here, { query: "a or b", sort: { column: "len_x", descending: true } });
  await colorBy(here, "len_y");
  setEnds(here, [0.5, 20]);
  const query = linkedQuery(linkedOf(here, imageOf(here)));

  const { linked } = readLinked(new URLSearchParams(query.toString()));
  const there = await opened({ table: "cells_ROI_table", linked });

  expect(there.view.getState()).toEqual(here.view.getState());
  const { document, tableName } = there.rois.getState();
  expect(tableName).toBe("cells_ROI_table");
  expect([...document.selection].map((id) => nameAt(document.rois, id))).toEqual(["b", "c"]);
  expect(there.list.getState()).toEqual(here.list.getState());
  expect(there.colors.getState()).toEqual(here.colors.getState());
  expect(messages(there)).toEqual([]);
});

test("the picked object is in the link", async () => {
  const image = imageOf(await opened());
  const [axes, shape, data] = [["y", "x"] as const, [40, 60], new Uint8Array(2400)];
  await addLabel(image, { name: "cells/2", axes, shape, scale: [1, 1], dtype: "uint8", data });
  const here = await opened();
  pick(here, [{ label: "cells/2", id: 2n ** 60n }]);
  const query = linkedQuery(linkedOf(here, imageOf(here)));
  expect(query.get("object")).toBe("cells/2/1152921504606846976");
  const there = await opened({ linked: readLinked(query).linked });
  expect(selectedObjects(there)).toEqual([{ label: "cells/2", id: 2n ** 60n }]);
  expect(messages(there)).toEqual([]);
});

test("what is no longer there is told, and the rest is shown", async () => {
  const linked: Linked = {
    z: 9,
    maximum: { from: 2, to: 7 },
    t: 4,
    channels: [
      { index: 1, color: [9, 9, 9], window: undefined, gamma: 1, lut: undefined },
      { index: 7, color: [9, 9, 9], window: undefined, gamma: 1, lut: undefined },
      { index: 2, color: [8, 8, 8], window: undefined, gamma: 1, lut: "virridis" },
    ],
    labels: [{ ...FIRST_LOOK, name: "nuclei" }],
    object: { label: "nuclei", id: 5 },
    rois: ["FOV_9", "FOV_8"],
    list: {
      features: "cells",
      find: undefined,
      sort: { column: "area", descending: false },
      color: { column: "round", ends: [0, 1] },
    },
  };
  const session = await opened({ linked });
  const { z, maximum, t, channels, labelViews } = session.view.getState();
  expect([z, maximum, t, labelViews]).toEqual([4, { from: 2, to: 5 }, 3, []]);
  expect(channels.map(({ visible }) => visible)).toEqual([false, true, true]);
  expect([channels[2]?.color, channels[2]?.lut]).toEqual([[8, 8, 8], undefined]);
  expect(session.rois.getState().document.selection.size).toBe(0);
  expect(messages(session)).toEqual([
    [
      "The link shows plane 10, and the image has 5: the last is shown",
      "The link shows time point 5, and the image has 4: the last is shown",
      "The link shows plane 7, and the image has 5: the last is shown",
      "The link shows channel 8, which the image does not have",
      'The link draws channel 3 through the lookup table "virridis", which Fovea does not have: its colour is used',
      'The link shows the label "nuclei", which the image does not have',
      'The link picks an object of the label "nuclei", which the image does not have',
    ].join(". "),
    'The link selects the ROIs "FOV_9", "FOV_8", which FOV_ROI_table does not have',
    [
      'The link shows the features "cells", which the image does not have',
      'The link sorts ROIs by "area", which FOV_ROI_table does not have as a column',
      'The link colours ROIs by "round", which FOV_ROI_table does not have as a column',
    ].join(". "),
  ]);
});

test("a well that is no longer there leads to its plate, and it is told", async () => {
  const wells = [{ row: "B", column: "03" }];
  const plates = new MemoryStore();
  await createPlate(plates, "", { format: 2, name: "p", rows: ["B"], columns: ["03"], wells });
  const session = testSession();
  const source = sourceOver(plates, session.services);
  await openSource(session, source);
  const state = session.opened.getState();
  if (state.kind !== "open") throw new Error("no plate is open");
  const { signal } = new AbortController();
  expect(await enterLinked(session, state.place, "B/03/0", { signal })).toBe(state.place);
  expect(messages(session)).toEqual(["The link leads to B/03/0, which is not there any more"]);
});
