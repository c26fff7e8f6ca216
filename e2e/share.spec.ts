/** Sharing: a link shows another what is seen here; pixels come as files that other tools read. */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { decode as decodePng } from "fast-png";
import { decode as decodeTiff } from "tiff";
import { PIXEL, WELL } from "../src/demo/layout.ts";
import { openImage } from "../src/ome/open-image.ts";
import { addLabel } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { differing } from "./differing.ts";
import { nucleiImage } from "./fixtures.ts";
import { openDemo, rois, settled, viewer } from "./page.ts";
import { whole, withPlate } from "./served-plate.ts";
import { serveEntries, type TestServer } from "./server.ts";

let server: TestServer;
test.beforeAll(async () => {
  server = await serveEntries(await nucleiImage());
});
test.afterAll(() => server.close());

const rows = (page: Page) => rois(page).getByRole("row");

/** What of the page's address says how the image is looked at. */
const asked = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: item }).click();
}

async function downloaded(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("a link opened by another shows the same: place, zoom, contrast, label, table and ROI", async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/?source=${server.url}&table=AnnData_ROI_table`);
  await settled(page);
  await page.getByRole("combobox", { name: "Colour by" }).selectOption("name");
  await page.getByRole("searchbox", { name: "Find ROIs" }).fill('name != "FOV_1"');
  await expect(rows(page)).toHaveCount(4);
  await rows(page).filter({ hasText: "FOV_3" }).click();
  await rows(page)
    .filter({ hasText: "FOV_2" })
    .click({ modifiers: ["Control"] });
  const viewer = page.getByRole("region", { name: "Viewer" });
  await viewer.hover();
  await page.mouse.wheel(0, -400);
  await expect.poll(() => asked(page)["scale"]).toBeDefined();
  await expect
    .poll(() => new URL(page.url()).searchParams.getAll("roi"))
    .toEqual(["FOV_3", "FOV_2"]);
  await expect.poll(() => asked(page)["channels"]).toMatch(/^0:ffffff:/);
  await choose(page, "Copy link to this view");
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("on the clipboard");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.mouse.move(0, 0);
  await expect.poll(() => page.url()).toBe(link);
  const here = await seen(page);

  const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const there = await other.newPage();
  await there.goto(link);
  await settled(there);
  await expect(there.getByRole("row", { selected: true })).toHaveText([/FOV_2/, /FOV_3/]);
  await expect(there.getByRole("combobox", { name: "ROI table" })).toHaveValue("AnnData_ROI_table");
  await expect(rows(there)).toHaveCount(4);
  await expect.poll(() => there.url()).toBe(link);
  await expect.poll(async () => differing(here, await seen(there))).toBe(0);
  await other.close();
});

/** What lies in the viewer, without the message that a link was copied. */
function seen(page: Page): Promise<Buffer> {
  const style = '[aria-label="Messages"] { visibility: hidden }';
  return viewer(page).screenshot({ style });
}

test("a link shows the ROIs in space where they are looked at there, from the same side", async ({
  page,
  browser,
}) => {
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  await page.getByRole("button", { name: "3D", exact: true }).click();
  await expect.poll(() => asked(page)["panes"]).toBe("space");
  expect(asked(page)["orbit"]).toBeUndefined();
  const drawing = (on: Page) => on.getByRole("application", { name: /in space/ });
  await page.mouse.move(0, 0);
  const first = await drawing(page).screenshot();
  for (const key of ["ArrowLeft", "ArrowUp", "+"]) await drawing(page).press(key);
  await page.getByRole("slider", { name: "Stretch of z" }).fill("0.6");
  await drawing(page).focus();
  await expect.poll(() => asked(page)["orbit"]).toMatch(/,60,-34,24\.02$/);
  const here = await drawing(page).screenshot();
  const turned = differing(first, here);

  const other = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const there = await other.newPage();
  await there.goto(page.url());
  const space = there.getByRole("dialog", { name: "3D boxes" });
  await expect(space).toBeVisible();
  // Letters may lie otherwise by a part of a pixel.
  await expect
    .poll(async () => differing(here, await drawing(there).screenshot()))
    .toBeLessThan(turned / 50);
  await there.keyboard.press("Escape");
  await expect(space).toHaveCount(0);
  await expect.poll(() => asked(there)["panes"]).toBeUndefined();
  await other.close();
});

test("a link to what is not there any more says so, and shows the rest", async ({ page }) => {
  await page.goto(`/?source=${server.url}&roi=FOV_77&label=cells&channels=4:ff0000&z=x`);
  await settled(page);
  const messages = page.getByRole("log", { name: "Messages" });
  for (const part of ['ROI "FOV_77"', 'label "cells"', "channel 5", '"z=x"'])
    await expect(messages).toContainText(part);
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
});

test("what a link names is told however long it is, and the message can be put away", async ({
  page,
}) => {
  await page.goto(`/?source=${server.url}&z=x&t=y&roi=${"y".repeat(2000)}`);
  await settled(page);
  const messages = page.getByRole("log", { name: "Messages" });
  await expect(messages).toContainText('"z=x" cannot be read and is left out. The link\'s "t=y"');
  const dismiss = messages.getByRole("button", { name: "Dismiss message" });
  await expect(dismiss).toHaveCount(2);
  for (const button of await dismiss.all()) await expect(button).toBeInViewport({ ratio: 1 });
  await dismiss.last().click();
  await expect(dismiss).toHaveCount(1);
});

test("a picture has its labels wherever they lie, also in what is drawn first", async ({
  page,
}) => {
  const entries = new Map(await nucleiImage());
  const image = await openImage(new MemoryStore({ kind: "memory", entries }), "");
  const { grid } = image.levels[0];
  const [, height, width] = grid.shape;
  const isObject = (x: number, y: number): boolean => x % 50 < 30 && y % 50 < 30;
  const data = Uint8Array.from({ length: height * width }, (_, i) =>
    isObject(i % width, Math.floor(i / width)) ? 1 : 0,
  );
  const [axes, shape] = [["y", "x"] as const, [height, width]];
  await addLabel(image, { name: "tiles", axes, shape, scale: [1, 1], dtype: "uint8", data });
  const labelled = await serveEntries(entries);
  await page.goto(`/?source=${labelled.url}&label=tiles:o1`);
  await settled(page);
  const picture = async (labels: boolean) => {
    await choose(page, "Save picture…");
    await page.getByRole("radio", { name: "The whole image" }).check();
    await page.getByRole("combobox", { name: "Size" }).selectOption("1");
    for (const name of ["ROIs", "Scale bar"])
      await page.getByRole("checkbox", { name, exact: true }).uncheck();
    await page.getByRole("checkbox", { name: "Labels" }).setChecked(labels);
    const { bytes } = await downloaded(page, "Save PNG");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const png = decodePng(bytes);
    return (x: number, y: number) => {
      const [column, row] = [x, y].map((at) => Math.floor(((at + 0.5) * png.width) / width));
      const at = ((row ?? 0) * png.width + (column ?? 0)) * png.channels;
      return png.data.subarray(at, at + 3).join();
    };
  };
  const [plain, drawn] = [await picture(false), await picture(true)];
  const color = drawn(5, 5);
  for (let y = 5; y < height; y += 10)
    for (let x = 5; x < width; x += 10)
      expect([x, y, drawn(x, y)]).toEqual([x, y, isObject(x, y) ? color : plain(x, y)]);
  await labelled.close();
});

test("an ROI as a picture: its voxels, its size, its scale bar, and what it says of itself", async ({
  page,
}) => {
  await page.goto(`/?source=${server.url}&roi=FOV_2`);
  await settled(page);
  await expect(page.getByRole("row", { selected: true })).toContainText("FOV_2");
  const picture = async (size: string, ...left: readonly string[]) => {
    await choose(page, "Save picture…");
    await page.getByRole("radio", { name: "The ROI FOV_2" }).check();
    await page.getByRole("combobox", { name: "Size" }).selectOption(size);
    for (const name of left) await page.getByRole("checkbox", { name }).uncheck();
    const { name, bytes } = await downloaded(page, "Save PNG");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(name).toMatch(/FOV_2\.png$/);
    const { width, height, channels, data, text } = decodePng(bytes, { checkCrc: true });
    const red = (x: number, y: number) => data[(y * width + x) * channels] ?? 0;
    return { width, height, red, about: text["Description"] };
  };
  // One pixel per voxel: nuclei stand in the middle of squares of 25 voxels, bright there and dark between.
  const plain = await picture("level 0", "ROIs", "Scale bar");
  expect([plain.width, plain.height]).toEqual([150, 150]);
  for (const i of [0, 2, 5]) {
    expect(plain.red(25 * i + 12, 12)).toBeGreaterThan(200);
    expect(plain.red(25 * i, 0)).toBeLessThan(60);
  }
  expect(plain.about).toContain("pixel size 1 units; x 150, y 0 units");
  // Four times the screen takes many pieces: each voxel of the plain one is found again, whichever piece it is in.
  const large = await picture("4", "ROIs", "Scale bar");
  expect([large.width, large.height]).toEqual([4000, 4000]);
  const voxel = 4000 / 150;
  const unlike: string[] = [];
  for (let y = 0; y < 150; y++)
    for (let x = 0; x < 150; x++) {
      const found = large.red(Math.floor((x + 0.5) * voxel), Math.floor((y + 0.5) * voxel));
      if (found !== plain.red(x, y)) unlike.push(`${x},${y}`);
    }
  expect(unlike).toEqual([]);
  // A bar of 200 of 1000 pixels of the screen would be too long for 100 units of 150: 20 units, in white.
  const barred = await picture("2", "ROIs");
  const row = 2000 - 2 * 19;
  let bar = 0;
  for (let x = 1000; x < 2000; x++) if (barred.red(x, row) === 255) bar++;
  expect(bar / (2000 / 150)).toBeCloseTo(20, 0);
});

test("a picture drawn in many pieces names each ROI once, in its corner", async ({ page }) => {
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const picture = async (names: boolean) => {
    await choose(page, "Save picture…");
    await page.getByRole("radio", { name: "The whole image" }).check();
    await page.getByRole("combobox", { name: "Size" }).selectOption("4");
    await page.getByRole("checkbox", { name: "Their names" }).setChecked(names);
    const { bytes } = await downloaded(page, "Save PNG");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    return decodePng(bytes);
  };
  const [plain, named] = [await picture(false), await picture(true)];
  const { width, channels } = named;
  const corners = [0, 0, 0, 0];
  let elsewhere = 0;
  for (let at = 0; at < width * named.height; at++) {
    if (named.data[at * channels] === plain.data[at * channels]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    const corner = (x < width / 2 ? 0 : 1) + (y < width / 2 ? 0 : 2);
    if (x % (width / 2) < 320 && y % (width / 2) < 140)
      corners[corner] = (corners[corner] ?? 0) + 1;
    else elsewhere++;
  }
  expect(elsewhere).toBe(0);
  for (const count of corners) expect(count).toBeGreaterThan(1000);
});

test("a picture goes to the clipboard, as large as was asked for", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/?source=${server.url}&roi=FOV_2`);
  await settled(page);
  await expect(page.getByRole("row", { selected: true })).toContainText("FOV_2");
  await choose(page, "Save picture…");
  await page.getByRole("radio", { name: "The ROI FOV_2" }).check();
  await page.getByRole("combobox", { name: "Size" }).selectOption("1");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("on the clipboard");
  const size = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bitmap = item && (await createImageBitmap(await item.getType("image/png")));
    return [bitmap?.width, bitmap?.height];
  });
  expect(size).toEqual([1000, 1000]);
});

/** The picture of a plate that is on screen, after some are unchecked of what may be in it. */
async function platePicture(page: Page, size: string, ...left: readonly string[]) {
  await choose(page, "Save picture…");
  await page.getByRole("combobox", { name: "Size" }).selectOption(size);
  for (const name of left) await page.getByRole("checkbox", { name }).uncheck();
  const { name, bytes } = await downloaded(page, "Save PNG");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  return { name, png: decodePng(bytes, { checkCrc: true }) };
}

type Picture = ReturnType<typeof decodePng>;

/** The part of a picture's pixels that are clearly of another colour on the screen, tools and scale bar put aside; or of what lies in one well, without its frame. */
async function unlikeScreen(plate: Locator, picture: Picture, well = plate): Promise<number> {
  const style = '.tools, .scale-bar, [aria-label="Messages"] { visibility: hidden }';
  const screen = decodePng(await plate.screenshot({ style }));
  expect([picture.width, picture.height]).toEqual([screen.width, screen.height]);
  const [all, part] = [await plate.boundingBox(), await well.boundingBox()];
  if (!all || !part) throw new Error("The plate or its well has no place");
  const edge = well === plate ? 0 : 3;
  const [left, top] = [part.x - all.x + edge, part.y - all.y + edge].map(Math.round);
  const [width, height] = [part.width - 2 * edge, part.height - 2 * edge].map(Math.floor);
  let unlike = 0;
  for (let i = 0; i < (width ?? 0) * (height ?? 0); i++) {
    const y = (top ?? 0) + Math.floor(i / (width ?? 1));
    const at = y * screen.width + (left ?? 0) + (i % (width ?? 1));
    const isUnlike = [0, 1, 2].some((color) => {
      const there = screen.data[at * screen.channels + color] ?? 0;
      return Math.abs((picture.data[at * picture.channels + color] ?? 0) - there) > 40;
    });
    if (isUnlike) unlike++;
  }
  return unlike / ((width ?? 0) * (height ?? 0));
}

/** How many pixels of a part of a picture are redder than so, of one in so many along each side. */
function redder(
  { width, channels, data }: Picture,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  than: number,
  step = 5,
): number {
  let count = 0;
  for (let y = Math.round(y0); y < y1; y += step)
    for (let x = Math.round(x0); x < x1; x += step)
      if ((data[(y * width + x) * channels] ?? 0) > than) count++;
  return count;
}

test("the picture of a plate is what is on screen of it, finer where that is asked for", async ({
  page,
}) => {
  await openDemo(page);
  await expect(page.getByRole("button", { name: "Reset demo" })).toBeVisible({ timeout: 120_000 });
  await page.getByRole("button", { name: "Demo plate" }).click();
  const plate = await whole(page);
  await expect(plate.getByRole("img", { name: "Scale bar 100 µm" })).toBeVisible();
  await expect(plate.getByRole("button", { name: /^Well / })).toHaveCount(6);
  const { name, png } = await platePicture(page, "1", "Scale bar");
  expect(name).toBe("Demo plate plate.png");
  await page.mouse.move(0, 0);
  expect(await unlikeScreen(plate, png)).toBeLessThan(0.005);

  const { png: fine } = await platePicture(page, "2");
  const { width, height, text } = fine;
  expect([width, height]).toEqual([2 * png.width, 2 * png.height]);
  const corner = await plate.boundingBox();
  const boxes = await Promise.all(
    (await plate.getByRole("button", { name: /^Well / }).all()).map((well) => well.boundingBox()),
  );
  for (const box of boxes) {
    if (!box || !corner) throw new Error("A well has no place");
    const [left, top] = [2 * (box.x - corner.x), 2 * (box.y - corner.y)];
    const [right, bottom] = [left + 2 * box.width, top + 2 * box.height];
    expect(redder(fine, [left + 10, top + 10, right - 10, bottom - 100], 60)).toBeGreaterThan(1000);
    // Beside it, and below the names, is nothing.
    expect(redder(fine, [right + 8, top + 60, right + 9, bottom - 100], 0)).toBe(0);
  }
  // 100 µm in white, of wells that are as wide as the demo's are.
  const bright = redder(fine, [width / 2, height - 38, width, height - 37], 254, 1);
  const perMicrometre = (2 * (boxes[0]?.width ?? 0)) / (WELL.width * PIXEL);
  expect(bright / perMicrometre).toBeCloseTo(100, -1);
  expect(text["Description"]).toMatch(/^Demo plate; pixel size [\d.]+ micrometer$/);
});

test("the picture of a plate has the marks of its wells, their colours, FOVs and labels", async ({
  page,
}) => {
  const troubled = {
    labelled: true,
    troubles: new Map([["C/04/0/0/0/0/0", { kind: "spoiled" } as const]]),
    change: (entries: Map<string, unknown>) => {
      for (const key of [...entries.keys()])
        if (key.startsWith("/C/05/") || /^\/B\/05\/0\/0\/\d/.test(key)) entries.delete(key);
    },
  };
  await withPlate(
    page,
    async (_, plate) => {
      for (const [well, state] of [
        ["B05", "empty"],
        ["C05", "absent"],
        ["C04", "failed"],
      ])
        await expect(plate.getByRole("button", { name: `Well ${well}` })).toHaveAttribute(
          "data-state",
          state ?? "",
        );
      await page.mouse.move(0, 0);
      const compared = async () => {
        await whole(page);
        const { png } = await platePicture(page, "1", "Scale bar");
        await page.mouse.move(0, 0);
        expect(await unlikeScreen(plate, png)).toBeLessThan(0.005);
      };
      await compared();
      await page.getByRole("button", { name: "FOVs" }).click();
      await page.getByRole("button", { name: "Labels" }).click();
      await compared();
      await page.getByRole("button", { name: "Conditions" }).click();
      await page.getByLabel("Colour by").selectOption("count");
      await expect(plate.getByRole("button", { name: "Well B03" })).toHaveAttribute(
        "data-paint",
        "value",
      );
      await whole(page);
      const { png } = await platePicture(page, "1", "Scale bar");
      await page.mouse.move(0, 0);
      for (const well of await plate.getByRole("button", { name: /^Well [BC]0[345]$/ }).all())
        expect(await unlikeScreen(plate, png, well)).toBeLessThan(0.005);
    },
    troubled,
  );
});

test("an ROI's pixels as a TIFF, and as OME-Zarr in a zip", async ({ page }) => {
  await page.goto(`/?source=${server.url}&roi=FOV_2`);
  await settled(page);
  await expect(page.getByRole("row", { selected: true })).toContainText("FOV_2");
  await choose(page, "Export pixels…");
  await expect(page.getByRole("radio", { name: "The ROI FOV_2" })).toBeChecked();
  const tiff = await downloaded(page, "Export");
  expect(tiff.name).toMatch(/FOV_2\.ome\.tif$/);
  const [plane, ...more] = decodeTiff(tiff.bytes);
  expect(more).toEqual([]);
  expect([plane?.width, plane?.height, plane?.bitsPerSample]).toEqual([150, 150, 16]);
  expect(plane?.data[12 * 150 + 12]).toBeGreaterThan(1500);

  await choose(page, "Export pixels…");
  await page.getByRole("combobox", { name: "Format" }).selectOption("zip");
  const zip = await downloaded(page, "Export");
  expect(zip.name).toMatch(/FOV_2\.ome\.zarr\.zip$/);
  const text = zip.bytes.toString("latin1");
  expect(text.startsWith("PK")).toBe(true);
  for (const part of [".zgroup", ".zattrs", "0/.zarray", "0/0/0/0"]) expect(text).toContain(part);
});

test("what is on screen is exported as far as there are pixels, and the copy says where they are from", async ({
  page,
}) => {
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  await choose(page, "Export pixels…");
  await expect(page.getByRole("radio", { name: "What is on screen" })).toBeChecked();
  await page.getByRole("combobox", { name: "Format" }).selectOption("zip");
  const { bytes } = await downloaded(page, "Export");
  const about = storedFiles(bytes).find(({ name }) => name === ".zattrs");
  const { min, max } = JSON.parse(String(about?.bytes)).fovea.croppedFrom;
  expect([min, max]).toEqual([
    [0, 0, 0],
    [1, 300, 300],
  ]);
});

test("several ROIs go into a folder together or not at all, and the dialog says why not", async ({
  page,
}) => {
  const slow = await serveEntries(await nucleiImage(), {
    troubles: new Map([["0/0/2/2", { kind: "silent" }]]),
  });
  // The browser's own file system in the place of a folder that is picked, or of none.
  await page.addInitScript(() => {
    const pick = async () => {
      if (sessionStorage["closed"]) throw new DOMException("closed", "AbortError");
      return (await navigator.storage.getDirectory()).getDirectoryHandle("out", { create: true });
    };
    Object.assign(window, { showDirectoryPicker: pick });
  });
  const held = () =>
    page.evaluate(async () => {
      const out = await (await navigator.storage.getDirectory()).getDirectoryHandle("out");
      const names: string[] = [];
      for await (const [name] of out.entries()) names.push(name);
      return names.sort();
    });
  const dialog = page.getByRole("dialog", { name: "Export pixels" });
  const exporting = async (...names: readonly string[]) => {
    const rois = names.map((name) => `roi=${name}`).join("&");
    await page.goto(`/?source=${slow.url}&at=20,20&scale=0.05&${rois}`);
    await settled(page);
    await expect(page.getByRole("row", { selected: true })).toHaveCount(names.length);
    await choose(page, "Export pixels…");
    await page.getByRole("combobox", { name: "Format" }).selectOption("folder");
    await page.getByRole("button", { name: "Export", exact: true }).click();
  };
  await page.goto("/");
  await page.evaluate(() => sessionStorage.setItem("closed", "yes"));
  await exporting("FOV_1", "FOV_2");
  await expect(dialog.getByRole("button", { name: "Export" })).toBeEnabled();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await page.evaluate(() => sessionStorage.clear());

  await dialog.getByRole("button", { name: "Export" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("log", { name: "Messages" })).toContainText('2 images are in "out"');
  expect(await held()).toEqual(["FOV_1.ome.zarr", "FOV_2.ome.zarr"]);

  // The last chunk never comes.
  await exporting("FOV_3", "FOV_4");
  await expect.poll(held).toHaveLength(4);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("button", { name: "Export" })).toBeEnabled();
  expect(await held()).toEqual(["FOV_1.ome.zarr", "FOV_2.ome.zarr"]);

  await exporting("FOV_3", "FOV_2");
  await expect(dialog.getByRole("alert")).toContainText('"out" holds FOV_2.ome.zarr already');
  expect(await held()).toEqual(["FOV_1.ome.zarr", "FOV_2.ome.zarr"]);
  await page.getByRole("combobox", { name: "Format" }).selectOption("zip");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await slow.close();
});

/** The files of a zip that keeps them as they are (PKWARE APPNOTE 4.3). */
function storedFiles(zip: Buffer): { name: string; bytes: Buffer }[] {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [length, more, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString("utf8", at + 46, at + 46 + (length ?? 0));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    at += 46 + (length ?? 0) + (more ?? 0) + (comment ?? 0);
    return { name, bytes };
  });
}

test("the pixels of several ROIs are a file each in one zip", async ({ page }) => {
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  await rows(page).filter({ hasText: "FOV_2" }).click();
  await rows(page)
    .filter({ hasText: "FOV_3" })
    .click({ modifiers: ["Control"] });
  const exported = async (format: string) => {
    await choose(page, "Export pixels…");
    const both = page.getByRole("radio", { name: "The 2 selected ROIs, a file each" });
    await expect(both).toBeChecked();
    await page.getByRole("combobox", { name: "Format" }).selectOption(format);
    const { name, bytes } = await downloaded(page, "Export");
    expect(name).toMatch(/ROIs\.zip$/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    return storedFiles(bytes);
  };
  const tiffs = await exported("tiff");
  expect(tiffs.map(({ name }) => name)).toEqual(["FOV_2.ome.tif", "FOV_3.ome.tif"]);
  for (const { bytes } of tiffs) {
    const [plane] = decodeTiff(bytes);
    expect([plane?.width, plane?.height]).toEqual([150, 150]);
    expect(plane?.data[12 * 150 + 12]).toBeGreaterThan(1500);
  }
  const zarrs = await exported("zip");
  for (const [roi, min] of [
    ["FOV_2", [0, 0, 150]],
    ["FOV_3", [0, 150, 0]],
  ] as const) {
    const { bytes } = zarrs.find(({ name }) => name === `${roi}.ome.zarr/.zattrs`) ?? {};
    expect(JSON.parse(String(bytes)).fovea.croppedFrom.min).toEqual(min);
    expect(zarrs.map(({ name }) => name)).toContain(`${roi}.ome.zarr/0/0/0/0`);
  }
});

test("a link copied over what is not saved says what others do not see, until it is saved", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/?demo");
  await expect(rows(page)).toHaveCount(5);
  const messages = page.getByRole("log", { name: "Messages" });
  await rows(page).filter({ hasText: "FOV_3" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await choose(page, "Copy link to this view");
  await expect(messages).toContainText("Others do not see 1 change to “FOV_ROI_table”");
  await page.keyboard.press("Control+s");
  await expect(messages).toContainText("Saved FOV_ROI_table");
  await expect(messages).not.toContainText("Others do not see");
  await choose(page, "Copy link to this view");
  await expect(messages).toContainText("The link to this view is on the clipboard");
  await expect(messages).not.toContainText("Others do not see");
  await page.getByRole("button", { name: "New", exact: true }).click();
  await choose(page, "Copy link to this view");
  await expect(messages).toContainText("Others do not see the table “ROI_table”");
});
