/** Plates that are not all alike: wells that are stored otherwise, hold nothing, are not there, or cannot be shown yet. */
import { expect, test } from "@playwright/test";
import { type Entries, servedPlate, whole, withPlate } from "./served-plate.ts";

function changeJson(entries: Entries, key: string, change: (text: string) => string): void {
  const text = new TextDecoder().decode(entries.get(key));
  entries.set(key, new TextEncoder().encode(change(text)));
}

function changeWells(entries: Entries): void {
  for (const [key, bytes] of [...entries]) {
    if (key.startsWith("/B/05/") || /^\/C\/03\/0\/0\/\d/.test(key)) entries.delete(key);
    if (/^\/C\/04\/0\/0\/\d/.test(key))
      entries.set(
        key,
        Uint8Array.from(new Uint16Array(bytes.slice().buffer), (v) => v / 8),
      );
    if (key.startsWith("/C/05/0/0/")) {
      entries.set(key.replace("/C/05/0/0/", "/C/05/0/s0/"), bytes);
      entries.delete(key);
    }
  }
  changeJson(entries, "/C/04/0/0/.zarray", (text) => text.replace("<u2", "|u1"));
  changeJson(entries, "/C/05/0/.zattrs", (text) => text.replace('"path": "0"', '"path": "s0"'));
}

test("wells that are unlike the first one are seen as they are, and bare ones told apart at one request each", async ({
  page,
}) => {
  let served: Entries = new Map();
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await withPlate(
    page,
    async (server, plate) => {
      const well = (name: string) => plate.getByRole("button", { name: `Well ${name}` });
      await expect(well("C04")).toHaveAttribute(
        "title",
        "Well C04: unlike the first well: its pixels are uint8 and not uint16 at level 0",
      );
      await expect(well("B05")).toHaveAttribute("title", /absent/);
      for (const name of ["C03", "C05"]) await expect(well(name)).toHaveAttribute("title", /empty/);
      await expect(plate.getByText("could not be read")).toBeHidden();
      for (const path of ["B/05", "C/03"])
        expect(server.requests.filter((key) => key.startsWith(`${path}/.`))).toHaveLength(1);

      // Pointed at, an empty one is looked at closer.
      const box = await well("C05").boundingBox();
      if (!box) throw new Error("The well has no place");
      const clip = { x: box.x + 20, y: box.y + 20, width: box.width - 40, height: box.height - 40 };
      const bare = await page.screenshot({ clip });
      await well("C05").hover();
      await expect(well("C05")).toHaveAttribute(
        "title",
        "Well C05: unlike the first well: its array is called s0 and not 0 at level 0",
      );
      await whole(page);
      expect((await page.screenshot({ clip })).equals(bare)).toBe(false);

      // One that has come since is there by one press.
      for (const [key, bytes] of [...served])
        if (key.startsWith("/B/03/")) served.set(key.replace("B/03", "B/05"), bytes);
      await well("B05").click();
      await expect(well("B05")).toHaveAttribute("title", "Well B05");
    },
    {
      change: (entries) => {
        served = entries;
        changeWells(entries);
      },
      missing: "page",
    },
  );
  expect(errors).toEqual([]);
});

test("what was found out about wells of which nothing is stored is known when the plate is opened again", async ({
  page,
}) => {
  const bare = /^\/C\/05\/|^\/C\/03\/0\/0\/\d/;
  await withPlate(
    page,
    async (server, plate) => {
      const well = (name: string) => plate.getByRole("button", { name: `Well ${name}` });
      await expect(well("C05")).toHaveAttribute("title", /absent/);
      const before = server.requests.length;
      await page.reload();
      await whole(page);
      await expect(well("C05")).toHaveAttribute("title", /absent/);
      await expect(well("C03")).toHaveAttribute("title", /empty/);
      expect(server.requests.slice(before).filter((key) => /^C\//.test(key))).toEqual([]);
    },
    {
      latency: 50,
      change: (entries) => {
        for (const key of [...entries.keys()]) if (bare.test(key)) entries.delete(key);
      },
    },
  );
});

test("a plate of which no well can be shown, or whose page did not load, is tried again by one press", async ({
  page,
}) => {
  const kept: Entries = new Map();
  let served: Entries = new Map();
  await using server = await servedPlate({
    change: (entries) => {
      served = entries;
      for (const [key, bytes] of entries)
        if (/^\/[BC]\/\d+\/\.zattrs$/.test(key)) kept.set(key, bytes);
      for (const key of kept.keys()) entries.delete(key);
    },
  });
  await page.route(/\/plate-page-[^/]*\.js$/, (route) => route.abort());
  await page.goto(`/?source=${server.url}`);
  await expect(page.getByRole("alert")).toContainText("This part of the page did not load");
  await page.unroute(/\/plate-page-[^/]*\.js$/);
  await page.getByRole("button", { name: "Try again" }).click();

  await expect(page.getByRole("alert")).toContainText("No well can be shown");
  for (const [key, bytes] of kept) served.set(key, bytes);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect((await whole(page)).getByRole("button", { name: /^Well / })).toHaveCount(6);
});
