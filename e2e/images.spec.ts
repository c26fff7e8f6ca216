/** Images of every kind as the page draws them: each pixel type, colour pictures, many channels, levels of every shape. */
import { expect, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { createImage } from "../src/ome/create-image.ts";
import type { AxisName } from "../src/ome/multiscale.ts";
import { makeImage } from "../src/testing/make-image.ts";
import { writePixels } from "../src/testing/write-pixels.ts";
import type { NumberType, Pixels, ZarrFormat } from "../src/zarr/array.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { pyramidOf } from "./bench/streaming-image.ts";
import { readout, settled } from "./page.ts";
import { type Place, placeOf } from "./place.ts";
import { serveEntries, type TestServer } from "./server.ts";

/** The colour drawn there. */
async function colorAt(page: Page, [x, y]: Place): Promise<number[]> {
  const clip = { x: Math.round(x), y: Math.round(y), width: 1, height: 1 };
  return [...decode(await page.screenshot({ clip })).data.slice(0, 3)];
}

async function serveImage(
  image: Omit<Parameters<typeof makeImage>[1], "chunks">,
  data: Pixels,
): Promise<TestServer> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const chunks = image.shape.map((n, axis) => (axis < image.shape.length - 2 ? 1 : n));
  const made = await makeImage(store, { ...image, chunks });
  await writePixels(made.levels[0].array, data);
  sayNothing(entries);
  return serveEntries(entries);
}

/** Leaves out what is said of channels, so that the page has to find it. */
function sayNothing(entries: Map<string, Uint8Array<ArrayBuffer>>): void {
  for (const path of ["/.zattrs", "/zarr.json"]) {
    const metadata = entries.get(path);
    if (metadata === undefined) continue;
    const rest = JSON.parse(new TextDecoder().decode(metadata), (key, value) =>
      key === "omero" ? undefined : value,
    );
    entries.set(path, new TextEncoder().encode(JSON.stringify(rest)));
  }
}

const KINDS: readonly (readonly [dtype: NumberType, data: Pixels, low: string, high: string])[] = [
  ["bool", Uint8Array.of(0, 1), "0", "1"],
  ["int8", Int8Array.of(-100, 127), "-100", "127"],
  ["int16", Int16Array.of(-30000, 30001), "-30000", "30001"],
  ["int32", Int32Array.of(-2147483648, 2147483647), "-2147483648", "2147483647"],
  [
    "int64",
    BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n),
    "-9223372036854775808",
    "9007199254740993",
  ],
  ["uint8", Uint8Array.of(3, 255), "3", "255"],
  ["uint16", Uint16Array.of(7, 65535), "7", "65535"],
  ["uint32", Uint32Array.of(1, 4294967295), "1", "4294967295"],
  ["uint64", BigUint64Array.of(0n, 2n ** 64n - 1n), "0", "18446744073709551615"],
  ["float16", Float32Array.of(-0.5, 0.0999755859375), "-0.5", "0.099975586"],
  ["float32", Float32Array.of(-1.5, 0.1), "-1.5", "0.1"],
  ["float64", Float64Array.of(0.1, 0.30000000000000004), "0.1", "0.30000000000000004"],
];

for (const format of [2, 3] as const satisfies readonly ZarrFormat[])
  test(`every pixel type of Zarr v${format} is drawn in its window, and read to the last digit`, async ({
    page,
  }) => {
    for (const [dtype, data, low, high] of KINDS) {
      const shape = { axes: ["y", "x"] as AxisName[], shape: [1, 2], dtype, format };
      await using server = await serveImage(shape, data);
      await page.goto(`/?source=${server.url}`);
      await settled(page);
      const [dark, bright] = [
        await placeOf(page, [2, 1], [0.5, 0.5]),
        await placeOf(page, [2, 1], [1.5, 0.5]),
      ];
      await expect.poll(() => colorAt(page, bright), dtype).toEqual([255, 255, 255]);
      expect(await colorAt(page, dark), dtype).toEqual([0, 0, 0]);
      await page.mouse.move(...dark);
      await expect(readout(page)).toContainText(`channel 0 ${low}level`);
      await page.mouse.move(...bright);
      await expect(readout(page)).toContainText(`channel 0 ${high}level`);
    }
  });

test("three channels of bytes are a picture in colour", async ({ page }) => {
  const colors = Uint8Array.of(255, 0, 10, 0, 128, 20, 0, 0, 255);
  await using server = await serveImage(
    { axes: ["c", "y", "x"], shape: [3, 1, 3], dtype: "uint8" },
    colors,
  );
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const at = (x: number) => placeOf(page, [3, 1], [x + 0.5, 0.5]);
  const [first, second, third] = [await at(0), await at(1), await at(2)];
  await expect.poll(() => colorAt(page, first)).toEqual([255, 0, 0]);
  expect(await colorAt(page, second)).toEqual([0, 128, 0]);
  expect(await colorAt(page, third)).toEqual([10, 20, 255]);
});

test("of many channels ten are drawn, an eleventh waits for one to go, and any is found by name", async ({
  page,
}) => {
  const data = new Uint16Array(30).map((_, i) => (i < 10 ? 100 : 200));
  await using server = await serveImage({ axes: ["c", "y", "x"], shape: [30, 1, 1] }, data);
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const panel = page.getByRole("region", { name: "Channels" });
  await expect(panel).toContainText("10 of 30 shown; up to 10 can be.");
  const asked = () => server.requests.filter((key) => /^\/?0\/\d+\/0\/0$/.test(key)).length;
  expect(asked()).toBe(10);
  const late = panel.getByRole("checkbox", { name: "Show channel 29" });
  await panel.getByRole("searchbox", { name: "Find a channel" }).fill("29");
  await expect(panel.getByRole("checkbox")).toHaveCount(1);
  await expect(late).toBeDisabled();
  await panel.getByRole("searchbox").fill("");
  await panel.getByRole("checkbox", { name: "Show channel 0", exact: true }).click();
  await late.click();
  await expect(late).toBeChecked();
  await settled(page);
  await expect.poll(asked).toBe(11);
});

test("of one huge level the middle is asked for and no more, and the page says how to see the rest", async ({
  page,
}) => {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  await makeImage(new MemoryStore({ kind: "memory", entries }), {
    axes: ["c", "y", "x"],
    shape: [2, 40_000, 40_000],
    chunks: [1, 2000, 2000],
  });
  await using server = await serveEntries(entries);
  const note = page.getByText("Only the middle is shown");
  const asked = () => new Set(server.requests.filter((key) => /^0\/\d+\/\d+\/\d+$/.test(key)));
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  await expect(note).toContainText("Zoom in to see the rest");
  // 4 × 4 chunks of 7.6 MiB of the 20 × 20 there are, in both channels.
  const middle = [8, 9, 10, 11];
  const places = middle.flatMap((y) => middle.map((x) => `${y}/${x}`));
  expect(asked()).toEqual(new Set([0, 1].flatMap((c) => places.map((at) => `0/${c}/${at}`))));
  await page.mouse.move(...(await placeOf(page, [40_000, 40_000], [20_000, 20_000])));
  for (let i = 0; i < 20 && (await note.isVisible()); i++) await page.mouse.wheel(0, -300);
  await expect(note).toBeHidden();
});

test("levels by a factor of 3, trimmed and coarser in y and x alone, lie where they should", async ({
  page,
}) => {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  // Left half dark, right half bright; 301 × 200 is no multiple of 3, and its writer rounded down.
  const levels = [
    { shape: [2, 301, 200], chunks: [1, 64, 50], scale: [1, 1, 1] },
    { shape: [2, 100, 66], chunks: [2, 40, 66], scale: [1, 3, 3] },
  ] as const;
  const image = await createImage(store, "", {
    ...{ format: 3, name: "image", dtype: "uint16", compressor: "none" },
    axes: (["z", "y", "x"] as const).map((name) => ({ name, unit: undefined })),
    levels,
    channels: [],
  });
  for (const [i, { array }] of image.levels.entries()) {
    const [, , width = 1] = array.shape;
    const half = 100 / (levels[i]?.scale[2] ?? 1);
    const data = new Uint16Array(array.shape.reduce((a, b) => a * b, 1));
    await writePixels(
      array,
      data.map((_, at) => (at % width < half - 0.5 ? 0 : 1000)),
    );
  }
  await using server = await serveEntries(entries);
  await page.setViewportSize({ width: 900, height: 260 });
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const read = async (): Promise<readonly number[][]> => [
    await colorAt(page, await placeOf(page, [200, 301], [90, 150])),
    await colorAt(page, await placeOf(page, [200, 301], [110, 150])),
  ];
  await expect.poll(read).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
  const coarse = server.requests.filter((key) => key.startsWith("1/c/"));
  expect(new Set(coarse)).toEqual(new Set(["1/c/0/0/0", "1/c/0/1/0", "1/c/0/2/0"]));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Fit image" }).click();
  await settled(page);
  await expect.poll(read).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
  const fine = server.requests.filter((key) => key.startsWith("0/c/0/"));
  expect([fine.length, new Set(fine).size]).toEqual([20, 20]);
});

for (const kind of ["spoiled", "silent"] as const)
  test(`channels whose coarsest level is ${kind} are drawn in the contrast of what is on screen`, async ({
    page,
  }) => {
    const small = { height: 256, width: 256, chunk: [128, 128] as const, nuclei: 20 };
    const image = await pyramidOf({ ...small, levels: 2, format: 2 });
    sayNothing(image);
    const coarsest = [0, 1, 2].map((channel) => `1/${channel}/0/0/0`);
    const troubles = new Map(coarsest.map((key) => [key, { kind }] as const));
    await using server = await serveEntries(image, { troubles });
    await page.goto(`/?source=${server.url}`);
    await page.getByRole("button", { name: "channel 0" }).click();
    for (const name of ["channel 0", "channel 1", "channel 2"])
      await expect(page.getByRole("button", { name: new RegExp(`^${name}`) })).toHaveText(/\d–\d/);
    await expect(page.getByRole("slider", { name: "channel 0 black point" })).toBeVisible();
    await settled(page);
    await expect(page.getByText("could not be read")).toBeHidden();
    const asked = server.requests.filter((key) => /^[01](\/\d){4}$/.test(key));
    expect(asked.sort()).toEqual([...new Set(asked)]);
    expect(asked).toEqual(expect.arrayContaining(coarsest));
  });
