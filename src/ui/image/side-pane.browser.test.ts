/** A side pane's drawing, pixels read back: the slice at the crosshair, its label and the ROIs it cuts, and what it says. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Pane, XZ, YZ } from "../../editor/pane.ts";
import { planeOf } from "../../editor/plane.ts";
import { NONE_SELECTED } from "../../editor/selection.ts";
import { openLabel } from "../../ome/labels.ts";
import { labelColor } from "../../scene/label-color.ts";
import { type PaneView, paneView } from "../../scene/pane-view.ts";
import { idsInSlice, sliceLayers } from "../../scene/slice-rois.ts";
import { FIRST_LOOK } from "../../state/label-look.ts";
import { createView, lookAt, type View } from "../../state/view.ts";
import { type Canvas, openCanvas, type Picture } from "../../testing/canvas.ts";
import { makeImage } from "../../testing/make-image.ts";
import { flatBox, roisOfBoxes } from "../../testing/roi-builder.ts";
import { WatchedStore } from "../../testing/watched-store.ts";
import { addLabel, writePixels } from "../../testing/write-pixels.ts";
import { ChunkReader } from "../../zarr/chunk-reader.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import type { WritableStore } from "../../zarr/store.ts";
import type { LabelScene } from "./label-drawing.ts";
import { SidePictures } from "./side-pictures.ts";

const SIDE = 96;
const SHAPE = [8, SIDE, SIDE] as const;
const SCALE = [2, 1, 1] as const;
const CELL = 7;

let canvas: Canvas;
beforeEach(async () => {
  canvas = await openCanvas(SIDE);
});
afterEach(() => canvas.close());

/** A bright block in planes 2 to 4, y 20 to 40, x 30 to 60, where the label has its one object. */
async function stack(store: WritableStore) {
  const axes = ["z", "y", "x"] as const;
  const made = await makeImage(store, { axes, shape: SHAPE, chunks: [1, 64, 64], scale: SCALE });
  const inBlock = (i: number): boolean => {
    const [z, y, x] = [Math.floor(i / SIDE ** 2), Math.floor(i / SIDE) % SIDE, i % SIDE];
    return z >= 2 && z < 5 && y >= 20 && y < 40 && x >= 30 && x < 60;
  };
  const fill = (bright: number): Uint16Array<ArrayBuffer> =>
    Uint16Array.from({ length: SHAPE[0] * SIDE ** 2 }, (_, i) => (inBlock(i) ? bright : 0));
  await writePixels(made.levels[0].array, fill(1000));
  const label = { axes, shape: SHAPE, scale: SCALE, dtype: "uint16", data: fill(CELL) } as const;
  return addLabel(made, { name: "cells", ...label });
}

/** The image's pictures in a pane, loaded; `pixel` gives a colour at a place, z in world units. */
async function pane(axes: Pane, at: number, store: WritableStore = new MemoryStore()) {
  const image = await stack(store);
  const reader = new ChunkReader();
  let settle: () => void = () => undefined;
  const pictures = new SidePictures("side", image, reader, () => {
    if (!pictures.busy) settle();
  });
  const multiscale = await openLabel(image, "cells");
  const label = { name: "cells", source: reader, multiscale, given: undefined };
  const view = createView();
  lookAt(view, image);
  const channels = view.getState().channels.map((one) => ({ ...one, window: [0, 2000] as const }));
  const labelViews = [{ ...FIRST_LOOK, name: "cells", visible: true, opacity: 1 }];
  const looked: View = { ...view.getState(), channels, labelViews };
  const camera = { target: [SIDE / 2, SIDE / 2], zoom: 0 } as const;
  const shown = paneView(axes, camera, { width: SIDE, height: SIDE }, SHAPE[0] * SCALE[0]);
  const show = async (where: number, open: typeof label | undefined): Promise<void> => {
    const look = { pane: axes, at: where, bounds: shown.bounds, worldPerPixel: 1 };
    const loaded = new Promise<void>((resolve) => {
      settle = resolve;
    });
    pictures.update(look, looked, open ? [open] : []);
    if (pictures.busy) await loaded;
  };
  await show(at, undefined);
  return { pictures, label, looked, shown, show };
}

function litBy(id: number | undefined): LabelScene {
  const hovered = id === undefined ? [] : [{ label: "cells", id }];
  return { paint: () => undefined, hovered, selected: [] };
}

function pixel(
  picture: Picture,
  { pane: { across, stretch } }: PaneView,
  shared: number,
  z: number,
) {
  const deep = Math.floor(z * stretch);
  return across === 0 ? picture.at(deep, shared) : picture.at(shared, deep);
}

test.each([
  ["XZ", XZ, 25, [31, 58], 62],
  ["YZ", YZ, 45, [21, 38], 42],
] as const)(
  "%s shows the slice where the crosshair is, and nothing of others",
  async (_, axes, at, inside, out) => {
    const { pictures, looked, shown, show } = await pane(axes, at);
    const draw = () => canvas.draw(pictures.layers(shown.pane, looked, litBy(undefined)));
    const light = (picture: Picture, shared: number, z: number): number =>
      pixel(picture, shown, shared, z)[0];
    const seen = await draw();
    for (const shared of inside) {
      expect([3, 4.5, 9.5, 11].map((z) => light(seen, shared, z) > 100)).toEqual([
        ...[false, true, true, false],
      ]);
    }
    expect(light(seen, out, 7)).toBeLessThan(10);
    await show(70, undefined);
    expect(light(await draw(), inside[0], 7)).toBeLessThan(10);
    pictures.close();
  },
);

test("its label lies over it, clearer under the pointer, and goes with the overlays", async () => {
  const { pictures, label, looked, shown, show } = await pane(XZ, 25);
  await show(25, label);
  const at = async (over: Partial<View>, hovered: number | undefined) => {
    const layers = pictures.layers(shown.pane, { ...looked, ...over }, litBy(hovered));
    return [...pixel(await canvas.draw(layers), shown, 45, 7)].slice(0, 3);
  };
  const plain = [...labelColor(CELL)];
  expect(await at({}, undefined)).toEqual(plain);
  const faint = looked.labelViews.map((one) => ({ ...one, opacity: 0.3 }));
  const farFrom = (color: readonly number[]): number =>
    Math.max(...color.map((value, i) => Math.abs(value - (plain[i] ?? 0))));
  const unlit = farFrom(await at({ labelViews: faint }, undefined));
  expect(unlit).toBeGreaterThan(50);
  expect(farFrom(await at({ labelViews: faint }, CELL))).toBeLessThan(unlit / 2);
  expect(await at({ overlays: false }, undefined)).not.toEqual(plain);
  expect(pictures.read({ x: 45, y: 7 })).toEqual({
    level: 0,
    values: new Map([[0, 1000]]),
    objects: [{ label: "cells", id: CELL }],
  });
  expect(pictures.read({ x: 45, y: 1 })).toEqual({
    level: 0,
    values: new Map([[0, 0]]),
    objects: [],
  });
  pictures.close();
});

test("a chunk that cannot be read is marked and counted, and nothing is told of it until it comes", async () => {
  const store = new WatchedStore();
  store.before = ({ kind, key }) => {
    if (kind === "get" && key === "/0/6/0/1") throw new Error("The network went away");
  };
  const { pictures, looked, shown, show } = await pane(XZ, 25, store);
  const isMarked = async (): Promise<boolean> => {
    const picture = await canvas.draw(pictures.layers(shown.pane, looked, litBy(undefined)));
    return [63, 64].some((x) => pixel(picture, shown, x, 13)[0] > 100);
  };
  const values = (x: number) => [...pictures.read({ x, y: 13 }).values];
  expect([pictures.failed, await isMarked(), values(70), values(50)]).toEqual([
    1,
    true,
    [],
    [[0, 0]],
  ]);
  store.before = () => undefined;
  pictures.retry();
  await show(25, undefined);
  expect([pictures.failed, await isMarked(), values(70)]).toEqual([0, false, [[0, 0]]]);
  pictures.close();
});

test("an ROI is outlined where the slice cuts it, with handles if it is selected, and not elsewhere", async () => {
  const { pictures, shown } = await pane(XZ, 25);
  const rois = roisOfBoxes([
    flatBox([30, 20, 60, 40], [4, 10]),
    flatBox([70, 50, 80, 90], [4, 10]),
  ]);
  const lit = async (selected: readonly number[], index: number) => {
    const plane = planeOf({ shape: SHAPE, scale: SCALE }, index, 1);
    const ids = idsInSlice(rois, XZ, plane, shown.bounds);
    const scene = {
      rois,
      preview: undefined,
      invalid: NONE_SELECTED,
      selection: new Set(selected),
    };
    const slice = { shown: scene, locked: undefined, plane, ids, view: shown, visible: true };
    const picture = await canvas.draw(sliceLayers(slice, "side"));
    const isLit = (x: number, z: number): boolean =>
      Math.max(...pixel(picture, shown, x, z).slice(0, 3)) > 110;
    return {
      ids,
      side: isLit(30, 5.5) || isLit(29, 5.5),
      handle: isLit(33, 7),
      other: isLit(70, 7),
    };
  };
  expect(await lit([], 25)).toEqual({ ids: [0], side: true, handle: false, other: false });
  expect(await lit([0], 25)).toEqual({ ids: [0], side: true, handle: true, other: false });
  expect(await lit([], 60)).toEqual({ ids: [1], side: false, handle: false, other: true });
  pictures.close();
});
