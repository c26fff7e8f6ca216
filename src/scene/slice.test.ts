/** Slices for the view of boxes: the right voxels across each axis, painted as the channels are, laid where they belong. */
import { expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { writePixels } from "../testing/write-pixels.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { paintSlice, readSlice, sliceCorners, sliceLevel } from "./slice.ts";

/** Two channels of 3 × 2 × 4 voxels whose values are c z y x as digits. */
async function numbered() {
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  const shape = [2, 3, 2, 4];
  const image = await makeImage(store, {
    axes: ["c", "z", "y", "x"],
    shape,
    chunks: [1, 2, 2, 3],
    scale: [1, 5, 2, 1],
  });
  const values = Array.from({ length: 48 }, (_, i) => {
    const [x, y, z, c] = [i % 4, (i >> 2) % 2, Math.floor(i / 8) % 3, Math.floor(i / 24)];
    return 1000 * c + 100 * z + 10 * y + x;
  });
  await writePixels(image.levels[0].array, Uint16Array.from(values));
  return image;
}

test("across each axis the voxels at the place asked for, those of the edge where it lies outside", async () => {
  const image = await numbered();
  const reader = new ChunkReader();
  const read = async (across: 0 | 1 | 2, at: number) => {
    const slice = await readSlice(reader, image, { across, at, t: 0, channels: [1] }, {});
    return [slice?.at, slice?.width, slice?.height, ...(slice?.planes.get(1) ?? [])];
  };
  expect(await read(0, 6)).toEqual([7.5, 4, 2, 1100, 1101, 1102, 1103, 1110, 1111, 1112, 1113]);
  expect(await read(1, 99)).toEqual([
    ...[3, 4, 3, 1010, 1011, 1012, 1013, 1110, 1111, 1112, 1113, 1210, 1211, 1212, 1213],
  ]);
  expect(await read(2, -1)).toEqual([0.5, 2, 3, 1000, 1010, 1100, 1110, 1200, 1210]);
});

test("no slice of a level that is too large to be read for a look", async () => {
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  const shape = [1, 20_000, 20_000];
  const image = await makeImage(store, { axes: ["z", "y", "x"], shape, chunks: [1, 512, 512] });
  expect(sliceLevel(image, 0)).toBe(undefined);
  expect(sliceLevel(image, 1)?.name).toBe("0");
});

test("channels are added up in their colours and windows, those that are off left out", () => {
  const planes = new Map([
    [0, Uint16Array.of(0, 50, 100, 200)],
    [1, Uint16Array.of(10, 10, 0, 0)],
    [2, Uint16Array.of(9, 9, 9, 9)],
  ]);
  const look = { visible: true, window: [0, 100] as const };
  const painted = paintSlice({ across: 0, at: 0, width: 2, height: 2, planes }, [
    { ...look, index: 0, color: [255, 0, 100] },
    { ...look, index: 1, color: [0, 255, 200], window: [0, 10] },
    { ...look, index: 2, color: [255, 255, 255], visible: false },
  ]);
  expect([...painted]).toEqual([
    ...[0, 255, 200, 255],
    ...[128, 255, 250, 255],
    ...[255, 0, 100, 255],
    ...[255, 0, 100, 255],
  ]);
});

test("a slice lies in the world with its first row at the axes' beginning", () => {
  const world = [30, 20, 10] as const;
  const [lastRow, firstRow, firstRowEnd, lastRowEnd] = sliceCorners(0, 7, world);
  expect([firstRow, firstRowEnd, lastRow, lastRowEnd]).toEqual([
    [0, 0, 7],
    [10, 0, 7],
    [0, 20, 7],
    [10, 20, 7],
  ]);
  expect(sliceCorners(1, 7, world)).toEqual([
    [0, 7, 30],
    [0, 7, 0],
    [10, 7, 0],
    [10, 7, 30],
  ]);
  expect(sliceCorners(2, 7, world)[3]).toEqual([7, 20, 30]);
});
