/** Which backend reads a table, and what is said where none does. */
import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import { type Entries, FTC, layoutV2, putFovTable, storeOf } from "../testing/anndata-store.ts";
import { encodeTable } from "./encode-table.ts";
import { readTable } from "./read-table.ts";

const PATH = "tables/FOV_ROI_table";

describe("backends", () => {
  it.each([
    [{ backend: "parquet" }, "unsupported", /"parquet"/],
    [{ backend: "json" }, "unsupported", /"json"/],
    [{ backend: "csv" }, "missing", /no file table\.csv/],
  ] as const)("a table of %j that cannot be read says so", async (attributes, tag, says) => {
    const entries: Entries = new Map();
    layoutV2(entries).group(PATH, attributes);
    const reading = readTable(storeOf(entries), PATH, 2);
    await expect(reading).rejects.toSatisfy(
      (error) => isFault(error, tag) && says.test(error.message),
    );
  });

  it.each(["anndata", "anndata_v1", "annadata", undefined])("%s is AnnData", async (backend) => {
    const entries: Entries = new Map();
    const attributes = { ...FTC.attributes, ...(backend ? { backend } : {}) };
    await putFovTable(layoutV2(entries), PATH, { ...FTC, attributes });
    const table = await readTable(storeOf(entries), PATH, 2);
    expect(table.backend).toBe("anndata");
    expect((await encodeTable(table)).size).toBe(table.origin?.files.size);
  });
});
