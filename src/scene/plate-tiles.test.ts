/** The order in which wells are asked for, how often, and what becomes of those that are not as they should be. */
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import type { Waiting } from "../base/limiter.ts";
import type { Image } from "../ome/multiscale.ts";
import { imageAt } from "../ome/plate-images.ts";
import { ManualChunks } from "../testing/manual-chunks.ts";
import { pyramid } from "../testing/pyramid.ts";
import { PlatePicture } from "./plate-picture.ts";
import { cellRect, pictureRect, plateLattice } from "./plate-place.ts";
import { PlateTiles } from "./plate-tiles.ts";

/** Wells of 8 × 8 µm; the coarsest level is one chunk of 4 × 4 per channel. */
const multiscale = pyramid("cyx", [
  { shape: [2, 8, 8], chunks: [1, 4, 4], scale: [1, 1, 1] },
  { shape: [2, 4, 4], chunks: [1, 4, 4], scale: [1, 2, 2] },
]);
const imageOfTwo: Image = {
  ...multiscale,
  labels: [],
  channels: [0, 1].map((index) => ({
    index,
    label: `${index}`,
    wavelengthId: undefined,
    color: [255, 255, 255],
    active: true,
    window: undefined,
  })),
};

function open(
  columns = 3,
  kept?: Uint8Array,
  isBeside = (_well: number) => false,
  image: Image = imageOfTwo,
) {
  const source = new ManualChunks();
  const wells = Array.from({ length: columns }, (_, columnIndex) => ({ rowIndex: 0, columnIndex }));
  const [finest, coarsest = finest] = multiscale.levels;
  const place = plateLattice({
    rows: 1,
    columns,
    finest: finest.grid,
    coarsest: coarsest.grid,
    screen: { width: 1280, height: 800 },
  });
  const picture = new PlatePicture(place, "uint16");
  const imageOf = (well: number): Image | undefined =>
    isBeside(well) ? undefined : imageAt(image, `A/${well}/0`);
  const come: number[] = [];
  const tiles = new PlateTiles({
    picture,
    wells,
    image,
    imageOf,
    source,
    z: 0.5,
    t: 0,
    come: kept,
    onCome: (channel) => come.push(channel),
  });
  const all = { bounds: pictureRect(place), channels: [0, 1] };
  return { source, tiles, picture, place, wells, all, come };
}

const chunk = (value: number) => ({
  data: new Uint16Array(16).fill(value),
  shape: [1, 4, 4],
});

describe("what is asked for", () => {
  it("is one chunk per well and channel, each once, however the plate is looked at", async () => {
    const { source, tiles, all } = open(97);
    tiles.update(all);
    expect(source.asked[0]).toBe("A/48/0/1 0,0,0");
    for (let i = 0; i < 97 * 2; i++) {
      if (i === 50) tiles.update({ ...all, bounds: [-5, -5, 5000, 5000] });
      expect(tiles.busy).toBe(true);
      await source.answer(source.asked[i] ?? "", i % 2 === 0 ? chunk(1) : "missing");
    }
    expect(tiles.busy).toBe(false);
    expect(source.aborted).toEqual([]);
    expect(source.asked).toHaveLength(97 * 2);
    expect(new Set(source.asked).size).toBe(97 * 2);
  });

  it("is the middle of each well where a coarsest level of very many chunks would be too long a line", () => {
    const fine = pyramid("cyx", [{ shape: [2, 400, 400], chunks: [1, 1, 1], scale: [1, 1, 1] }]);
    const { source, picture, wells, all } = open(64);
    const tiles = new PlateTiles({
      picture,
      wells,
      image: { ...imageOfTwo, levels: fine.levels },
      imageOf: (well) => imageAt({ ...imageOfTwo, levels: fine.levels }, `A/${well}/0`),
      source,
      z: 0.5,
      t: 0,
      onCome: () => {},
    });
    expect(tiles.isCut).toBe(true);
    // 2 ** 16 chunks over 64 wells and two channels: 22 rows of 23 in each.
    expect(tiles.come).toHaveLength(64 * 2 * 22 * 23);
    tiles.update(all);
    expect(source.asked[0]).toMatch(/ 0,(199|200),(199|200)$/);
    expect(open(64).tiles.isCut).toBe(false);
  });

  it("is no more at once than keeps the connections at work, while the page opens and then", async () => {
    const { source, tiles, all } = open(97);
    tiles.update(all);
    expect(source.asked).toHaveLength(48);
    for (const name of source.asked.slice(0, 24)) await source.answer(name, chunk(1));
    expect(source.asked).toHaveLength(48);
    await source.answer(source.asked[24] ?? "", chunk(1));
    expect(source.asked).toHaveLength(49);
  });

  it("is nothing of what came before, until it is to be renewed", async () => {
    const { source, tiles, all } = open(2);
    tiles.update(all);
    for (const name of [...source.asked]) await source.answer(name, chunk(1));
    const again = open(2, tiles.come);
    again.tiles.update(again.all);
    expect(again.source.asked).toEqual([]);
    expect(again.tiles.stateOf(1)).toBe("there");
    again.tiles.renew();
    expect(again.source.asked).toEqual(source.asked);
  });

  it("is wanted the sooner the nearer it is to the middle, and the first channel of all before the second", async () => {
    const { source, tiles, all } = open(3);
    const urgencies = new Map<string, number>();
    const read = source.read.bind(source);
    source.read = (array, coords, options: Waiting = {}) => {
      urgencies.set(`${array.path} ${coords.join()}`, options.urgency?.() ?? Number.NaN);
      return read(array, coords, options);
    };
    tiles.update(all);
    const order = [...urgencies].sort((a, b) => a[1] - b[1]).map(([name]) => name);
    expect(order[0]).toBe("A/1/0/1 0,0,0");
    expect(order.slice(0, 3).every((name) => name.endsWith("0,0,0"))).toBe(true);
    expect(order[3]).toBe("A/1/0/1 1,0,0");
  });

  it("is one chunk for all channels that lie in it, whichever are seen first", async () => {
    const both = pyramid("cyx", [{ shape: [2, 4, 4], chunks: [2, 4, 4], scale: [1, 2, 2] }]);
    const image = { ...imageOfTwo, levels: both.levels };
    const { source, tiles, all, come, picture } = open(97, undefined, undefined, image);
    tiles.update({ ...all, channels: [1] });
    tiles.update({ ...all, channels: [1, 0] });
    const data = Uint16Array.from({ length: 32 }, (_, i) => (i < 16 ? 3 : 4));
    for (let i = 0; i < 97; i++)
      await source.answer(source.asked[i] ?? "", { data, shape: [2, 4, 4] });
    expect(tiles.busy).toBe(false);
    expect(new Set(source.asked).size).toBe(97);
    expect([source.asked.length, source.aborted.length, come.length]).toEqual([97, 0, 2 * 97]);
    for (const [channel, value] of [3, 4].entries())
      expect(new Set<unknown>(picture.planes.get(channel)?.data)).toEqual(new Set([0, value]));
  });

  it("is given up when its well leaves the view, and asked for again when it comes back", () => {
    const { source, tiles, all, place, wells } = open(3);
    tiles.update(all);
    const [first] = wells;
    if (!first) throw new Error("no well");
    tiles.update({ ...all, bounds: cellRect(place, first) });
    expect(source.aborted.sort()).toEqual(
      ["A/1/0/1 0,0,0", "A/1/0/1 1,0,0", "A/2/0/1 0,0,0", "A/2/0/1 1,0,0"].sort(),
    );
    expect(tiles.busy).toBe(true);
    tiles.update(all);
    expect(source.asked).toHaveLength(6 + 4);
    tiles.close();
    expect(tiles.busy).toBe(false);
  });
});

describe("what comes", () => {
  it("is drawn at its place, channel by channel, and no more asked for", async () => {
    const { source, tiles, all, picture, come } = open(2);
    tiles.update(all);
    expect(tiles.stateOf(1)).toBe("waiting");
    await source.answer("A/1/0/1 0,0,0", chunk(7));
    expect(tiles.stateOf(1)).toBe("there");
    expect(tiles.stateOf(0)).toBe("waiting");
    expect(come).toEqual([0]);
    const plane = picture.planes.get(0);
    expect([...(plane?.data.subarray(0, 10) ?? [])]).toEqual([0, 0, 0, 0, 0, 7, 7, 7, 7, 0]);
    expect(plane?.changed).toEqual([{ x: 5, y: 0, width: 4, height: 4 }]);
    expect(picture.planes.has(1)).toBe(false);
    tiles.update(all);
    expect(source.asked).toHaveLength(4);
  });

  it("is a bare well where every chunk is missing, and a well like others where one is", async () => {
    const { source, tiles, all } = open(2);
    tiles.update(all);
    await source.answer("A/0/0/1 0,0,0", "missing");
    expect(tiles.stateOf(0)).toBe("waiting");
    await source.answer("A/0/0/1 1,0,0", "missing");
    expect(tiles.stateOf(0)).toBe("bare");
    await source.answer("A/1/0/1 1,0,0", chunk(1));
    expect([tiles.lacks(0), tiles.lacks(1)]).toEqual([true, false]);
    await source.answer("A/1/0/1 0,0,0", "missing");
    expect(tiles.stateOf(1)).toBe("there");
    expect(tiles.lacks(1)).toBe(true);
    tiles.retry(0);
    expect(tiles.lacks(0)).toBe(false);
  });

  it("is a failed well where a chunk cannot be read; the others go on, and a retry asks for that chunk alone", async () => {
    const { source, tiles, all } = open(2);
    tiles.update(all);
    const fault = new Fault("http", "The server answered 500");
    await source.answer("A/0/0/1 0,0,0", chunk(3));
    await source.fail("A/0/0/1 1,0,0", fault);
    await source.answer("A/1/0/1 0,0,0", chunk(3));
    expect(tiles.stateOf(0)).toBe("failed");
    expect(tiles.failed.get(0)).toBe(fault);
    expect(tiles.stateOf(1)).toBe("there");
    tiles.update(all);
    expect(source.asked).toHaveLength(4);
    tiles.retry(0);
    expect(source.asked.slice(4)).toEqual(["A/0/0/1 1,0,0"]);
    await source.answer("A/0/0/1 1,0,0", chunk(4));
    expect(tiles.stateOf(0)).toBe("there");
    expect(tiles.failed.size).toBe(0);
  });
});

it("asks for nothing of a well that has no place in the picture, and puts nothing of it there", async () => {
  const beside = new Set([1]);
  const { source, tiles, all, picture } = open(3, undefined, (well) => beside.has(well));
  tiles.update(all);
  expect(source.asked.some((name) => name.startsWith("A/1/"))).toBe(false);
  expect(tiles.stateOf(1)).toBe("waiting");
  beside.add(0);
  const { changed = [] } = picture.planes.get(0) ?? {};
  await source.answer("A/0/0/1 0,0,0", chunk(5));
  expect(changed).toEqual([]);
});
