/** Windows found in pixels whose chunks come when a test says so, of the coarsest level or of what is on screen. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createImage } from "../../ome/create-image.ts";
import { maximumOf } from "../../ome/maximum.ts";
import { Maxima } from "../../ome/maximum-source.ts";
import { ImageTiles } from "../../scene/image-tiles.ts";
import { lookAt } from "../../state/view.ts";
import { ManualChunks } from "../../testing/manual-chunks.ts";
import { testSession } from "../../testing/services.ts";
import type { Chunk } from "../../zarr/array.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { Histograms } from "./histograms.ts";
import { Windows } from "./windows.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The chunks of one channel: all of the coarsest level, and the two of the finest that are on screen. */
const [COARSE, LEFT, RIGHT] = ["1 0,0", "0 0,0", "0 0,1"];

/** Of one value and another in turn. */
function chunk(low: number, high: number): Chunk {
  return { data: Uint16Array.from({ length: 16 }, (_, i) => (i % 2 ? high : low)), shape: [4, 4] };
}

/** A picture of two levels, looked at anew whenever something changes. */
async function open() {
  const image = await createImage(new MemoryStore(), "", {
    ...{ format: 2, name: "image", dtype: "uint16", compressor: "none" },
    axes: [
      { name: "y", unit: undefined },
      { name: "x", unit: undefined },
    ],
    levels: [
      { shape: [4, 8], chunks: [4, 4], scale: [1, 1] },
      { shape: [1, 2], chunks: [4, 4], scale: [4, 4] },
    ],
    channels: [
      {
        ...{ label: "DAPI", wavelengthId: undefined, color: [255, 255, 255], active: true },
        window: undefined,
      },
    ],
  });
  const session = testSession();
  lookAt(session.view, image);
  const chunks = new ManualChunks();
  const errors: unknown[] = [];
  const maxima = new Maxima(async (request) => maximumOf(request));
  const look = () => {
    tiles.update({ bounds: [0, 0, 8, 4], worldPerPixel: 1, z: 0, t: 0, channels: [0] });
    windows.find();
  };
  const tiles = new ImageTiles(image, chunks, maxima, () => look());
  const histograms = new Histograms(session, image, (range) => tiles.look(range));
  const windows = new Windows({
    ...{ session, histograms, onChange: look },
    planesOf: (channel) => tiles.planesOf(channel),
    onError: (error) => errors.push(error),
  });
  look();
  return {
    ...{ chunks, errors, histograms, look, windows },
    window: () => session.view.getState().channels[0]?.window,
  };
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

test("a window is that of the coarsest level, asked for once, whatever is on screen before it", async () => {
  const { chunks, window, windows } = await open();
  await chunks.answer(LEFT, chunk(1, 2));
  await vi.advanceTimersByTimeAsync(1999);
  expect(window()).toBeUndefined();
  await chunks.answer(COARSE, chunk(10, 20));
  await settled();
  expect(window()).toEqual([10, 20]);
  await chunks.answer(RIGHT, chunk(1, 2));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(window()).toEqual([10, 20]);
  expect(windows.failed).toBe(0);
  expect([...chunks.asked].sort()).toEqual([LEFT, RIGHT, COARSE]);
});

test("a channel whose coarsest level cannot be read is drawn in the window of what is on screen", async () => {
  const { chunks, errors, window, windows } = await open();
  await chunks.fail(COARSE, new Error("cut short"));
  await settled();
  expect([window(), windows.failed, errors.length]).toEqual([undefined, 1, 1]);
  // Where nothing is stored there is nothing to be seen.
  await chunks.answer(LEFT, "missing");
  await settled();
  expect([window(), windows.failed]).toEqual([undefined, 1]);
  await chunks.answer(RIGHT, chunk(30, 40));
  await settled();
  expect(window()).toEqual([30, 40]);
  expect([windows.failed, errors.length]).toEqual([0, 1]);
  expect(chunks.asked).toHaveLength(3);
});

test("one whose coarsest level does not come is so two seconds after there is something on screen", async () => {
  const { chunks, errors, window } = await open();
  await vi.advanceTimersByTimeAsync(60_000);
  await chunks.answer(LEFT, chunk(30, 40));
  await vi.advanceTimersByTimeAsync(1999);
  expect(window()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(window()).toEqual([30, 40]);
  // A window that is there stays.
  await chunks.answer(COARSE, chunk(10, 20));
  await settled();
  expect(window()).toEqual([30, 40]);
  expect([errors.length, chunks.aborted.length]).toEqual([0, 0]);
});

test("one with nothing on screen is counted until it is asked for again, which helps", async () => {
  const { chunks, errors, histograms, look, window, windows } = await open();
  for (const name of [COARSE, LEFT, RIGHT]) await chunks.fail(name, new Error("cut short"));
  await settled();
  expect([window(), windows.failed, errors.length]).toEqual([undefined, 1, 1]);
  histograms.forget();
  look();
  expect(windows.failed).toBe(0);
  await chunks.answer(COARSE, chunk(10, 20));
  await settled();
  expect(window()).toEqual([10, 20]);
});
