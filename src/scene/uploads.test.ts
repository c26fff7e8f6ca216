/** What a frame sends at most, that a tile is drawn whole, and what is drawn until then. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plane } from "./plane.ts";
import type { Rect } from "./rect.ts";
import type { Tile } from "./tile.ts";
import { type Paced, type PacedTile, Uploads } from "./uploads.ts";

/** Three rows of two bytes; a frame sends two rows. */
const newPlane = (rows = 3): Plane => ({ data: new Uint8Array(2 * rows), width: 2, height: rows });
const open = (): Uploads => new Uploads(4);

const tile = (key: string, channels: number, bounds: Rect = [0, 0, 1, 1]): Tile => ({
  ...{ key, place: key, level: 0, z: 0, t: 0, y: 0, x: 0, width: 1, height: 1, bounds },
  planes: new Map(Array.from({ length: channels }, (_, c) => [c, newPlane()])),
  current: true,
});

const sent = ({ rows }: PacedTile): string => [...(rows?.values() ?? [])].join();
const keys = ({ drawn, underway }: Paced) => [
  drawn.map(({ key }) => key),
  underway.map((one) => `${one.key}:${sent(one)}`),
];

test("a tile is sent row by row over frames, and what lay there is drawn until it is whole", () => {
  const uploads = open();
  const coarse = { ...tile("coarse", 0), planes: new Map([[0, newPlane(2)]]) };
  const fine = tile("fine", 2);
  expect(keys(uploads.pace([coarse]))).toEqual([["coarse"], []]);
  expect(uploads.isBehind).toBe(false);
  const tiles = [fine];
  expect(keys(uploads.pace(tiles))).toEqual([["coarse"], ["fine:2"]]);
  expect(keys(uploads.pace(tiles))).toEqual([["coarse"], ["fine:3,1"]]);
  expect(uploads.isBehind).toBe(true);
  const paced = uploads.pace(tiles);
  expect(paced.drawn).toBe(tiles);
  expect(paced.underway).toEqual([]);
  expect(uploads.isBehind).toBe(false);
  expect(uploads.pace(tiles)).toBe(paced);
});

test("what was sent is never sent again, whatever the tiles are then", () => {
  const uploads = new Uploads(12);
  const [a, b] = [tile("a", 1), tile("b", 1)];
  uploads.pace([a, b]);
  expect(keys(uploads.pace([b, a]))).toEqual([["b", "a"], []]);
});

test("a tile on screen keeps its old planes until the new ones are all sent", () => {
  const uploads = new Uploads(6);
  const before = tile("a", 1);
  uploads.pace([before]);
  const after = { ...before, planes: new Map([...before.planes, ...tile("", 3).planes]) };
  const tiles = [after];
  const seen: (readonly [isOld: boolean, rows: string])[] = [];
  for (let frame = 0; frame < 3; frame++) {
    const [drawn] = uploads.pace(tiles).drawn;
    if (drawn) seen.push([drawn.planes === before.planes, sent(drawn)]);
  }
  expect(seen).toEqual([
    [true, "3"],
    [true, "3,3"],
    [false, ""],
  ]);
});

test("pictures share a frame: one sends what the other leaves, and nothing where that is nothing", () => {
  const [image, label] = [open(), open()];
  const [pixels, ids] = [
    [{ ...tile("a", 0), planes: new Map([[0, newPlane(3)]]) }],
    [tile("b", 1)],
  ];
  const frames = Array.from({ length: 4 }, () => {
    image.pace(pixels);
    label.pace(ids, image.sentBytes);
    return [image.sentBytes, label.sentBytes];
  });
  expect(frames).toEqual([
    [4, 0],
    [2, 2],
    [0, 4],
    [0, 0],
  ]);
  expect([image.isBehind, label.isBehind]).toEqual([false, false]);
});

test("what lies elsewhere, or has left the view, goes at once", () => {
  const uploads = open();
  uploads.pace([{ ...tile("old", 0, [5, 5, 6, 6]), planes: new Map([[0, newPlane(2)]]) }]);
  expect(keys(uploads.pace([tile("new", 3)]))).toEqual([[], ["new:2"]]);
  expect(keys(uploads.pace([]))).toEqual([[], []]);
});

test("no frame sends more than it may, unless a single row is more; everything comes to an end", () => {
  const planes = fc.array(
    fc.record({ rows: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 1, max: 9 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(planes, fc.integer({ min: 1, max: 20 }), (sizes, frameBytes) => {
      const uploads = new Uploads(frameBytes);
      const all = sizes.map(({ rows, width }): Plane => {
        return { data: new Uint8Array(rows * width), width, height: rows };
      });
      const tiles = [{ ...tile("a", 0), planes: new Map(all.map((plane, c) => [c, plane])) }];
      const total = all.reduce((sum, { data }) => sum + data.length, 0);
      const widest = Math.max(...all.map(({ width }) => width));
      let before = 0;
      for (let frame = 0; frame < total && before < total; frame++) {
        const { underway } = uploads.pace(tiles);
        const begun = underway[0]?.rows;
        const bytes = begun
          ? [...begun].reduce((sum, [plane, rows]) => sum + rows * plane.width, 0)
          : total;
        expect(bytes).toBeGreaterThan(before);
        expect(bytes - before).toBeLessThanOrEqual(Math.max(frameBytes, widest));
        before = bytes;
      }
      expect(uploads.isBehind).toBe(false);
    }),
  );
});
