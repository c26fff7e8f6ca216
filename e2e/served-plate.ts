/** A plate of six wells behind a server, on the page until it is whole. */
import { expect, type Locator, type Page } from "@playwright/test";
import { openImage } from "../src/ome/open-image.ts";
import { createTable } from "../src/table/create-table.ts";
import type { Column, Table } from "../src/table/table.ts";
import { makeNucleiPlate } from "../src/testing/nuclei-plate.ts";
import { addLabel } from "../src/testing/write-pixels.ts";
import { MemoryStore } from "../src/zarr/memory-store.ts";
import { type ServerManners, serveEntries, type TestServer } from "./server.ts";

/** What a server has, by key; the keys of the plate begin with "/". */
export type Entries = Map<string, Uint8Array<ArrayBuffer>>;

/** A plate of six wells behind a server. @param change what is otherwise than it would be */
export async function servedPlate({
  labelled = false,
  change = () => {},
  ...manners
}: ServerManners & {
  readonly labelled?: boolean;
  readonly change?: (entries: Entries) => void;
} = {}) {
  const entries: Entries = new Map();
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
  change(entries);
  return serveEntries(entries, manners);
}

/** Whether a key is that of pixels of an image of the plate. */
export const isChunk = (key: string): boolean =>
  /^[BC]\/\d+\/0\/0\/\d+\/\d+\/\d+$|^[BC]\/\d+\/0\/0\/[\d.]+$/.test(key);

/** Waits until every well that is in view is there. */
export async function whole(page: Page) {
  const plate = page.getByRole("region", { name: "Plate" });
  await expect(plate).toHaveAttribute("aria-busy", "false");
  return plate;
}

/** Opens it as a whole. */
export async function withPlate(
  page: Page,
  use: (server: TestServer, plate: Locator) => Promise<void>,
  options?: Parameters<typeof servedPlate>[0],
): Promise<void> {
  await using server = await servedPlate(options);
  await page.goto(`/?source=${server.url}`);
  await use(server, await whole(page));
}
