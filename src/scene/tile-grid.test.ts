/** Levels and tiles of pyramids of every kind, and how much one view may ask for. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type LevelSpec, pyramid } from "../testing/pyramid.ts";
import { levelFor, type TileView, tilesFor } from "./tile-grid.ts";

const look = (change: Partial<TileView>): TileView => {
  return { bounds: [0, 0, 1e9, 1e9], worldPerPixel: 1, z: 0.5, t: 0, channels: [0], ...change };
};

const flat = (
  shape: readonly number[],
  chunks: readonly number[],
  scale: readonly number[],
): LevelSpec => ({ shape, chunks, scale });

/** The pixels along x, and along y, that a view's tiles begin and end at. */
function seams(levels: readonly LevelSpec[], view: TileView) {
  const { places } = tilesFor(pyramid("yx", levels), view);
  const cuts = (of: (place: (typeof places)[number]) => readonly number[]) =>
    [...new Set(places.flatMap(of))].sort((a, b) => a - b);
  return {
    level: places[0]?.level,
    x: cuts(({ x, width }) => [x, x + width]),
    y: cuts(({ y, height }) => [y, y + height]),
    right: Math.max(...places.map(({ bounds }) => bounds[2])),
  };
}

test("levels by factors of 3 and 1.5, and uneven ones, are each taken by their own scale", () => {
  const at = (scales: readonly number[], worldPerPixel: number) =>
    levelFor(
      pyramid(
        "yx",
        scales.map((scale) => flat([90, 90], [32, 32], [scale, scale])),
      ),
      worldPerPixel,
    );
  const thirds = [1, 2.8, 3, 8.5, 9, 100].map((per) => at([1, 3, 9], per));
  expect(thirds).toEqual([0, 0, 1, 1, 2, 2]);
  expect([1, 1.4, 1.5, 2.1, 2.25].map((per) => at([1, 1.5, 2.25], per))).toEqual([0, 0, 1, 1, 2]);
  expect([1, 4, 5, 19, 21].map((per) => at([1, 5, 7, 21], per))).toEqual([0, 0, 1, 2, 3]);
});

test("a level coarser along one axis alone is taken when its longer voxel edge fits a pixel", () => {
  const uneven = pyramid("yx", [flat([90, 90], [9, 9], [1, 1]), flat([30, 90], [9, 9], [3, 1])]);
  expect([1, 2.8, 3].map((per) => levelFor(uneven, per))).toEqual([0, 0, 1]);
  const { places } = tilesFor(uneven, look({ worldPerPixel: 3, bounds: [0, 0, 9, 27] }));
  expect(places.map(({ bounds }) => bounds)).toEqual([[0, 0, 9, 27]]);
});

test("odd sizes end where the writer ended them, rounded up or down", () => {
  const ceil = [flat([101, 203], [64, 64], [1, 1]), flat([51, 102], [64, 64], [2, 2])];
  const floor = [flat([101, 203], [64, 64], [1, 1]), flat([50, 101], [64, 64], [2, 2])];
  const wide = look({ worldPerPixel: 2 });
  expect(seams(ceil, wide)).toEqual({ level: 1, x: [0, 64, 102], y: [0, 51], right: 204 });
  expect(seams(floor, wide)).toEqual({ level: 1, x: [0, 64, 101], y: [0, 50], right: 202 });
  // What a level lacks at the end is no tile of it.
  expect(
    tilesFor(pyramid("yx", floor), look({ ...wide, bounds: [202, 0, 203, 9] })).places,
  ).toEqual([]);
});

test("chunks of 2160 × 2560 are a tile each, larger ones are cut into equal pieces", () => {
  const fov = [flat([4320, 7680], [2160, 2560], [1, 1])];
  expect(seams(fov, look({}))).toMatchObject({ x: [0, 2560, 5120, 7680], y: [0, 2160, 4320] });
  const whole = [flat([100, 9000], [100, 9000], [1, 1])];
  expect(seams(whole, look({}))).toMatchObject({ x: [0, 3000, 6000, 9000], y: [0, 100] });
});

test("one huge level without coarser ones gives the middle of the view, in 256 MiB of pixels", () => {
  const huge = pyramid("cyx", [
    { shape: [3, 20_000, 20_000], chunks: [1, 1024, 1024], scale: [1, 1, 1] },
  ]);
  const { places, isCut } = tilesFor(huge, look({ channels: [0, 1, 2], worldPerPixel: 20 }));
  expect(isCut).toBe(true);
  // 6 MiB for three channels of a tile; 42 fit.
  expect(places).toHaveLength(42);
  expect(new Set(places.map(({ x }) => x / 1024))).toEqual(new Set([7, 8, 9, 10, 11, 12]));
  expect(new Set(places.map(({ y }) => y / 1024))).toEqual(new Set([6, 7, 8, 9, 10, 11, 12]));
  expect(tilesFor(huge, look({ bounds: [0, 0, 4000, 4000] })).isCut).toBe(false);
});

test("very small chunks are at most 1024 tiles: those of a coarser level, or the middle where there is none", () => {
  const small = (size: number, scale: number) => flat([size, size], [32, 32], [scale, scale]);
  const view = look({ bounds: [0, 0, 2000, 2000] });
  const deep = tilesFor(pyramid("yx", [small(4096, 1), small(2048, 2)]), view);
  expect([deep.isCut, deep.places.length, deep.places[0]?.level]).toEqual([false, 1024, 1]);
  const alone = tilesFor(pyramid("yx", [small(400_000, 1)]), look({}));
  expect([alone.isCut, alone.places.length]).toEqual([true, 1024]);
});

test("whatever the image and the view, the tiles are within bounds, none twice, and cover the view unless it is cut", () => {
  const size = fc.integer({ min: 1, max: 9000 });
  const chunk = fc.oneof(size, fc.integer({ min: 8, max: 200 }));
  const cases = fc.record({
    ...{ height: size, width: size, chunkY: chunk, chunkX: chunk, left: size, top: size },
    ...{ across: size, down: size, channels: fc.integer({ min: 1, max: 10 }) },
    factor: fc.double({ min: 1.1, max: 8, noNaN: true }),
    levels: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(cases, ({ height, width, chunkY, chunkX, left, top, across, down, ...spec }) => {
      const levels = Array.from({ length: spec.levels }, (_, i) => {
        const scale = spec.factor ** i;
        const shape = [Math.ceil(height / scale), Math.ceil(width / scale)];
        return flat(shape, [chunkY, chunkX], [scale, scale]);
      });
      const bounds = [left, top, left + across, top + down] as const;
      const view = look({ bounds, channels: Array.from({ length: spec.channels }, (_, c) => c) });
      const { places, isCut } = tilesFor(pyramid("yx", levels), view);
      const bytes = places.reduce((sum, place) => sum + 2 * place.width * place.height, 0);
      expect(places.length).toBeLessThanOrEqual(1024);
      expect(places.length === 1 || bytes * spec.channels <= 2 ** 28).toBe(true);
      if (isCut) return;
      const seen = ([x0, y0, x1, y1]: (typeof places)[number]["bounds"]): number =>
        Math.max(0, Math.min(x1, left + across, width) - Math.max(x0, left)) *
        Math.max(0, Math.min(y1, top + down, height) - Math.max(y0, top));
      const covered = places.reduce((sum, place) => sum + seen(place.bounds), 0);
      expect(covered).toBeCloseTo(seen([0, 0, width, height]), 3);
      expect(new Set(places.map(({ place }) => place)).size).toBe(places.length);
    }),
  );
});
