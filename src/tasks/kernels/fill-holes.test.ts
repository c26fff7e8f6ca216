/** Holes are what no path of faces leads out of. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Zyx } from "../../geometry/box.ts";
import { fillHoles } from "./fill-holes.ts";

/** The definition, plainly: background spreads by faces from the border; what it does not reach is foreground. */
function flooded(mask: Uint8Array, [planes, height, width]: Zyx): number[] {
  const filled = new Array<number>(mask.length).fill(1);
  const isOuter = (i: number, length: number) => i === 0 || i === length - 1;
  const spreading: (readonly [number, number, number])[] = [];
  for (const i of mask.keys()) {
    const [z, y, x] = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    if (isOuter(y, height) || isOuter(x, width) || (planes > 1 && isOuter(z, planes)))
      spreading.push([z, y, x]);
  }
  for (let at = spreading.pop(); at; at = spreading.pop()) {
    const [z, y, x] = at;
    const i = (z * height + y) * width + x;
    const isInside = z >= 0 && z < planes && y >= 0 && y < height && x >= 0 && x < width;
    if (!isInside || mask[i] !== 0 || filled[i] === 0) continue;
    filled[i] = 0;
    spreading.push([z - 1, y, x], [z + 1, y, x], [z, y - 1, x], [z, y + 1, x]);
    spreading.push([z, y, x - 1], [z, y, x + 1]);
  }
  return filled;
}

it("fills what the border does not reach by faces", () => {
  const side = fc.integer({ min: 1, max: 6 });
  const masks = fc.tuple(fc.integer({ min: 1, max: 4 }), side, side).chain(([z, y, x]) => {
    const length = { minLength: z * y * x, maxLength: z * y * x };
    return fc.tuple(fc.constant<Zyx>([z, y, x]), fc.array(fc.constantFrom(0, 1, 1, 7), length));
  });
  fc.assert(
    fc.property(masks, ([shape, voxels]) => {
      const mask = Uint8Array.from(voxels);
      expect([...fillHoles(mask, shape)]).toEqual(flooded(mask, shape));
    }),
    { numRuns: 400 },
  );
});
