/** A server that is busy, and one that spoils a chunk: the picture goes on, and one click asks again. */
import { expect, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { serveEntries } from "./server.ts";

const isChunk = (key: string): boolean => /\/\d+\/\d+$/.test(key) && !key.includes("labels");

test("a busy server is asked again by itself; then nothing is said any more", async ({ page }) => {
  const entries = await nucleiImage();
  const chunks = [...entries.keys()].map((key) => key.replace(/^\//, "")).filter(isChunk);
  const busy = new Map(chunks.map((key) => [key, 2]));
  const server = await serveEntries(entries, { busy });
  try {
    await page.goto(`/?source=${server.url}`);
    const viewer = page.getByRole("region", { name: "Viewer" });
    await expect(viewer.getByText("The server does not answer. Trying again…")).toBeVisible();
    await expect(viewer).toHaveAttribute("aria-busy", "false");
    await expect(viewer.getByText("Trying again")).toBeHidden();
    await expect(page.getByRole("log", { name: "Messages" })).toBeEmpty();
  } finally {
    await server.close();
  }
});

test("a chunk that stays away is named, and one click brings it", async ({ page }) => {
  const entries = await nucleiImage();
  const chunks = [...entries.keys()].map((key) => key.replace(/^\//, "")).filter(isChunk);
  // As often as it is asked for by itself.
  const busy = new Map(chunks.map((key) => [key, 4]));
  const server = await serveEntries(entries, { busy });
  try {
    await page.goto(`/?source=${server.url}`);
    const viewer = page.getByRole("region", { name: "Viewer" });
    const again = viewer.getByRole("button", { name: "Try again" });
    await expect(again).toBeVisible();
    await expect(page.getByRole("log", { name: "Messages" })).toContainText("503");
    await again.click();
    await expect(again).toBeHidden();
    await expect(viewer).toHaveAttribute("aria-busy", "false");
  } finally {
    await server.close();
  }
});
