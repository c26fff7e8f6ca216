/** AnnData tables as other tools write them: read, and written back byte for byte but for what changed. */
import { describe, expect, it } from "vitest";
import { listAt } from "../base/json.ts";
import { layoutV2, texts } from "../testing/anndata-store.ts";
import {
  again,
  numbers,
  PATH,
  read,
  stored,
  WRITERS,
  written,
} from "../testing/anndata-writers.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { withColumn, withRows } from "./columns.ts";
import { encodeTable } from "./encode-table.ts";
import type { Column, Table } from "./table.ts";

/** The keys whose bytes are not those that were read. */
async function changedKeys(table: Table): Promise<string[]> {
  const read = table.origin?.files ?? new Map();
  const files = await encodeTable(table);
  const keys = new Set([...read.keys(), ...files.keys()]);
  return [...keys].filter((key) => read.get(key) !== files.get(key)).sort();
}

describe.each(WRITERS)("a table of $name", (writer) => {
  it("is read", async () => {
    const table = await read(await written(writer), writer);
    expect(table.index).toEqual({
      name: writer.fov.index === "_index" ? undefined : "FieldIndex",
      values: ["FOV_1", "FOV_2", "FOV_3"],
    });
    expect(numbers(table, "x_micrometer")).toEqual({
      kind: "number",
      values: Float64Array.of(0, 416, 832),
      dtype: writer.fov.dtype,
    });
    expect([...table.columns.keys()].at(-1)).toBe("len_z_micrometer");
    expect(table.readOnly).toBeUndefined();
  });

  it("keeps every byte while nothing changes, rebuilt columns or not", async () => {
    const table = await read(await written(writer), writer);
    expect(await changedKeys(table)).toEqual([]);
    expect(await changedKeys(withRows(table, Int32Array.of(0, 1, 2)))).toEqual([]);
  });

  it("says which of its groups do not say what they are, and leaves them so", async () => {
    const entries = await written(writer);
    expect(await read(entries, writer)).not.toHaveProperty("oddities");
    const saying = (path: string, encoding?: string): void => {
      const key = `/${path}/${writer.format === 2 ? ".zattrs" : "zarr.json"}`;
      const document = JSON.parse(new TextDecoder().decode(entries.get(key)));
      const { "encoding-type": _, ...others } = document.attributes ?? document;
      const attributes = encoding === undefined ? others : { ...others, "encoding-type": encoding };
      entries.set(key, jsonBytes(document.attributes ? { ...document, attributes } : attributes));
    };
    saying(PATH);
    saying(`${PATH}/obs`);
    saying(`${PATH}/var`, "dict");
    const table = await read(entries, writer);
    expect(table.oddities).toEqual([
      `${PATH} does not say that it is stored as "anndata": anndata and ngio read it all the same`,
      `${PATH}/obs does not say that it is stored as "dataframe": anndata and ngio read it without its names`,
      `${PATH}/var says that it is stored as "dict", not "dataframe": anndata and ngio may not read it`,
    ]);
    expect(table.index.values).toEqual(["FOV_1", "FOV_2", "FOV_3"]);
    expect(await changedKeys(withRows(table, Int32Array.of(0, 1, 2)))).toEqual([]);
    expect((await again(table)).oddities).toEqual(table.oddities);
  });

  it("has X alone put anew when a number changes", async () => {
    const table = await read(await written(writer), writer);
    const x = { ...numbers(table, "x_micrometer"), values: Float64Array.of(0, 400.5, 832) };
    const edited = withColumn(table, "x_micrometer", x);
    expect(await changedKeys(edited)).toEqual(
      writer.format === 2 ? ["X/0.0"] : ["X/c/0/0", "X/zarr.json"],
    );
    const back = await again(edited);
    expect(numbers(back, "x_micrometer")).toEqual(x);
    expect(numbers(back, "y_micrometer")).toEqual(numbers(table, "y_micrometer"));
  });

  it("takes and gives rows, keeps its types and its codecs, and stays one chunk", async () => {
    const entries = await written(writer);
    const table = await read(entries, writer);
    const rows = withRows(table, Int32Array.of(2, 0, -1, 1));
    const edited = { ...rows, index: { ...rows.index, values: ["c", "a", "naïve", "b"] } };
    const back = await again(edited);
    expect(back.index).toEqual(edited.index);
    expect(numbers(back, "x_micrometer").values).toEqual(Float64Array.of(832, 0, NaN, 416));
    expect(numbers(back, "x_micrometer").dtype).toBe(writer.fov.dtype);
    const metadata = `X/${writer.format === 2 ? ".zarray" : "zarr.json"}`;
    const document = await stored(await encodeTable(edited), metadata);
    expect(document["shape"]).toEqual([4, 6]);
    const grid = document["chunk_grid"] ?? { configuration: { chunk_shape: document["chunks"] } };
    expect(grid).toMatchObject({ configuration: { chunk_shape: [4, 6] } });
    if (writer.format === 2) expect(document["compressor"]).toMatchObject({ cname: "lz4" });
    else expect(listAt(document, "codecs")).toMatchObject([{ name: "bytes" }, { name: "zstd" }]);
  });

  it("holds no rows at all and is read again", async () => {
    const table = await read(await written(writer), writer);
    const back = await again(withRows(table, new Int32Array()));
    expect(back.index.values).toEqual([]);
    expect([...back.columns.keys()]).toEqual([...table.columns.keys()]);
    expect(numbers(back, "x_micrometer").values).toEqual(new Float64Array());
  });

  it("puts a new column last in obs", async () => {
    const table = await read(await written(writer), writer);
    const note: Column = { kind: "text", values: ["a", "b", "a"], categorical: false };
    const edited = withColumn(table, "note", note);
    const back = await again(edited);
    expect(back.columns.get("note")).toEqual(note);
    expect(await changedKeys(edited)).not.toContain("X/0.0");
  });
});

describe("what lies around", () => {
  it("a chunk that is not there is fill", async () => {
    const [writer] = WRITERS;
    const entries = await written(writer);
    entries.delete(`/${PATH}/X/0.0`);
    expect(numbers(await read(entries, writer), "x_micrometer").values).toEqual(
      new Float64Array(3),
    );
  });

  it("copies of metadata go once what they copy changes, and not before", async () => {
    const [writer] = WRITERS;
    const entries = await written(writer);
    entries.set(`/${PATH}/.zmetadata`, jsonBytes({ metadata: { "X/.zarray": {} } }));
    const table = await read(entries, writer);
    const x = { ...numbers(table, "x_micrometer"), values: Float64Array.of(1, 2, 3) };
    expect(await encodeTable(withColumn(table, "x_micrometer", x))).toHaveProperty(
      "size",
      table.origin?.files.size,
    );
    expect((await encodeTable(withRows(table, Int32Array.of(0)))).has(".zmetadata")).toBe(false);
  });

  it("copies in a v3 group go too", async () => {
    const writer = WRITERS[1];
    const entries = await written(writer);
    const key = `/${PATH}/zarr.json`;
    const group = await stored(entries, key);
    entries.set(key, jsonBytes({ ...group, consolidated_metadata: { metadata: {} } }));
    const table = await read(entries, writer);
    const document = await stored(
      await encodeTable(withRows(table, Int32Array.of(0))),
      "zarr.json",
    );
    expect(document).toEqual(group);
  });

  it("a sparse X is told apart", async () => {
    const [writer] = WRITERS;
    const entries = await written(writer);
    const sparse = { "encoding-type": "csr_matrix", "encoding-version": "0.1.0" };
    entries.set(`/${PATH}/X/.zattrs`, jsonBytes(sparse));
    await expect(read(entries, writer)).rejects.toThrow(/X is stored as "csr_matrix"/);
  });

  it("rows that do not fit are told", async () => {
    const [writer] = WRITERS;
    const entries = await written(writer);
    await layoutV2(entries).array(`${PATH}/obs/_index`, texts(["a"]));
    await expect(read(entries, writer)).rejects.toThrow(
      /"x_micrometer" of .* has 3 rows, its index 1/,
    );
  });
});

describe("a new table", () => {
  it.each([2, 3] as const)("is read as it was, Zarr v%i", async (zarrFormat) => {
    const columns = new Map<string, Column>([
      ["x", { kind: "number", values: Float64Array.of(1.5, NaN), dtype: "float64" }],
      ["n", { kind: "number", values: Float64Array.of(3, 4), dtype: "int64" }],
      ["t", { kind: "text", values: ["é", ""], categorical: false }],
      ["c", { kind: "text", values: ["a", undefined], categorical: true }],
      ["b", { kind: "bool", values: [true, false] }],
    ]);
    const table: Table = {
      path: PATH,
      zarrFormat,
      backend: "anndata",
      attributes: { type: "generic_table", "encoding-type": "anndata" },
      index: { name: "id", values: ["p", "q"] },
      columns,
    };
    const { origin, ...back } = await again(table);
    expect(back).toEqual(table);
    expect(origin?.files.has(zarrFormat === 2 ? "X/0.0" : "X/c/0/0")).toBe(true);
  });
});
