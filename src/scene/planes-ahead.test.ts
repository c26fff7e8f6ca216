/** Which chunks are fetched ahead, and which are given up. */
import { expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { PlanesAhead } from "./planes-ahead.ts";

test("the planes ahead are asked for once, the next first; those passed are given up", async () => {
  const image = await makeImage(new MemoryStore(), {
    axes: ["c", "z", "y", "x"],
    shape: [2, 5, 8, 8],
    chunks: [1, 1, 8, 8],
  });
  const { path } = image.levels[0].array;
  const source = new ManualChunks();
  const ahead = new PlanesAhead(image, source);
  const look = { bounds: [0, 0, 8, 8], worldPerPixel: 1, t: 0, channels: [1] } as const;
  const at = (...planes: number[]) => planes.map((z) => ({ ...look, z: z + 0.5 }));
  const chunk = (z: number) => `${path} 1,${z},0,0`;

  source.atHand.set(chunk(1), "missing");
  ahead.update(at(1, 2, 3));
  expect(source.asked).toEqual([chunk(2), chunk(3)]);
  ahead.update(at(2, 3, 0));
  expect([source.asked, source.aborted]).toEqual([[chunk(2), chunk(3), chunk(0)], []]);
  await source.answer(chunk(2), "missing");
  // Nothing more is asked for, and 3 stays on its way.
  ahead.keep(at(3, 4));
  expect([source.asked.length, source.aborted]).toEqual([3, [chunk(0)]]);
  ahead.update(at(3));
  expect([source.asked.length, source.aborted]).toEqual([3, [chunk(0)]]);
  ahead.close();
  expect(source.aborted).toEqual([chunk(0), chunk(3)]);
});
