/** A plate as its mosaic: every well a picture, from all of them into one by the wheel alone, and on into the well's own page. */
import { expect, test } from "@playwright/test";

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

  const perWorld =
    (await plate.getByRole("img", { name: /^Scale bar/ }).getAttribute("aria-label")) ?? "";
  await page.mouse.click(...middle);
  const viewer = page.getByRole("region", { name: "Viewer" });
  await expect(viewer.getByRole("img", { name: perWorld })).toBeVisible();
  await page.goBack();
  await expect(plate).toBeVisible();
  await expect(page).toHaveTitle("Demo plate – Fovea");
});

test("wells of the demo that are still being made appear as they are done", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open demo plate" }).click();
  await expect(page.getByRole("region", { name: "Viewer" })).toBeVisible();
  await page.getByRole("button", { name: "Demo plate" }).click();
  const last = page
    .getByRole("region", { name: "Plate" })
    .getByRole("button", { name: "Well C05" });
  await expect(last).toBeVisible();
  await expect(page.getByRole("button", { name: "Reset demo" })).toBeEnabled({ timeout: 120_000 });
  await expect(page.getByText(/^Making well/)).toBeHidden({ timeout: 120_000 });
  await expect(last).toHaveAttribute("title", "Well C05");
});
