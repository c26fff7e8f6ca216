/** The crosshair goes where a hand puts it, inside the image, and to what is selected, unless it is there already. */
import { beforeEach, expect, test } from "vitest";
import { openedDocument, select } from "../editor/document.ts";
import { XY, XZ, YZ } from "../editor/pane.ts";
import type { Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { testSession } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { lookAtPoint, lookAtSelected } from "./crosshair.ts";
import type { Session } from "./session.ts";
import { lookAt } from "./view.ts";

let session: Session;
let image: Image;
beforeEach(async () => {
  session = testSession();
  const store = new MemoryStore();
  const [shape, scale] = [
    [10, 40, 60],
    [2, 0.5, 0.5],
  ] as const;
  image = await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: [1, 40, 60], scale });
  lookAt(session.view, image);
});

const place = () => {
  const { crosshair, z } = session.view.getState();
  return [z, crosshair.y, crosshair.x];
};

test("a point of a pane moves it along the two axes of that pane", () => {
  expect(place()).toEqual([4, 10, 15]);
  lookAtPoint(session, image, XY, { x: 20, y: 3 });
  expect(place()).toEqual([4, 3, 20]);
  lookAtPoint(session, image, XZ, { x: 21, y: 13 });
  expect(place()).toEqual([6, 3, 21]);
  lookAtPoint(session, image, YZ, { x: 5.9, y: 4 });
  expect(place()).toEqual([2, 4, 21]);
});

test("a point beside the image moves it to the border", () => {
  lookAtPoint(session, image, XZ, { x: -5, y: 99 });
  expect(place()).toEqual([9, 10, 0]);
  lookAtPoint(session, image, YZ, { x: -1, y: 99 });
  expect(place()).toEqual([0, 20, 0]);
});

test("it goes to the middle of the one selected ROI, unless it lies in it", () => {
  const rois = roisOfBoxes([flatBox([2, 4, 6, 8]), flatBox([10, 5, 20, 15])]);
  const selected = (...ids: number[]): void => {
    const document = select(openedDocument(rois), new Set(ids));
    session.rois.setState({ document });
    lookAtSelected(session);
  };
  selected(1);
  expect(place()).toEqual([4, 10, 15]);
  selected(0);
  expect(place()).toEqual([4, 6, 4]);
  selected(0, 1);
  expect(place()).toEqual([4, 6, 4]);
});
