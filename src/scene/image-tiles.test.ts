/** Planes and maxima of an image in turn: what is drawn, what stays beneath, and what is asked for. */
import { expect, test } from "vitest";
import { maximumOf } from "../ome/maximum.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { pyramid } from "../testing/pyramid.ts";
import type { Chunk } from "../zarr/array.ts";
import { ImageTiles } from "./image-tiles.ts";

const VIEW = { bounds: [0, 0, 2, 2], worldPerPixel: 1, z: 1.5, t: 0, channels: [0] } as const;

const plane = (value: number): Chunk => {
  return { data: new Uint16Array(4).fill(value), shape: [1, 2, 2] };
};

function open() {
  const image = pyramid("zyx", [{ shape: [5, 2, 2], chunks: [1, 2, 2], scale: [1, 1, 1] }]);
  const chunks = new ManualChunks();
  let changes = 0;
  const tiles = new ImageTiles(
    image,
    chunks,
    async (request) => maximumOf(request),
    () => {
      changes++;
    },
  );
  const drawn = () =>
    tiles.tiles().map(({ planes, current }) => [planes.get(0)?.data[0], current] as const);
  return { tiles, chunks, drawn, changes: () => changes };
}

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
