/** Levels made of whole blocks are like those of the other image, whichever way its own were rounded. */
import { expect, it } from "vitest";
import { blockLevels, unlikeBlocks } from "./block-levels.ts";

const level = (y: number, chunk: number, scale: number) => ({
  shape: [2, y],
  chunks: [1, chunk],
  scale: [1, scale],
});

it("are the other image's where its levels are rounded down", () => {
  const like = [level(41, 16, 0.5), level(20, 16, 1.025), level(10, 16, 2.05)] as const;
  expect(blockLevels(like)).toEqual(like);
  const small = [level(5, 8, 1), level(2, 8, 2), level(1, 8, 4)] as const;
  expect(blockLevels(small)).toEqual(small);
});

it("leave out what remains at the end where the other's are rounded up", () => {
  const made = blockLevels([level(2161, 512, 0.5), level(1081, 512, 1), level(541, 512, 2)]);
  expect(made).toEqual([level(2161, 512, 0.5), level(1080, 512, 1), level(540, 512, 2)]);
});

it("have chunks of whole blocks", () => {
  const made = blockLevels([level(100, 15, 1), level(50, 15, 2), level(12, 60, 8)]);
  expect(made.map(({ chunks }) => chunks[1])).toEqual([16, 16, 60]);
});

it.each([
  ["rounded down", [level(41, 16, 0.5), level(20, 16, 1), level(10, 3, 2)], undefined],
  ["rounded up", [level(2161, 512, 0.5), level(1081, 512, 1)], 1],
  ["of odd chunks", [level(100, 16, 1), level(50, 15, 2), level(25, 15, 4)], 2],
  [
    "odd in the last alone, of which nothing is made",
    [level(100, 16, 1), level(50, 15, 2)],
    undefined,
  ],
])("levels that are %s", (_, levels, odd) => {
  expect(unlikeBlocks(levels)).toBe(odd);
});
