/** Pictures of plates in the browser's own database: as they were put, without what is dropped, and no more than may be kept. */
import { expect, test } from "vitest";
import { indexedThumbnails } from "./indexed-thumbnails.ts";
import type { Thumbnail } from "./thumbnails.ts";

const picture = (key: string, pixels: number): Thumbnail => ({
  key,
  of: "a plate",
  at: 7,
  wells: ["id:A/01", "id:A/02"],
  place: { rows: 1, columns: 2, width: 1, height: 1, gap: 1, scale: 2 },
  come: new Uint8Array([1, 2]),
  bare: new Map([[1, "empty"]]),
  planes: new Map([
    [0, new Uint16Array(pixels).fill(5)],
    [2, new Uint16Array(pixels).fill(6)],
  ]),
  windows: new Map([[2, [1, 9]]]),
});

test("a picture is found again as it was, and a well that was written to is not in it", async () => {
  const shelf = indexedThumbnails(() => 0);
  await shelf.put(picture("found", 4));
  expect(await shelf.of("found")).toEqual(picture("found", 4));
  expect(await shelf.of("other")).toBeUndefined();
  await shelf.dropWells((well) => well === "id:A/02");
  expect(await shelf.of("found")).toEqual({
    ...picture("found", 4),
    come: new Uint8Array([1, 0]),
    bare: new Map(),
  });
});

test("the one looked at longest ago makes room", async () => {
  let now = 1;
  // Three of 402 bytes each do not fit.
  const shelf = indexedThumbnails(() => now++, 1000);
  await shelf.put(picture("one", 100));
  await shelf.put(picture("two", 100));
  await shelf.of("one");
  await shelf.put(picture("three", 100));
  expect(await shelf.of("two")).toBeUndefined();
  expect(await shelf.of("one")).toEqual(picture("one", 100));
  expect(await shelf.of("three")).toEqual(picture("three", 100));
});

test("where the browser keeps nothing, there is none and nobody is told", async () => {
  const open = indexedDB.open;
  indexedDB.open = () => {
    throw new DOMException("Denied", "SecurityError");
  };
  try {
    const shelf = indexedThumbnails(() => 0);
    await shelf.put(picture("denied", 1));
    expect(await shelf.of("denied")).toBeUndefined();
  } finally {
    indexedDB.open = open;
  }
});
