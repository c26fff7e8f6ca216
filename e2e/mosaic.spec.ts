/** A plate as its mosaic: every well a picture, from all of them into one by the wheel alone, and on into the well's own page. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { openImage } from "../src/ome/open-image.ts";
import { createTable } from "../src/table/create-table.ts";
import type { Column, Table } from "../src/table/table.ts";
import { makeNucleiPlate } from "../src/testing/nuclei-plate.ts";
import { addLabel } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { viewer } from "./page.ts";
import { type ServerManners, serveEntries, type TestServer } from "./server.ts";

test("one zooms from the plate into a well, opens it where one looks, and comes back", async ({
  page,
}) => {
  test.slow();
  await page.goto("/");
  await page.getByRole("button", { name: "Open demo plate" }).click();
  await expect(page.getByRole("button", { name: "Reset demo" })).toBeVisible({ timeout: 120_000 });
  await page.getByRole("button", { name: "Demo plate" }).click();
  const plate = page.getByRole("region", { name: "Plate" });
  await expect(plate).toHaveAttribute("aria-busy", "false");
  await expect(plate.getByRole("button", { name: /^Well / })).toHaveCount(6);

  const well = plate.getByRole("button", { name: "Well B04" });
  const before = await well.boundingBox();
  if (!before) throw new Error("The well has no place");
  const middle = [before.x + before.width / 2, before.y + before.height / 2] as const;
  await page.mouse.move(...middle);
  for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -100);
  await expect
    .poll(async () => ((await well.boundingBox())?.width ?? 0) / before.width)
    .toBeCloseTo(1.25 ** 8, 1);
  await expect(plate).toHaveAttribute("aria-busy", "false");

  // A drag is no press.
  await page.mouse.down();
  await page.mouse.move(middle[0] + 40, middle[1] + 30, { steps: 4 });
  await page.mouse.up();
  await expect(plate).toBeVisible();

  // On to a nucleus, and back to the whole plate.
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, -100);
  await expect
    .poll(async () => ((await well.boundingBox())?.width ?? 0) / before.width)
    .toBeCloseTo(1.25 ** 18, 0);
  await expect(plate).toHaveAttribute("aria-busy", "false");
  await expect(plate.getByRole("img", { name: /^Scale bar (1|2|5|10|20) µm$/ })).toBeVisible();
  await page.keyboard.press("0");
  await expect.poll(async () => (await well.boundingBox())?.width).toBeCloseTo(before.width, 0);
  for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -100);

  const perWorld =
    (await plate.getByRole("img", { name: /^Scale bar/ }).getAttribute("aria-label")) ?? "";
  await page.mouse.click(...middle);
  await expect(viewer(page).getByRole("img", { name: perWorld })).toBeVisible();
  await page.goBack();
  await expect(plate).toBeVisible();
  await expect(page).toHaveTitle("Demo plate – Fovea");
});

test("wells of the demo that are still being made appear as they are done", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open demo plate" }).click();
  await expect(viewer(page)).toBeVisible();
  await page.getByRole("button", { name: "Demo plate" }).click();
  const last = page
    .getByRole("region", { name: "Plate" })
    .getByRole("button", { name: "Well C05" });
  await expect(last).toBeVisible();
  await expect(page.getByRole("button", { name: "Reset demo" })).toBeEnabled({ timeout: 120_000 });
  await expect(page.getByText(/^Making well/)).toBeHidden({ timeout: 120_000 });
  await expect(last).toHaveAttribute("title", "Well C05");
});

/** A plate of six wells behind a server. */
async function servedPlate({
  labelled = false,
  ...manners
}: ServerManners & { readonly labelled?: boolean } = {}) {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const wells = ["B/03", "B/04", "B/05", "C/03", "C/04", "C/05"].map((path) => ({ path }));
  const store = new MemoryStore({ kind: "memory", entries });
  await makeNucleiPlate(store, wells);
  if (labelled)
    for (const { path } of wells) {
      const image = await openImage(store, `${path}/0`);
      const [, height, width] = image.levels[0].grid.shape;
      const data = Uint16Array.from({ length: height * width }, (_, i) =>
        (i % width) % 40 < 20 ? 1 + Math.floor((i % width) / 40) : 0,
      );
      const shape = [1, height, width];
      const scale = [...image.levels[0].grid.scale];
      await addLabel(image, {
        name: "nuclei",
        axes: ["z", "y", "x"],
        shape,
        scale,
        dtype: "uint16",
        data,
        chunks: [1, 256, 256],
      });
    }
  const table: Table = {
    path: "tables/conditions",
    zarrFormat: 2,
    backend: "csv",
    attributes: { type: "condition_table", table_version: "1", backend: "csv" },
    index: { name: undefined, values: ["0", "1", "2", "3", "4"] },
    columns: new Map<string, Column>([
      ["row", { kind: "text", values: ["B", "B", "B", "C", "C"], categorical: false }],
      ["column", { kind: "number", values: Float64Array.of(3, 4, 5, 3, 4), dtype: "int64" }],
      ["drug", { kind: "text", values: ["none", "A", "A", "none", "B"], categorical: false }],
      ["count", { kind: "number", values: Float64Array.of(10, 20, 30, 15, 12), dtype: "float64" }],
    ]),
  };
  await createTable({ store, table });
  return serveEntries(entries, manners);
}

const isChunk = (key: string): boolean =>
  /^[BC]\/\d+\/0\/0\/\d+\/\d+\/\d+$|^[BC]\/\d+\/0\/0\/[\d.]+$/.test(key);

async function whole(page: Page) {
  const plate = page.getByRole("region", { name: "Plate" });
  await expect(plate).toHaveAttribute("aria-busy", "false");
  return plate;
}

async function withPlate(
  page: Page,
  use: (server: TestServer, plate: Locator) => Promise<void>,
  options?: Parameters<typeof servedPlate>[0],
): Promise<void> {
  const server = await servedPlate(options);
  try {
    await page.goto(`/?source=${server.url}`);
    await use(server, await whole(page));
  } finally {
    await server.close();
  }
}

test("each chunk of a plate is asked for once; opened again, none is until one asks for it", async ({
  page,
}) => {
  await withPlate(page, async (server, plate) => {
    const chunks = server.requests.filter(isChunk);
    expect(chunks).toHaveLength(6 * 9);
    expect(new Set(chunks).size).toBe(6 * 9);
    const first = await plate.screenshot();
    await expect(plate.getByText(/^As of/)).toBeHidden();

    const before = server.requests.length;
    await page.reload();
    await expect(plate.getByText(/^As of/)).toBeVisible();
    await whole(page);
    expect(server.requests.slice(before).filter(isChunk)).toEqual([]);
    expect(server.requests.length - before).toBeLessThan(10);
    await page.addStyleTag({ content: ".mosaic-kept { display: none !important }" });
    expect((await plate.screenshot()).equals(first)).toBe(true);
    await page.reload();

    const again = server.requests.length;
    await plate.getByRole("button", { name: "Renew" }).click();
    await expect(plate.getByText(/^As of/)).toBeHidden();
    await whole(page);
    await expect.poll(() => server.requests.slice(again).filter(isChunk).length).toBe(6 * 9);
  });
});

test("a link to a place on a plate leads there in another browser, whatever its size", async ({
  page,
  browser,
}) => {
  await withPlate(page, async (_, plate) => {
    const box = await plate.getByRole("button", { name: "Well C04" }).boundingBox();
    if (!box) throw new Error("The well has no place");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -200);
    await expect
      .poll(async () => {
        const { width = 0 } =
          (await plate.getByRole("button", { name: "Well C04" }).boundingBox()) ?? {};
        const { searchParams } = new URL(page.url());
        return [searchParams.get("well"), Math.round(width * Number(searchParams.get("scale")))];
      })
      // The address has come to rest where the camera is: a well is 300 µm wide.
      .toEqual(["C/04", 300]);
    await expect
      .poll(
        async () => (await plate.getByRole("button", { name: "Well C04" }).boundingBox())?.width,
      )
      .toBeCloseTo(box.width * 1.25 ** 12, -1);
    const bar = await plate.getByRole("img", { name: /^Scale bar/ }).getAttribute("aria-label");
    const middleOf = async (on: Page): Promise<readonly number[]> => {
      const view = await on.getByRole("region", { name: "Plate" }).boundingBox();
      const well = await on.getByRole("button", { name: "Well C04" }).boundingBox();
      if (!view || !well) throw new Error("Nothing is shown");
      return [
        (view.x + view.width / 2 - well.x) / well.width,
        (view.y + view.height / 2 - well.y) / well.height,
      ].map((part) => Math.round(part * 100));
    };

    const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
    const other = await context.newPage();
    await other.goto(page.url());
    await whole(other);
    await expect(other.getByRole("img", { name: bar ?? "" })).toBeVisible();
    expect(await middleOf(other)).toEqual(await middleOf(page));
    await context.close();
  });
});

test("keys alone choose a well, zoom into it, where its row and column are still named, and open it there", async ({
  page,
}) => {
  await withPlate(page, async (_server, plate) => {
    const well = plate.getByRole("button", { name: "Well C04", exact: true });
    await plate.getByRole("button", { name: "Well B03", exact: true }).focus();
    for (const key of ["ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    await expect(well).toBeFocused();
    const before = await well.boundingBox();
    for (let i = 0; i < 5; i++) await page.keyboard.press("+");
    await expect
      .poll(async () => ((await well.boundingBox())?.width ?? 0) / (before?.width ?? 1))
      .toBeCloseTo(1.5 ** 5, 1);
    const after = await well.boundingBox();
    const middleOf = (box: typeof after): number[] =>
      box ? [box.x + box.width / 2, box.y + box.height / 2].map(Math.round) : [];
    expect(middleOf(after)).toEqual(middleOf(before));
    // Where its middle is off the screen, its names are on it.
    await page.mouse.move(800, 700);
    await page.mouse.down();
    await page.mouse.move(100, 100, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => middleOf(await well.boundingBox())[0]).toBeLessThan(0);
    for (const name of ["C", "04"]) {
      const text = plate.locator(".mosaic-names").getByText(name, { exact: true });
      const isSeen = await text.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { left, top, right, bottom } = range.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      });
      expect(isSeen).toBe(true);
    }

    await page.keyboard.press("Enter");
    await expect(page.getByRole("region", { name: "Viewer" })).toBeVisible();
    await expect(page).toHaveURL(/[?&]inside=C\/04\/0&/);
  });
});

test("wells are coloured by a table of the plate, a condition leaves some out, and a link shows it too", async ({
  page,
  browser,
}) => {
  await withPlate(page, async (server, plate) => {
    expect(server.requests.some((key) => key.startsWith("tables/conditions/"))).toBe(false);
    await page.getByRole("button", { name: "Conditions" }).click();
    const conditions = page.getByRole("region", { name: "Conditions" });
    await expect(conditions.getByRole("img", { name: "From 10 to 30" })).toBeVisible();
    const well = (name: string) => plate.getByRole("button", { name: `Well ${name}`, exact: true });
    await expect(well("B05")).toHaveAttribute("title", "Well B05: count 30");
    await expect(well("C05")).toHaveAttribute("title", "Well C05: no value in the table");

    await conditions.getByLabel("Condition").fill("drug = A or count < 13");
    await expect(conditions.getByText("4 of 6 wells")).toBeVisible();
    await expect(well("C03")).toHaveAttribute("title", "Well C03: left out by the condition");
    await conditions.getByLabel("Colour by").selectOption("nothing");
    await expect(well("B05")).toHaveAttribute("title", "Well B05");
    await expect(page).toHaveURL(/[?&]conditions=&by=&only=drug/);

    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.getByText("4 of 6 wells")).toBeVisible();
    await expect(other.getByLabel("Condition", { exact: true })).toHaveValue(
      "drug = A or count < 13",
    );
    await expect(other.getByRole("button", { name: "Well C03", exact: true })).toHaveAttribute(
      "title",
      "Well C03: left out by the condition",
    );
    await other.goto(page.url().replace("&by=", "&by=dose"));
    await expect(other.getByText("no column of numbers called “dose”")).toBeVisible();
    await context.close();

    await conditions.getByLabel("Condition").fill("dose > 1");
    await expect(conditions.getByRole("status")).toContainText("dose");

    await page.getByRole("button", { name: "Conditions" }).click();
    await expect(well("B05")).toHaveAttribute("title", "Well B05");
  });
});

test("fields of view and labels are read when they are asked for, and a link shows them too", async ({
  page,
  browser,
}) => {
  await withPlate(
    page,
    async (server, plate) => {
      const bare = await plate.screenshot();
      const over = (kind: "tables/FOV_ROI_table" | "labels/nuclei/0") =>
        new Set(
          server.requests
            .filter((key) => key.includes(`/0/${kind}/`))
            .map((key) => key.split("/").slice(0, 2).join("/")),
        );
      expect(over("tables/FOV_ROI_table").size + over("labels/nuclei/0").size).toBe(0);

      const fovs = page.getByRole("button", { name: "FOVs" });
      await fovs.click();
      await expect.poll(() => over("tables/FOV_ROI_table").size).toBe(6);
      await whole(page);
      const outlined = await plate.screenshot();
      expect(outlined.equals(bare)).toBe(false);
      expect(over("labels/nuclei/0").size).toBe(0);

      await page.getByRole("button", { name: "Labels", exact: true }).click();
      await expect.poll(() => over("labels/nuclei/0").size).toBe(6);
      await whole(page);
      const labelled = await plate.screenshot();
      expect(labelled.equals(outlined)).toBe(false);
      await expect(page).toHaveURL(/[?&]over=fovs,labels(&|$)/);

      const context = await browser.newContext({ viewport: page.viewportSize() });
      const other = await context.newPage();
      await other.goto(page.url());
      // As here, where the first well has lost the focus to it.
      await other.getByRole("button", { name: "FOVs", pressed: true }).focus();
      const there = await whole(other);
      await expect.poll(async () => (await there.screenshot()).equals(labelled)).toBe(true);
      await context.close();

      // From far away they are nothing but noise.
      await page.mouse.move(600, 400);
      for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 200);
      await expect(plate.getByText("Zoom in to see FOVs and labels")).toBeVisible();
    },
    { labelled: true },
  );
});

test("a well that cannot be read is marked and told, the others are seen, and one click brings it", async ({
  page,
}) => {
  await withPlate(
    page,
    async (server, plate) => {
      const well = plate.getByRole("button", { name: "Well C04" });
      await expect(plate.getByText("1 well could not be read")).toBeVisible();
      await expect(well).toHaveAttribute("title", /^Well C04: could not be read: .*decoded/);
      const before = server.requests.length;
      await plate.getByRole("button", { name: "Try again" }).click();
      await expect(plate.getByText("could not be read")).toBeHidden();
      await expect(well).toHaveAttribute("title", "Well C04");
      expect(server.requests.slice(before)).toEqual([SPOILED]);
    },
    { troubles: new Map([[SPOILED, { kind: "spoiled", times: 1 }]]) },
  );
});

/** A chunk of one well. */
const SPOILED = "C/04/0/0/0/0/0";
