/** A table of very many rows is opened without the page decoding its numbers. */
import { expect, test } from "vitest";
import { sourceOver, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { type Decode, decodeChunk } from "../zarr/decode.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { openSource } from "./open.ts";
import { createSession } from "./session.ts";

/** Opens a table of so many rows. */
async function opened(rows: number) {
  const store = new MemoryStore();
  await smallImage(store);
  const names = Array.from({ length: rows }, (_, i) => `roi_${i}`);
  await putRois(store, "FOV_ROI_table", { backend: "anndata", names });
  const away: string[] = [];
  const decode: Decode = (array, bytes, options) => {
    away.push(array.path);
    const given = structuredClone(bytes, { transfer: [bytes.buffer] });
    return decodeChunk(array, given, options);
  };
  const services = { ...testServices(), decode };
  const session = createSession(services);
  await openSource(session, sourceOver(store, services));
  return { away, ...session.rois.getState() };
}

test("many numbers are decoded where chunks are, and come as they were stored", async () => {
  const { away, document, table } = await opened(20_000);
  expect(away).toEqual(["tables/FOV_ROI_table/X"]);
  const { bounds, names } = document.rois.base;
  expect([...bounds.subarray(6 * 19_999)]).toEqual([0, 0, 399_980, 1, 10, 399_990]);
  expect(names.at(-1)).toBe("roi_19999");
  // What was given away is kept for the save all the same.
  const chunk = table?.origin?.files.get("X/0.0");
  expect(chunk?.length).toBeGreaterThan(0);
});

test("a few are decoded at once", async () => {
  const { away, document } = await opened(3);
  expect(away).toEqual([]);
  expect(document.rois.base.names).toHaveLength(3);
});
