/** Names can be read wherever a large box comes into sight, and none lies on another. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rectsOverlap } from "./rect.ts";
import { type NameTag, textPlace } from "./roi-names.ts";
import { seenNames } from "./seen-names.ts";

const tag = (id: number, [x, y, right, bottom]: readonly [number, number, number, number]) => ({
  id,
  text: `roi_${id}`,
  ...{ x, y, right, bottom },
});
const sight = [100, 100, 900, 700] as const;
const placed = (tags: readonly NameTag[]) => tags.map(({ id, x, y }) => [id, x, y]);

test("a name goes as far into its box as it needs to be seen", () => {
  const tags = [
    tag(0, [200, 200, 500, 500]),
    tag(1, [-900, 300, 400, 600]),
    tag(2, [500, 20, 900, 400]),
    tag(3, [-50, -50, 2000, 2000]),
  ];
  const { settled, stuck } = seenNames(tags, sight, 1);
  expect(placed(settled)).toEqual([[0, 200, 200]]);
  expect(placed(stuck)).toEqual([
    [1, 100, 300],
    [2, 500, 100],
    [3, 100, 100],
  ]);
});

test("a small box, one out of sight, and one with no room left keep theirs", () => {
  const tags = [
    tag(0, [90, 200, 240, 500]),
    tag(1, [-400, 200, 90, 500]),
    tag(2, [-400, 200, 130, 500]),
    tag(3, [950, 20, 1500, 500]),
  ];
  expect(seenNames(tags, sight, 1)).toEqual({
    settled: [tags[0], tags[1], tags[2], tags[3]],
    stuck: [],
  });
});

test("no name is lost, and none comes to lie on another", () => {
  const edge = fc.integer({ min: -600, max: 900 });
  const box = fc
    .tuple(edge, edge, fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }))
    .map(([x, y, width, height]) => [x, y, x + width, y + height] as const);
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), fc.constantFrom(0.5, 1, 3), (boxes, scale) => {
      const tags = boxes.map((bounds, id) => tag(id, bounds));
      const { settled, stuck } = seenNames(tags, sight, scale);
      const ids = [...settled, ...stuck].map(({ id }) => id).sort((a, b) => a - b);
      expect(ids).toEqual(tags.map(({ id }) => id));
      for (const a of stuck)
        for (const b of [...settled.filter(({ x, y }) => x >= 100 && y >= 100), ...stuck])
          if (a !== b) expect(rectsOverlap(textPlace(a, scale), textPlace(b, scale))).toBe(false);
    }),
  );
});
