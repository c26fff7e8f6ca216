/** Planes and time points: the maximum along z, what is fetched before one goes there, playing, and labels in all of that. */
import { expect, test } from "@playwright/test";
import { makeImage } from "../src/testing/make-image.ts";
import { addLabel } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { readout, settled, viewer } from "./page.ts";
import { placeOf } from "./place.ts";
import { serveEntries } from "./server.ts";
import { stackImage } from "./stack-image.ts";

test("the maximum along z asks for each plane once, is in the link, and goes back to the plane", async ({
  page,
}) => {
  await using server = await serveEntries(await stackImage());
  const chunks = () => server.requests.filter((key) => /^\/?0\/0\//.test(key));
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const plane = new Set(chunks());
  expect([chunks().length, plane.size]).toEqual([12, 12]);
  // Inside a cell that higher planes cut.
  const cell = await placeOf(page, [200, 160], [170, 105]);
  await page.mouse.move(...cell);
  const value = async (): Promise<number> =>
    Number(/channel 0 (\d+)/.exec((await readout(page).textContent()) ?? "")?.[1]);
  expect(await value()).toBeLessThan(400);
  await page.getByRole("button", { name: "Maximum" }).click();
  await expect(page).toHaveURL(/maximum=0,19/);
  await settled(page);
  expect([chunks().length, new Set(chunks()).size]).toEqual([240, 240]);
  await page.mouse.move(cell[0] + 1, cell[1]);
  await expect.poll(value).toBeGreaterThan(1300);

  await page.getByRole("slider", { name: "last z" }).fill("9");
  await expect(page).toHaveURL(/maximum=0,9/);
  await settled(page);
  await page.mouse.move(...cell);
  await expect.poll(value).toBeLessThan(400);
  expect(chunks()).toHaveLength(240);

  await page.reload();
  await settled(page);
  await expect(page.getByRole("slider", { name: "last z" })).toHaveValue("9");
  await page.getByRole("button", { name: "One" }).click();
  await expect(page.getByRole("slider", { name: "z", exact: true })).toBeVisible();
  await expect(page).not.toHaveURL(/maximum/);
});

test("after a step through the planes the next two in its direction are asked for, and given up for what is looked at", async ({
  page,
}) => {
  const silent = "0/0/11/0/0";
  const troubles = new Map([[silent, { kind: "silent" }]] as const);
  await using server = await serveEntries(await stackImage(), { troubles });
  const asked = () => server.requests.flatMap((key) => /^0\/0\/(\d+)\//.exec(key)?.[1] ?? []);
  /** Twelve chunks each. */
  const planes = (...expected: number[]): string[] =>
    expected.flatMap((z) => Array.from({ length: 12 }, () => String(z))).sort();
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  expect(asked().sort()).toEqual(planes(9));
  const slider = page.getByRole("slider", { name: "z", exact: true });
  await slider.press("ArrowLeft");
  await expect.poll(() => asked().sort()).toEqual(planes(6, 7, 8, 9));
  await slider.press("ArrowRight");
  await expect(slider).toHaveValue("9");
  await expect.poll(() => asked().sort()).toEqual(planes(6, 7, 8, 9, 10, 11));
  const givenUp = page.waitForEvent("requestfailed", (request) => request.url().includes(silent));
  await slider.fill("18");
  await givenUp;
  await settled(page);
  // A leap is no step.
  expect(asked().sort()).toEqual(planes(6, 7, 8, 9, 10, 11, 18));
});

/** Six time points of three planes, an object in each plane at a place of its own; of the second channel nothing is stored. */
async function movingObjects(): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = new MemoryStore({ kind: "memory", entries });
  const [count, depth, side] = [6, 3, 60];
  const idAt = (i: number): number => {
    const [z, y, x] = [Math.floor(i / side ** 2) % depth, Math.floor(i / side) % side, i % side];
    return Math.abs(y - 30) < 8 && Math.abs(x - 10 - 20 * z) < 8 ? z + 1 : 0;
  };
  const axes = ["t", "c", "z", "y", "x"] as const;
  const chunks = [1, 1, 1, side, side];
  const image = await makeImage(store, { axes, shape: [count, 2, depth, side, side], chunks });
  const ids = Uint16Array.from({ length: count * depth * side ** 2 }, (_, i) => idAt(i));
  const label = { axes, shape: [count, 1, depth, side, side], scale: [1, 1, 1, 1, 1] };
  await addLabel(image, { name: "cells", ...label, chunks, dtype: "uint16", data: ids });
  for (let t = 0; t < count; t++)
    for (let z = 0; z < depth; z++) {
      const from = (t * depth + z) * side ** 2;
      const lit = ids.subarray(from, from + side ** 2).map((id) => 100 + 1000 * Math.sign(id));
      entries.set(`/0/${t}/0/${z}/0/0`, new Uint8Array(lit.buffer));
    }
  // Fovea writes a range that is known; here it is found from the pixels, and none is found of nothing.
  const attributes = new TextDecoder().decode(entries.get("/.zattrs"));
  const { omero: _, ...rest } = JSON.parse(attributes);
  entries.set("/.zattrs", new TextEncoder().encode(JSON.stringify(rest)));
  return entries;
}

test("time plays round and round, each point in turn and each chunk asked for once, with its labels", async ({
  page,
}) => {
  await using server = await serveEntries(await movingObjects(), { latency: 20 });
  const chunks = () => server.requests.filter((key) => /\/\d+\/\d+\/\d+\/0\/0$/.test(key));
  await page.goto(`/?source=${server.url}&label=cells`);
  await settled(page);
  const time = page.getByRole("slider", { name: "t", exact: true });
  await viewer(page).locator(".hand").first().focus();
  await page.keyboard.press(".");
  await expect(time).toHaveValue("1");
  await page.keyboard.press(",");
  await expect(time).toHaveValue("0");
  const seen = time.evaluate(
    (slider) =>
      new Promise<readonly number[]>((resolve) => {
        const points = [0];
        const look = (): void => {
          const now = Number((slider as HTMLInputElement).value);
          if (now !== points.at(-1)) points.push(now);
          if (points.length > 13) resolve(points);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await page.keyboard.press("k");
  expect(await seen).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1]);
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "Play t" })).toBeVisible();
  // The middle plane's, of both channels and of the label.
  expect([chunks().length, new Set(chunks()).size]).toEqual([18, 18]);
});

test("labels are seen through the planes whose maximum is drawn, and a channel with nothing in it says so", async ({
  page,
}) => {
  await using server = await serveEntries(await movingObjects());
  await page.goto(`/?source=${server.url}&label=cells`);
  await settled(page);
  const told = async (x: number): Promise<string | undefined> => {
    await page.mouse.move(...(await placeOf(page, [60, 60], [x, 30])));
    return /cells \d/.exec((await readout(page).textContent()) ?? "")?.[0];
  };
  await expect.poll(() => told(30)).toBe("cells 2");
  expect([await told(10), await told(50)]).toEqual([undefined, undefined]);
  await page.getByRole("button", { name: "Maximum" }).click();
  await settled(page);
  for (const z of [0, 1, 2]) await expect.poll(() => told(10 + 20 * z)).toBe(`cells ${z + 1}`);
  await page.getByRole("slider", { name: "first z" }).fill("2");
  await settled(page);
  await expect.poll(() => told(30)).toBe(undefined);
  expect(await told(50)).toBe("cells 3");

  const channels = page.getByRole("region", { name: "Channels" });
  await expect(channels.getByRole("button", { name: "channel 0" })).toHaveText(/1100/);
  const empty = channels.getByRole("button", { name: "channel 1" });
  await expect(empty).toHaveText(/empty/);
  await empty.click();
  await expect(channels.getByText("Nothing of this channel is stored here")).toBeVisible();
});

test("the address says what is looked at while changes never end", async ({ page }) => {
  await using server = await serveEntries(await stackImage());
  await page.goto(`/?source=${server.url}`);
  await settled(page);
  const slider = page.getByRole("slider", { name: "z", exact: true });
  await slider.fill("12");
  await expect(page).toHaveURL(/z=12/);
  // Each key comes sooner than anything rests.
  await slider.focus();
  const begun = Date.now();
  while (!page.url().includes("z=13") && Date.now() - begun < 20_000) {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
  }
  expect(page.url()).toContain("z=13");
});
