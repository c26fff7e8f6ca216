/** Where the pixels of a well come to lie in the picture of the plate: all within its image, none left out between its tiles. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { PlatePicture } from "./plate-picture.ts";
import type { PlatePlace } from "./plate-place.ts";

it("fills a well tile by tile, each pixel once and none that reaches beyond the image", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 400 }),
      fc.integer({ min: 40, max: 400 }),
      fc.double({ min: 2, max: 9, noNaN: true }),
      fc.double({ min: 0.3, max: 0.7, noNaN: true }),
      (worldWidth, worldHeight, scale, cut) => {
        const [width, height] = [Math.ceil(worldWidth / scale), Math.ceil(worldHeight / scale)];
        const place: PlatePlace = { rows: 1, columns: 1, width, height, gap: 1, scale };
        const picture = new PlatePicture(place, "uint8");
        const middle = cut * worldWidth;
        const plane = { data: Uint8Array.of(1), width: 1, height: 1 };
        for (const [left, right] of [
          [0, middle],
          [middle, worldWidth],
        ] as const)
          picture.put({ rowIndex: 0, columnIndex: 0 }, 0, plane, [left, 0, right, worldHeight]);
        const { changed = [], data } = picture.planes.get(0) ?? {};
        const [first, second] = changed;
        expect(second?.x).toBe(first?.width);
        const filled = [
          Math.floor(worldWidth / scale + 1e-6),
          Math.floor(worldHeight / scale + 1e-6),
        ];
        expect([(first?.width ?? 0) + (second?.width ?? 0), first?.height]).toEqual(filled);
        expect(data?.filter((value) => value === 1)).toHaveLength(
          (filled[0] ?? 0) * (filled[1] ?? 0),
        );
      },
    ),
  );
});

it("takes one well out, and says where it was", () => {
  const place: PlatePlace = { rows: 1, columns: 2, width: 2, height: 2, gap: 1, scale: 3 };
  const picture = new PlatePicture(place, "uint8");
  const plane = { data: Uint8Array.of(9), width: 1, height: 1 };
  for (const columnIndex of [0, 1])
    picture.put({ rowIndex: 0, columnIndex }, 0, plane, [0, 0, 6, 6]);
  const { changed = [], data } = picture.planes.get(0) ?? {};
  changed.length = 0;
  picture.clear({ rowIndex: 0, columnIndex: 1 });
  expect([...(data ?? [])]).toEqual([9, 9, 0, 0, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(changed).toEqual([{ x: 3, y: 0, width: 2, height: 2 }]);
});
