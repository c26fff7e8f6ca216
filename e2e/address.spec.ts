/** Opening a web address: what is fetched, what is said of a server or a file that is not as it should be. */
import { expect, test } from "@playwright/test";
import { nucleiImage } from "./fixtures.ts";
import { roiRow, rois, settled } from "./page.ts";
import { type ServerManners, serveEntries, type TestServer } from "./server.ts";

async function withServer(
  manners: ServerManners,
  run: (server: TestServer, entries: Map<string, Uint8Array>) => Promise<void>,
): Promise<void> {
  const entries = new Map(await nucleiImage());
  await using server = await serveEntries(entries, manners);
  await run(server, entries);
}

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

test("an address opens with its table, fetches nothing twice, and is read-only", async ({
  page,
}) => {
  await withServer({}, async ({ url, requests }) => {
    await page.goto(`/?source=${url}&table=AnnData_ROI_table`);
    await expect(page.getByRole("combobox", { name: "ROI table" })).toHaveValue(
      "AnnData_ROI_table",
    );
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
    await settled(page);
    const repeated = requests.filter((key, i) => requests.indexOf(key) !== i);
    expect(repeated).toEqual([]);
    expect(requests.filter((key) => key.startsWith("0/0/"))).toHaveLength(9);

    await expect(page.getByText("read-only", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Save table" })).toHaveCount(0);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    expect((await download).suggestedFilename()).toBe("AnnData_ROI_table.csv");
    await expect(page.getByRole("button", { name: "Run", exact: true })).toBeDisabled();
  });
});

test("a chunk refused with 403 is a missing one; one that does not decode is marked and told", async ({
  page,
}) => {
  await withServer(
    { missing: "403", troubles: new Map([["0/0/0/0", { kind: "spoiled" }]]) },
    async ({ url }, entries) => {
      for (const key of entries.keys()) if (key.endsWith("0/0/2/2")) entries.delete(key);
      await page.goto(`/?source=${url}`);
      await settled(page);
      const messages = page.getByRole("log", { name: "Messages" });
      await expect(messages).toContainText("chunk 0/0/0/0");
      await expect(messages).not.toContainText("0/0/2/2");
      await expect(messages).not.toContainText("labels");
      await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
    },
  );
});

const refusals: readonly (readonly [string, ServerManners, string, RegExp])[] = [
  ["nothing there", {}, "/nowhere", /neither zarr\.json nor/],
  ["a page instead of a 404", { missing: "page" }, "/nowhere", /web page/],
  ["no CORS", { cors: false }, "", /CORS/],
];
for (const [name, manners, path, sentence] of refusals) {
  test(`says what is wrong: ${name}`, async ({ page }) => {
    await withServer(manners, async ({ url }) => {
      await page.goto("/");
      await page.getByRole("textbox", { name: "URL" }).fill(`${url}${path}`);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert")).toContainText(sentence);
      await expect(page.getByRole("button", { name: "Open demo plate" })).toBeVisible();
    });
  });
}

test("a Zarr that is no OME-Zarr, and one that lacks a level, are told apart", async ({ page }) => {
  await withServer({}, async ({ url }, entries) => {
    entries.set("plain/.zgroup", text({ zarr_format: 2 }));
    entries.set("plain/.zattrs", text({ hello: 1 }));
    await page.goto(`/?source=${url}/plain`);
    await expect(page.getByRole("alert")).toContainText("not an OME-Zarr");
  });
});

test("rows that cannot be used are kept and marked", async ({ page }) => {
  await withServer({}, async ({ url }, entries) => {
    const rows = [
      "FieldIndex,x_micrometer,y_micrometer,z_micrometer,len_x_micrometer,len_y_micrometer,len_z_micrometer",
      "good,0,0,0,50,50,1",
      "negative,60,60,0,-5,20,1",
      "nowhere,,60,0,20,20,1",
      "twice,60,60,0,20,20,1",
      "twice,90,90,0,20,20,1",
      "outside,9000,0,0,20,20,1",
    ].join("\n");
    const key = [...entries.keys()].find((name) => name.endsWith("FOV_ROI_table/table.csv")) ?? "";
    entries.set(key, new TextEncoder().encode(rows));
    await page.goto(`/?source=${url}`);
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "7");
    for (const name of ["negative", "nowhere", "twice", "outside"])
      await expect(roiRow(page, name).first()).toHaveAttribute("data-invalid", "true");
    await expect(roiRow(page, "good")).toHaveAttribute("data-invalid", "false");
    await expect(page.getByRole("log", { name: "Messages" })).toContainText("5 ROIs need a look");
  });
});

test("an image of a collection is chosen from a list, kept by its link, and left for the others", async ({
  page,
}) => {
  const entries = new Map<string, Uint8Array>([
    [".zgroup", text({ zarr_format: 2 })],
    [".zattrs", text({ "bioformats2raw.layout": 3 })],
    ["OME/.zattrs", text({ series: ["0", "1"] })],
  ]);
  for (const [key, bytes] of await nucleiImage())
    for (const series of ["0", "1"]) entries.set(`${series}/${key.replace(/^\//, "")}`, bytes);
  await using server = await serveEntries(entries);
  const place = page.getByRole("navigation", { name: "Place" });
  const second = page.getByRole("button", { name: "1", exact: true });
  await page.goto(`/?source=${server.url}`);
  await expect(page.getByText("2 images. Choose one to open it.")).toBeVisible();
  await second.click();
  await settled(page);
  await expect(place).toContainText("› 1");
  await expect(page).toHaveURL(/inside=1(&|$)/);

  await page.reload();
  await settled(page);
  await expect(place).toContainText("› 1");
  await place.getByRole("button").click();
  await expect(second).toBeVisible();
  await page.goBack();
  await settled(page);
  await expect(place).toContainText("› 1");
});
