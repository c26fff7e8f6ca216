/** Wells of any type of pixel are drawn as their channels are looked at. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Canvas, openCanvas } from "../testing/canvas.ts";
import type { ChannelLook } from "./image-layers.ts";
import { plateLayers } from "./plate-layer.ts";
import { PlatePicture } from "./plate-picture.ts";
import type { PlatePlace } from "./plate-place.ts";

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(64);
});
afterEach(() => canvas.close());

const red: ChannelLook = { index: 0, color: [255, 0, 0], visible: true, window: [0, 200] };

/** Two wells of 3 × 2 pixels with a gap of one, 8 world units each: rows are no multiple of four bytes. */
const place: PlatePlace = { rows: 1, columns: 2, width: 3, height: 2, gap: 1, scale: 8 };

it.each(["uint8", "uint16", "float32", "uint64"] as const)(
  "draws each well as it comes, in %s, and leaves the others as they are",
  async (dtype) => {
    const picture = new PlatePicture(place, dtype);
    const plane = (value: number) => ({ data: Uint8Array.of(value), width: 1, height: 1 });
    const layers = (revision: number) => plateLayers(picture, { channels: [red], revision });
    expect(layers(0)).toEqual([]);
    picture.put({ rowIndex: 0, columnIndex: 0 }, 0, plane(100), [0, 0, 24, 16]);
    const first = await canvas.draw(layers(1));
    expect(first.at(1, 1)).toEqual([128, 0, 0, 255]);
    expect(first.at(23, 15)).toEqual([128, 0, 0, 255]);
    expect(first.at(25, 1)).toEqual([0, 0, 0, 255]);
    expect(first.at(33, 1)).toEqual([0, 0, 0, 255]);
    const uploads = canvas.uploads();
    picture.put({ rowIndex: 0, columnIndex: 1 }, 0, plane(200), [0, 0, 24, 16]);
    const second = await canvas.draw(layers(2));
    expect(second.at(1, 1)).toEqual([128, 0, 0, 255]);
    expect(second.at(31, 1)).toEqual([0, 0, 0, 255]);
    expect(second.at(33, 1)).toEqual([255, 0, 0, 255]);
    expect(second.at(55, 15)).toEqual([255, 0, 0, 255]);
    expect(second.at(57, 1)).toEqual([0, 0, 0, 255]);
    // What changed is sent, and no texture made anew.
    expect(canvas.uploads()).toBe(uploads + 1);
    expect(picture.planes.get(0)?.changed).toEqual([]);
  },
);

it("sends nothing of a picture that is only begun, and all of it where its layer is made anew", async () => {
  const picture = new PlatePicture(place, "uint16");
  picture.begin(0);
  const layers = (revision: number) => plateLayers(picture, { channels: [red], revision });
  const uploads = canvas.uploads();
  await canvas.draw(layers(0));
  expect(canvas.uploads()).toBe(uploads);
  const plane = { data: Uint8Array.of(200), width: 1, height: 1 };
  picture.put({ rowIndex: 0, columnIndex: 1 }, 0, plane, [0, 0, 24, 16]);
  const seen = await canvas.draw(layers(1));
  expect(seen.at(33, 1)).toEqual([255, 0, 0, 255]);
  expect(seen.at(1, 1)).toEqual([0, 0, 0, 255]);
  await canvas.draw([]);
  const again = await canvas.draw(layers(2));
  expect(again.at(33, 1)).toEqual([255, 0, 0, 255]);
});
