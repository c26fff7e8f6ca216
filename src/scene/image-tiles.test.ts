/** Planes and maxima of an image in turn: what is drawn, what stays beneath, and what is asked for. */
import { expect, test } from "vitest";
import { maximumOf } from "../ome/maximum.ts";
import { Maxima } from "../ome/maximum-source.ts";
import { gate } from "../testing/gate.ts";
import { makeImage } from "../testing/make-image.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { pyramid } from "../testing/pyramid.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writePixels } from "../testing/write-pixels.ts";
import type { Chunk } from "../zarr/array.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { ImageTiles } from "./image-tiles.ts";

const VIEW = { bounds: [0, 0, 2, 2], worldPerPixel: 1, z: 1.5, t: 0, channels: [0] } as const;

const plane = (value: number): Chunk => {
  return { data: new Uint16Array(4).fill(value), shape: [1, 2, 2] };
};

function open() {
  const image = pyramid("zyx", [{ shape: [5, 2, 2], chunks: [1, 2, 2], scale: [1, 1, 1] }]);
  const chunks = new ManualChunks();
  let changes = 0;
  const tiles = new ImageTiles(image, chunks, here(), () => {
    changes++;
  });
  const drawn = () =>
    tiles.tiles().map(({ planes, current }) => [planes.get(0)?.data[0], current] as const);
  return { tiles, chunks, drawn, changes: () => changes };
}

const here = (): Maxima => new Maxima(async (request) => maximumOf(request));

/** Lets everything that waits for a promise run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("the maximum grows over the plane that was there, whatever the camera does meanwhile; then that goes", async () => {
  const { tiles, chunks, drawn, changes } = open();
  tiles.update(VIEW);
  await chunks.answer("img/0 1,0,0", plane(10));
  expect(drawn()).toEqual([[10, true]]);

  tiles.look({ from: 1, to: 5 });
  tiles.update(VIEW);
  await settled();
  expect(drawn()).toEqual([[10, false]]);
  expect(tiles.busy).toBe(true);
  const before = changes();
  await chunks.answer("img/0 1,0,0", plane(10));
  await settled();
  expect(drawn()).toEqual([
    [10, false],
    [10, true],
  ]);
  expect(changes()).toBeGreaterThan(before);
  tiles.update({ ...VIEW, bounds: [0, 0, 2, 1.5] });
  expect(chunks.aborted).toEqual([]);
  await chunks.answer("img/0 2,0,0", plane(5));
  await chunks.answer("img/0 3,0,0", plane(30));
  await settled();
  expect(drawn()).toEqual([
    [10, false],
    [30, true],
  ]);
  expect(tiles.busy).toBe(true);
  await chunks.answer("img/0 4,0,0", plane(20));
  await settled();
  expect(drawn()).toEqual([[30, true]]);
  expect(tiles.busy).toBe(false);
  expect(chunks.asked).toEqual([1, 1, 2, 3, 4].map((z) => `img/0 ${z},0,0`));
  expect(tiles.tiles()).toBe(tiles.tiles());
});

test("a maximum that is left is given up; each drawn thing has a key of its own", async () => {
  const { tiles, chunks, drawn } = open();
  tiles.look({ from: 0, to: 5 });
  tiles.update(VIEW);
  await settled();
  await chunks.answer("img/0 0,0,0", plane(9));
  await settled();
  tiles.look({ from: 0, to: 4 });
  tiles.update(VIEW);
  await settled();
  // The first, which was answered, has the same signal.
  expect(chunks.aborted).toEqual([0, 1, 2].map((z) => `img/0 ${z},0,0`));
  await chunks.answer("img/0 0,0,0", plane(9));
  await settled();
  expect(drawn()).toEqual([
    [9, false],
    [9, true],
  ]);
  tiles.look(undefined);
  tiles.update({ ...VIEW, z: 0.5 });
  chunks.atHand.set("img/0 0,0,0", plane(9));
  const keys = tiles.tiles().map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  tiles.close();
  expect(chunks.listeners).toBe(0);
});

/** Nine planes of two chunks; what is asked for waits at the gate. */
async function gated() {
  const store = new WatchedStore();
  const shape = [9, 2, 4];
  const image = await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: [1, 2, 2] });
  await writePixels(
    image.levels[0].array,
    Uint16Array.from({ length: 72 }, (_, i) => i),
  );
  store.operations.length = 0;
  const held = gate();
  store.before = () => held.passed;
  const tiles = new ImageTiles(image, new ChunkReader(), here(), () => {});
  const view = (z: number) => ({ ...VIEW, bounds: [0, 0, 4, 2] as const, z });
  const asked = () => store.operations.map(({ key }) => key);
  return { tiles, view, asked, open: held.open };
}

test("what is on its way to a plane or to those after it is not asked for again for their maximum, nor for another", async () => {
  const { tiles, view, asked, open } = await gated();
  tiles.look(undefined);
  tiles.update(view(0.5));
  tiles.lookAhead([1.5, 2.5, 3.5, 4.5, 5.5, 6.5].map(view));
  await settled();
  expect(asked()).toHaveLength(14);
  tiles.look({ from: 0, to: 9 });
  // A histogram may look first.
  await settled();
  tiles.update(view(0.5));
  tiles.lookAhead([]);
  await settled();
  tiles.look({ from: 1, to: 9 });
  tiles.update(view(0.5));
  open();
  await expect.poll(() => tiles.busy).toBe(false);
  expect(tiles.tiles().flatMap(({ planes }) => [...(planes.get(0)?.data ?? [])])).toEqual([
    64, 65, 68, 69, 66, 67, 70, 71,
  ]);
  expect([asked().length, new Set(asked()).size]).toEqual([18, 18]);
});
