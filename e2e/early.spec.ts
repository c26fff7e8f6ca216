/** What is asked of a source by index.html while the page's script is still on its way: its metadata, once each, and no more. */
import { expect, type Page, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { settled } from "./page.ts";
import { serveEntries } from "./server.ts";

/** Keeps the page's script back. @returns lets it come */
async function withoutScript(page: Page): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  return async () => release();
}

/** Who read them before has read them then, and asked for what they name. */
async function readThemAll(page: Page, urls: readonly string[]): Promise<void> {
  await page.evaluate(async (all) => {
    const { early } = globalThis as unknown as {
      readonly early: {
        readonly answers: {
          take(url: URL, init: { readonly headers: object }): Promise<Response> | undefined;
        };
      };
    };
    for (const url of all) await (await early.answers.take(new URL(url), { headers: {} }))?.text();
  }, urls);
}

test("an image's metadata is asked for before the script is there, and not again by it", async ({
  page,
}) => {
  await using server = await serveEntries(await nucleiImage());
  const letIn = await withoutScript(page);
  await page.goto(`/?source=${server.url}/`, { waitUntil: "commit" });
  const early = [".zattrs", ".zgroup", "zarr.json", "0/.zarray", "labels/.zattrs"];
  await expect.poll(() => [...server.requests].sort()).toEqual([...early].sort());
  await letIn();
  await settled(page);
  for (const key of early) expect(server.requests.filter((one) => one === key)).toHaveLength(1);
});

test("of a plate the first well's image is followed, or the one that the address names", async ({
  page,
}) => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const plate = { wells: [{ path: "B/03" }, { path: "B/04" }] };
  await using server = await serveEntries(
    new Map([
      [".zattrs", text({ plate })],
      ["B/03/.zattrs", text({ well: { images: [{ path: "0" }, { path: "raw" }] } })],
      ["B/03/0/.zattrs", text({ multiscales: [{ datasets: [{ path: "full" }] }] })],
      ["B/03/raw/.zattrs", text({ multiscales: [{ datasets: [{ path: "s0" }] }] })],
    ]),
  );
  const root = [".zattrs", ".zgroup", "zarr.json"];
  const early = async (query: string) => {
    const before = server.requests.length;
    await page.goto(`/?source=${server.url}/${query}`, { waitUntil: "commit" });
    return () => server.requests.slice(before).sort();
  };
  const ofImage = (name: string, level: string) =>
    [".zattrs", `${level}/.zarray`, "labels/.zattrs"].map((key) => `B/03/${name}/${key}`);
  await withoutScript(page);
  const first = [...root, "B/03/.zattrs", ...ofImage("0", "full")].sort();
  await expect.poll(await early("")).toEqual(first);
  const named = [...root, "B/03/.zattrs", ...ofImage("raw", "s0")].sort();
  await expect.poll(await early("&image=raw")).toEqual(named);
  const inside = await early("&inside=B/04");
  await expect.poll(inside).toEqual(root);
  await readThemAll(
    page,
    root.map((key) => `${server.url}/${key}`),
  );
  expect(inside()).toHaveLength(root.length);
});

test("a well's image is asked for with the well, by the name that most have, and what draws a plate comes beside it", async ({
  page,
}) => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const entries = new Map([
    [".zattrs", text({ plate: { wells: [{ path: "B/03" }] } })],
    ["B/03/.zattrs", text({ well: { images: [{ path: "raw" }] } })],
    ["B/03/raw/.zattrs", text({ multiscales: [{ datasets: [{ path: "s0" }] }] })],
  ]);
  const silent = new Map([["B/03/.zattrs", { kind: "silent" } as const]]);
  await using slow = await serveEntries(entries, { troubles: silent });
  await using other = await serveEntries(entries);
  const guessed = [".zattrs", ".zgroup", "B/03/.zattrs", "B/03/0/.zattrs", "zarr.json"];
  const named = ["B/03/raw/.zattrs", "B/03/raw/labels/.zattrs", "B/03/raw/s0/.zarray"];
  const scripts = page.locator('link[rel="modulepreload"][href*="/plate-page-"]');
  await withoutScript(page);
  await page.goto(`/?source=${slow.url}`, { waitUntil: "commit" });
  await expect.poll(() => [...slow.requests].sort()).toEqual(guessed);
  await expect(scripts).toHaveCount(1);
  // A wrong guess costs one request.
  await page.goto(`/?source=${other.url}`, { waitUntil: "commit" });
  await expect.poll(() => [...other.requests].sort()).toEqual([...guessed, ...named].sort());
  await page.goto(`/?source=${slow.url}&inside=B/03`, { waitUntil: "commit" });
  await readThemAll(page, [`${slow.url}/.zattrs`]);
  await expect(scripts).toHaveCount(0);
});

test("so is that of Zarr v3, and a plate's own file alone where it has no well", async ({
  page,
}) => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const image = { multiscales: [{ datasets: [{ path: "full" }, { path: "half size" }] }] };
  await using server = await serveEntries(
    new Map([
      ["image/zarr.json", text({ node_type: "group", attributes: { ome: image } })],
      ["plate/.zattrs", text({ plate: { wells: [] } })],
    ]),
  );
  const root = [".zattrs", ".zgroup", "zarr.json"];
  await withoutScript(page);
  await page.goto(`/?source=${server.url}/image`, { waitUntil: "commit" });
  const levels = ["full/zarr.json", "half size/zarr.json", "labels/zarr.json"];
  const expected = [...root, ...levels].map((key) => `image/${key}`);
  await expect.poll(() => [...server.requests].sort()).toEqual(expected.sort());
  await page.goto(`/?source=${server.url}/plate`, { waitUntil: "commit" });
  const ofPlate = () => server.requests.filter((key) => key.startsWith("plate/")).sort();
  await expect.poll(ofPlate).toEqual(root.map((key) => `plate/${key}`));
  await readThemAll(
    page,
    root.map((key) => `${server.url}/plate/${key}`),
  );
  expect(ofPlate()).toHaveLength(root.length);
});

test("what is asked for after that comes in on a thread of its own", async ({ page }) => {
  await using server = await serveEntries(await nucleiImage());
  await page.goto(`/?source=${server.url}/`);
  await settled(page);
  const own = await page.evaluate(
    (url) =>
      performance
        .getEntriesByType("resource")
        .flatMap(({ name }) => (name.startsWith(url) ? [name.slice(url.length + 1)] : [])),
    server.url,
  );
  const early = [".zattrs", ".zgroup", "zarr.json", "0/.zarray", "labels/.zattrs"];
  expect(own.sort()).toEqual(early.sort());
  expect(server.requests.length).toBeGreaterThan(early.length);
});
