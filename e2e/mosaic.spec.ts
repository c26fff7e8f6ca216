/** A plate as its mosaic: every well a picture, from all of them into one by the wheel alone, and on into the well's own page. */
import { expect, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { viewer } from "./page.ts";
import { isChunk, whole, withPlate } from "./served-plate.ts";

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
  for (const well of ["B03", "B04", "B05", "C03", "C04", "C05"])
    await expect.poll(() => brightest(page, `Well ${well}`)).toBeGreaterThan(150);
});

/** The brightest number in the middle of a well. */
async function brightest(page: Page, name: string): Promise<number> {
  const box = await page.getByRole("button", { name }).boundingBox();
  if (!box) return 0;
  const { x, y, width, height } = box;
  const clip = { x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 };
  const { data, channels } = decode(await page.screenshot({ clip }));
  let most = 0;
  for (const [i, value] of data.entries()) if (i % channels < 3) most = Math.max(most, value);
  return most;
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
