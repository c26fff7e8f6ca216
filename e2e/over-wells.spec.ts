/** What a plate shows of its wells beside their pixels: colours of a table, FOVs and labels, and which could not be read. */
import { expect, test } from "@playwright/test";
import { decode } from "fast-png";
import { servedPlate, whole, withPlate } from "./served-plate.ts";

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

test("labels on a plate have the colours that they give to their objects", async ({ page }) => {
  await using server = await servedPlate({
    labelled: true,
    change: (entries) => {
      for (const [key, bytes] of entries) {
        if (!key.endsWith("/labels/nuclei/.zattrs")) continue;
        const attributes = JSON.parse(new TextDecoder().decode(bytes));
        const colors = [{ "label-value": 3, rgba: [255, 0, 0, 255] }];
        const given = { ...attributes, "image-label": { colors } };
        entries.set(key, new TextEncoder().encode(JSON.stringify(given)));
      }
    },
  });
  await page.goto(`/?source=${server.url}&over=labels&label=nuclei:o1`);
  const plate = await whole(page);
  /** How many pixels of the left and of the right half of the plate have the colour. */
  const red = async (): Promise<readonly number[]> => {
    const { data, width, channels } = decode(await plate.screenshot());
    const counts = [0, 0];
    for (let i = 0; i < data.length / channels; i++) {
      const [r, g, b] = data.subarray(channels * i, channels * i + 3);
      const half = Number(i % width >= width / 2);
      if (r === 255 && g === 0 && b === 0) counts[half] = (counts[half] ?? 0) + 1;
    }
    return counts;
  };
  await expect.poll(async () => Math.min(...(await red()))).toBeGreaterThan(500);
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

test("a label and a table of FOVs that cannot be read are told, and one click brings them", async ({
  page,
}) => {
  const broken = ["B/03/0/labels/nuclei/.zattrs", "C/05/0/tables/FOV_ROI_table/.zattrs"];
  // As often as they are asked for by themselves.
  const troubles = new Map(broken.map((key) => [key, { kind: "busy", times: 4 } as const]));
  await withPlate(
    page,
    async (server, plate) => {
      for (const name of ["FOVs", "Labels"])
        await page.getByRole("button", { name, exact: true }).click();
      const messages = page.getByRole("log", { name: "Messages" });
      await expect(plate.getByText("2 wells could not be read")).toBeVisible();
      await whole(page);
      for (const key of broken) await expect(messages).toContainText(key);
      const labels = (): number =>
        server.requests.filter((key) => key.includes("/labels/nuclei/0/")).length;
      expect(labels()).toBe(0);
      await plate.getByRole("button", { name: "Try again" }).click();
      await expect(plate.getByText("could not be read")).toBeHidden();
      await expect.poll(labels).toBeGreaterThan(0);
      await whole(page);
      await expect(messages).toBeEmpty();
    },
    { labelled: true, troubles },
  );
});

/** A chunk of one well. */
const SPOILED = "C/04/0/0/0/0/0";
