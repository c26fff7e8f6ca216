/** Every ROI in view is seen at any time, few of them one by one, and a frame looks at few rows for the others. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NONE_SELECTED } from "../editor/selection.ts";
import { applied, changedIn, type RoiDiff, type Rois, roiAt, roisOf } from "../roi/rois.ts";
import { drawnAt } from "../testing/density.ts";
import { flatBox, roisOfBoxes } from "../testing/roi-builder.ts";
import { TILE_CELLS } from "./roi-density.ts";
import { MOST_BOXES, type Outlines, type OutlinesView, RoiOutlines } from "./roi-outlines.ts";
import type { ShownRois } from "./roi-rows.ts";

const PLANE = { min: 0.01, max: 0.99 };

/** Boxes of 6 × 6 on a square grid, 10 apart. */
function many(count: number): Rois {
  const side = Math.ceil(Math.sqrt(count));
  const bounds = new Float64Array(6 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = [10 * (i % side), 10 * Math.floor(i / side)];
    bounds.set([0, y, x, 1, y + 6, x + 6], 6 * i);
  }
  return roisOf({ names: Array(count).fill("r"), bounds, labels: undefined });
}

const shownOf = (rois: Rois, change: Partial<ShownRois> = {}): ShownRois => ({
  rois,
  preview: undefined,
  selection: NONE_SELECTED,
  invalid: NONE_SELECTED,
  ...change,
});

/** A view of 1000 × 800 pixels. */
const viewAt = (x: number, y: number, zoom: number): OutlinesView => {
  const [w, h] = [500 * 2 ** -zoom, 400 * 2 ** -zoom];
  return { bounds: [x - w, y - h, x + w, y + h], zoom, plane: PLANE };
};

/** The alpha of the density picture at a place of the world. */
function alphaAt({ tiles }: Outlines, x: number, y: number): number {
  for (const { rect, picture } of tiles) {
    if (x < rect[0] || y < rect[1] || x >= rect[2] || y >= rect[3]) continue;
    const cell = (at: number, min: number): number =>
      Math.floor(((at - min) / (rect[2] - rect[0])) * TILE_CELLS);
    return drawnAt(picture, cell(x, rect[0]), cell(y, rect[1]))[3];
  }
  return 0;
}

const widthOf = ({ tiles: [tile] }: Outlines): number =>
  tile ? tile.rect[2] - tile.rect[0] : Number.NaN;

function settled(outlines: RoiOutlines, shown: ShownRois, view: OutlinesView): Outlines {
  let drawn = outlines.look(shown, view);
  for (let frame = 0; drawn.pending && frame < 1000; frame++) drawn = outlines.look(shown, view);
  expect(drawn.pending).toBe(false);
  return drawn;
}

test("of 10⁶ ROIs the first picture takes several frames, and is seen once it is whole", () => {
  const shown = shownOf(many(1e6));
  const view = viewAt(5000, 5000, -4);
  const outlines = new RoiOutlines();
  const first = outlines.look(shown, view);
  expect([first.pending, first.tiles]).toEqual([true, []]);
  expect(outlines.rowsVisited).toBeLessThan(1e6);
  const whole = settled(outlines, shown, view);
  for (const place of [0, 2500, 5000, 9990])
    expect(alphaAt(whole, place, place)).toBeGreaterThan(60);
});

describe("of 10⁵ ROIs", () => {
  const rois = many(1e5);
  const shown = shownOf(rois);

  test.each([-3, -1, 0, 0.8, 2, 3, 4, 5])(
    "at most 5000 are drawn one by one at zoom %d, and the others are in the picture",
    (zoom) => {
      const view = viewAt(1600, 1600, zoom);
      const drawn = settled(new RoiOutlines(), shown, view);
      expect(drawn.ids.length).toBeLessThanOrEqual(MOST_BOXES);
      const single = new Set(drawn.ids);
      for (const id of [317 * 160 + 160, 317 * 161 + 160, 317 * 159 + 161]) {
        const box = roiAt(rois, id)?.box;
        if (!box) throw new Error("There should be one");
        expect([id, single.has(id) || alphaAt(drawn, box.min[2], box.min[1]) > 60]).toEqual([
          id,
          true,
        ]);
      }
      // Large enough and few enough: then one by one, without any picture.
      if (zoom >= 4) expect([single.has(317 * 160 + 160), drawn.tiles]).toEqual([true, []]);
      if (zoom <= -1) expect([drawn.ids, drawn.tiles.length > 0]).toEqual([[], true]);
    },
  );

  test("a selected, an invalid and a dragged one are boxes however small they are", () => {
    const preview: RoiDiff = new Map([[7, { from: undefined, to: roiAt(rois, 7) }]]);
    const marked = { selection: new Set([3]), invalid: new Set([5]), preview };
    const drawn = new RoiOutlines().look(shownOf(rois, marked), viewAt(1600, 1600, -2));
    expect(drawn.ids).toEqual([3, 5, 7]);
  });

  test("all selected are a picture in the colour of selected ones, and no more boxes than else", () => {
    const all = new Set(Array(1e5).keys());
    const view = viewAt(1600, 1600, 0);
    const outlines = new RoiOutlines();
    settled(outlines, shown, view);
    const drawn = settled(outlines, shownOf(rois, { selection: all }), view);
    expect(drawn.ids.length).toBeLessThanOrEqual(MOST_BOXES);
    const tile = drawn.tiles.find(({ rect }) => rect[0] === 1536 && rect[1] === 1536);
    const [red, , blue] = drawnAt(tile?.picture, 64, 64);
    expect(red).toBeGreaterThan(2 * blue);
    // Seen from far away none is singled out.
    const far = new RoiOutlines().look(shownOf(rois, { selection: all }), viewAt(1600, 1600, -2));
    expect(far.ids).toEqual([]);
  });

  test("as long as the same are in view, the list of them is the same object", () => {
    const outlines = new RoiOutlines();
    const large = shownOf(roisOfBoxes([flatBox([0, 0, 3000, 3000]), flatBox([2900, 0, 3000, 9])]));
    const before = settled(outlines, large, viewAt(500, 1500, 0)).ids;
    expect(before).toEqual([0]);
    // Beyond what was made ready.
    expect(settled(outlines, large, viewAt(1500, 1500, 0)).ids).toBe(before);
    expect(settled(outlines, large, viewAt(2500, 500, 0)).ids).toEqual([0, 1]);
  });

  test("hidden ones keep their place among those drawn, and a part has its own alone", () => {
    const pair = roisOfBoxes([flatBox([0, 0, 300, 300]), flatBox([400, 0, 700, 300])]);
    const idsOf = (change: Partial<ShownRois>) =>
      settled(new RoiOutlines(), shownOf(pair, change), viewAt(500, 300, 0)).ids;
    const ids = new Set([0]);
    expect(idsOf({ hidden: ids })).toEqual([0, 1]);
    expect(idsOf({ part: { ids, isIn: true } })).toEqual([0]);
    expect(idsOf({ part: { ids, isIn: false } })).toEqual([1]);
  });

  test("panning looks at no row until it leaves what was made ready, then at few a frame", () => {
    const outlines = new RoiOutlines();
    const first = settled(outlines, shown, viewAt(1600, 1600, 0));
    const after = outlines.rowsVisited;
    const near = outlines.look(shown, viewAt(1800, 1500, 0));
    expect([outlines.rowsVisited - after, near.ids === first.ids]).toEqual([0, true]);
    let before = outlines.rowsVisited;
    for (let x = 1800; x < 3000; x += 40) {
      outlines.look(shown, viewAt(x, 1600, 0));
      expect(outlines.rowsVisited - before).toBeLessThanOrEqual(40_000);
      before = outlines.rowsVisited;
    }
    expect(before - after).toBeGreaterThan(0);
  });

  test("an edit of all is painted a few rows a frame, over the picture there was", () => {
    const outlines = new RoiOutlines();
    const view = viewAt(1600, 1600, 0);
    const first = settled(outlines, shown, view);
    const moved = changedIn(rois, ({ place }) => {
      for (let id = 0; id < 1e5; id++) {
        const [x, y] = [10 * (id % 317) + 1, 10 * Math.floor(id / 317)];
        place(id, [0, y, x, 1, y + 6, x + 6]);
      }
    });
    const edited = shownOf(applied(rois, moved));
    let frames = 0;
    let [drawn, before] = [first, outlines.rowsVisited];
    do {
      drawn = outlines.look(edited, view);
      expect(outlines.rowsVisited - before).toBeLessThanOrEqual(40_000);
      expect(drawn.tiles.length).toBe(first.tiles.length);
      before = outlines.rowsVisited;
      frames++;
    } while (drawn.pending);
    expect(frames).toBeGreaterThan(2);
    const fresh = settled(new RoiOutlines(), edited, view);
    expect(drawn.ids).toEqual(fresh.ids);
    expect([alphaAt(drawn, 1600, 1603), alphaAt(drawn, 1601, 1603)]).toEqual([
      alphaAt(fresh, 1600, 1603),
      alphaAt(fresh, 1601, 1603),
    ]);
    expect(alphaAt(first, 1600, 1603)).not.toBe(alphaAt(drawn, 1600, 1603));
  });
});

test("while another zoom is painted the picture before it stays, with the boxes that belong to it", () => {
  const rois = many(4e5);
  const shown = shownOf(rois);
  const outlines = new RoiOutlines();
  const before = settled(outlines, shown, viewAt(3000, 3000, -1));
  const between = outlines.look(shown, viewAt(3000, 3000, -2));
  expect(between.pending).toBe(true);
  expect(between.tiles.map(({ rect }) => rect)).toEqual(before.tiles.map(({ rect }) => rect));
  const after = settled(outlines, shown, viewAt(3000, 3000, -2));
  expect([widthOf(before), widthOf(after)]).toEqual([2 * TILE_CELLS, 4 * TILE_CELLS]);
});

test("an edit paints the tiles it touches anew, and no others", () => {
  const rois = many(1e5);
  const outlines = new RoiOutlines();
  const view = viewAt(1600, 1600, 0);
  const first = settled(outlines, shownOf(rois), view);
  expect(alphaAt(first, 1608, 1608)).toBe(0);
  const from = roiAt(rois, 317 * 160 + 160);
  const to = from && { ...from, box: flatBox([1607, 1607, 1609, 1609]) };
  const edited = applied(rois, new Map([[317 * 160 + 160, { from, to }]]));
  const rows = outlines.rowsVisited;
  const second = settled(outlines, shownOf(edited), view);
  expect([alphaAt(second, 1608, 1608) > 60, alphaAt(second, 1603, 1600)]).toEqual([true, 0]);
  // One tile of 512 × 512, 10 units apart.
  expect(outlines.rowsVisited - rows).toBeLessThan(4000);
  const same = second.tiles.filter((tile) => first.tiles.includes(tile)).length;
  expect(same).toBe(first.tiles.length - 1);
  const deleted = applied(edited, new Map([[317 * 160 + 160, { from: to, to: undefined }]]));
  expect(alphaAt(settled(outlines, shownOf(deleted), view), 1608, 1608)).toBe(0);
});

test("a small box leaves the picture for as long as a hand has it, however far it is dragged", () => {
  const rois = roisOfBoxes([0, 20].map((x) => flatBox([x, 0, x + 1, 1])));
  const from = roiAt(rois, 0);
  const to = from && { ...from, box: flatBox([40, 0, 41, 1]) };
  const outlines = new RoiOutlines();
  const seen = (change: Partial<ShownRois>) => {
    const drawn = settled(outlines, shownOf(rois, change), viewAt(0, 0, 0));
    return [0, 20, 40].map((x) => alphaAt(drawn, x, 0) > 60);
  };
  expect(seen({})).toEqual([true, true, false]);
  const preview: RoiDiff = new Map([[0, { from, to }]]);
  expect(seen({ selection: new Set([0]), preview })).toEqual([false, true, false]);
  const rows = outlines.rowsVisited;
  seen({ selection: new Set([0]), preview: new Map(preview) });
  expect(outlines.rowsVisited).toBe(rows);
  expect(seen({ selection: new Set([0]) })).toEqual([true, true, false]);
});

test("hidden ROIs are not in the picture, discarded ones and those of other planes fainter", () => {
  const boxes = [0, 20, 40].map((x) => flatBox([x, 0, x + 1, 1]));
  const rois = roisOfBoxes([...boxes, flatBox([60, 0, 61, 1], [1, 2])]);
  const change = { hidden: new Set([1]), discarded: new Set([2]) };
  const drawn = new RoiOutlines().look(shownOf(rois, change), viewAt(0, 0, 0));
  const [plain = 0, hidden, discarded = 0, away] = [0, 20, 40, 60].map((x) => alphaAt(drawn, x, 0));
  expect([hidden, away]).toEqual([0, discarded]);
  expect(discarded).toBeLessThan(plain - 20);
});

/** What of a picture's cells is not clear. */
function lit(cells: Uint8Array | undefined): number[] {
  const seen: number[] = [];
  for (let i = 3; cells && i < cells.length; i += 4)
    if (cells[i]) seen.push(i, cells[i] ?? 0, cells[i - 1] ?? 0);
  return seen;
}

test("edits in any order and number lead to the picture of a table opened as it is then", () => {
  const place = fc.tuple(fc.integer({ min: 5, max: 90 }), fc.integer({ min: 5, max: 90 }));
  const edit = fc.tuple(fc.nat({ max: 9 }), fc.option(place));
  const loaded = roisOfBoxes(
    Array.from({ length: 8 }, (_, i) => flatBox([9 * i + 5, 5, 9 * i + 6, 7])),
  );
  const view = viewAt(0, 0, 0);
  const pictures = ({ tiles }: Outlines) =>
    tiles.map(({ rect, picture }) => [rect, picture?.lit, lit(picture?.cells)]);
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      const outlines = new RoiOutlines();
      let rois = loaded;
      settled(outlines, shownOf(rois), view);
      for (const [id, at] of edits) {
        const box = at ? flatBox([at[0], at[1], at[0] + 2, at[1] + 1]) : undefined;
        const to = box && { name: "r", box, label: undefined };
        rois = applied(rois, new Map([[id, { from: roiAt(rois, id), to }]]));
        outlines.look(shownOf(rois), view);
      }
      const fresh = settled(new RoiOutlines(), shownOf(rois), view);
      expect(pictures(settled(outlines, shownOf(rois), view))).toEqual(pictures(fresh));
    }),
    { numRuns: 12 },
  );
});
