/** A walk through the whole page leaves the browser's console empty: nothing of it warns or fails unseen. */
import { expect, test } from "@playwright/test";
import { openDemo, settled, viewer } from "./page.ts";

test("viewer, 3D, plate and task write nothing to the console", async ({ page }) => {
  const told: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) told.push(message.text());
  });
  page.on("pageerror", (error) => told.push(String(error)));
  await openDemo(page);
  await viewer(page).hover();
  await page.mouse.wheel(0, -400);
  await page.getByRole("row", { name: /FOV_2/ }).click();
  await page.getByRole("combobox", { name: "Colour by" }).selectOption("x");

  await page.getByRole("button", { name: "3D", exact: true }).click();
  const boxes = page.getByRole("dialog", { name: "3D boxes" });
  await boxes.getByRole("button", { name: "Top" }).click();
  const drawing = boxes.getByRole("application");
  const black = await drawing.screenshot();
  await drawing.press("ArrowLeft");
  await expect.poll(async () => (await drawing.screenshot()).equals(black)).toBe(false);
  await page.keyboard.press("Escape");
  await expect(boxes).toBeHidden();

  const form = page.getByRole("form", { name: "Threshold segmentation" });
  await form.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("Computed in");
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(form.getByText(/nuclei in/)).toBeVisible();

  await page.getByRole("button", { name: "Demo plate" }).click();
  await page.getByRole("button", { name: "Well B03" }).click();
  await settled(page);
  expect(told).toEqual([]);
});
