/** Wells looked at from near: which are asked for, where they are drawn, and how much of them one frame sends. */
import { expect, it } from "vitest";
import { imageAt } from "../ome/plate-images.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { pyramid } from "../testing/pyramid.ts";
import type { PlatePlace } from "./plate-place.ts";
import { PlateWells } from "./plate-wells.ts";

/** Wells of 8 × 8 µm: one chunk of eight rows of 16 bytes. */
const image = {
  ...pyramid("cyx", [{ shape: [1, 8, 8], chunks: [1, 8, 8], scale: [1, 1, 1] }]),
  labels: [],
  channels: [],
};
const CHUNK = { data: new Uint16Array(64).fill(7), shape: [1, 8, 8] };
const ROW = 16;

/** A gap of two between wells. */
const place: PlatePlace = { rows: 1, columns: 3, width: 4, height: 4, gap: 1, scale: 2 };
const wells = [0, 1, 2].map((columnIndex) => ({ rowIndex: 0, columnIndex }));
const images = wells.map((_, well) => imageAt(image, `A/${well}/0`));

const chunkOf = (well: number): string => `A/${well}/0/0 0,0,0`;

/** The first two wells. */
const near = { bounds: [0, 0, 18, 8], worldPerPixel: 0.5, z: 0.5, t: 0, channels: [0] } as const;

function open(frameBytes?: number, isUnlike?: (well: number) => boolean) {
  return openIn(place, isUnlike, frameBytes);
}

function openIn(
  place: PlatePlace,
  isUnlike: (well: number) => boolean = () => false,
  frameBytes?: number,
) {
  const source = new ManualChunks();
  const shown = new PlateWells({
    place,
    wells,
    imageOf: (well) => images[well],
    isUnlike,
    seesUnlike: true,
    source,
    nearBelow: 1,
    onChange: () => {},
    ...(frameBytes !== undefined && { frameBytes }),
  });
  return { source, shown };
}

async function bothThere(frameBytes?: number) {
  const { source, shown } = open(frameBytes);
  shown.update(near);
  for (const well of [0, 1]) await source.answer(chunkOf(well), CHUNK);
  return { source, shown };
}

it("asks for the wells in view alone, for none from far away, and gives up those that left it", () => {
  const { source, shown } = open();
  shown.update({ ...near, worldPerPixel: 1 });
  expect([...shown.near]).toEqual([]);
  shown.update(near);
  expect(source.asked).toEqual([chunkOf(0), chunkOf(1)]);
  shown.update({ ...near, bounds: [10, 0, 18, 8] });
  expect(source.aborted).toEqual([chunkOf(0)]);
  expect([...shown.near]).toEqual([1]);
});

it("draws each well at its place, and the same list while nothing has changed", async () => {
  const { shown } = await bothThere();
  const { drawn } = shown.frame();
  expect(drawn.map(({ bounds }) => bounds)).toEqual([
    [0, 0, 8, 8],
    [10, 0, 18, 8],
  ]);
  expect(shown.frame().drawn).toBe(drawn);
  expect(shown.busy).toBe(false);
});

it("sends so many bytes in a frame, however many wells have come", async () => {
  const { shown } = await bothThere(3 * ROW);
  const sent: number[] = [];
  const drawn: number[] = [];
  do {
    drawn.push(shown.frame().drawn.length);
    sent.push(shown.sentBytes / ROW);
    expect(shown.busy).toBe(shown.isBehind);
  } while (shown.isBehind);
  expect(sent).toEqual([3, 3, 3, 3, 3, 1]);
  expect(drawn).toEqual([0, 0, 1, 1, 1, 2]);
});

it("sends only what others leave of a frame", async () => {
  const { shown } = await bothThere(3 * ROW);
  shown.frame(3 * ROW);
  expect([shown.sentBytes, shown.isBehind]).toEqual([0, true]);
  shown.frame(2 * ROW);
  expect(shown.sentBytes).toBe(ROW);
});

it("draws wells that are unlike the others from far away too, and no further than their cell", async () => {
  const { source, shown } = open(undefined, (well) => well === 1);
  shown.update({ ...near, bounds: [0, 0, 30, 8], worldPerPixel: 3 });
  expect(source.asked).toEqual([chunkOf(1)]);
  await source.answer(chunkOf(1), CHUNK);
  expect(shown.frame().drawn.map(({ bounds }) => bounds)).toEqual([[10, 0, 18, 8]]);

  // Of wells of 8 × 8 µm, in cells of 6 × 4 µm.
  const small = openIn({ ...place, width: 3, height: 2 }, (well) => well === 1);
  small.shown.update({ ...near, bounds: [0, 0, 14, 4] });
  for (const well of [0, 1]) await small.source.answer(chunkOf(well), CHUNK);
  expect(small.shown.frame().drawn.map(({ bounds }) => bounds)).toEqual([
    [0, 0, 8, 8],
    [8, 0, 14, 4],
  ]);
});

it("reads a well anew where its image has become another one", () => {
  const cut = pyramid("cyx", [{ shape: [1, 8, 8], chunks: [1, 4, 8], scale: [1, 1, 1] }]);
  const after = imageAt({ ...image, levels: cut.levels }, "A/1/0");
  let shownOf = images[1];
  const source = new ManualChunks();
  const shown = new PlateWells({
    place,
    wells,
    imageOf: (well) => (well === 1 ? shownOf : undefined),
    isUnlike: () => false,
    source,
    nearBelow: 1,
    onChange: () => {},
  });
  shown.update(near);
  shown.update(near);
  expect(source.asked).toEqual([chunkOf(1)]);
  shownOf = after;
  shown.update(near);
  expect(source.aborted).toEqual([chunkOf(1)]);
  expect(source.asked.slice(1).toSorted()).toEqual([chunkOf(1), "A/1/0/0 0,1,0"]);
  expect(source.listeners).toBe(1);
});

it("shows nothing of a well whose image is not known yet, and asks for it once it is", async () => {
  const known = new Set<number>();
  const source = new ManualChunks();
  const shown = new PlateWells({
    place,
    wells,
    imageOf: (well) => (known.has(well) ? images[well] : undefined),
    isUnlike: () => false,
    source,
    nearBelow: 1,
    onChange: () => {},
  });
  shown.update(near);
  expect([...shown.near]).toEqual([]);
  known.add(1);
  shown.update(near);
  expect(source.asked).toEqual([chunkOf(1)]);
});
