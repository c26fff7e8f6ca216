/** AnnData tables as other tools write them: read, and written back byte for byte but for what changed. */
import { describe, expect, it } from "vitest";
import { type JsonObject, listAt } from "../base/json.ts";
import {
  type Entries,
  FTC,
  layoutV2,
  layoutV3,
  NGIO,
  putFovTable,
  storeOf,
  texts,
} from "../testing/anndata-store.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { withColumn, withRows } from "./columns.ts";
import { encodeTable } from "./encode-table.ts";
import { readTable } from "./read-table.ts";
import type { Column, NumberColumn, Table } from "./table.ts";

const PATH = "tables/FOV_ROI_table";

/** Each way other tools write the same table. */
const WRITERS = [
  { name: "fractal-tasks-core, Zarr v2", format: 2, layout: layoutV2, fov: FTC },
  { name: "ngio, Zarr v3 in shards", format: 3, layout: layoutV3, fov: NGIO },
] as const;

type Writer = (typeof WRITERS)[number];

async function written({ layout, fov }: Writer): Promise<Entries> {
  const entries: Entries = new Map();
  await putFovTable(layout(entries), PATH, fov);
  return entries;
}

const read = (entries: Entries, { format }: Pick<Writer, "format">): Promise<Table> =>
  readTable(storeOf(entries), PATH, format);

/** The table's files as if they had been saved, read again. */
async function again(table: Table): Promise<Table> {
  const files = await encodeTable(table);
  const entries: Entries = new Map([...files].map(([key, bytes]) => [`/${PATH}/${key}`, bytes]));
  return readTable(storeOf(entries), PATH, table.zarrFormat);
}

function numbers(table: Table, name: string): NumberColumn {
  const column = table.columns.get(name);
  if (column?.kind !== "number") throw new Error(`${name} holds no numbers`);
  return column;
}

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

async function stored(files: ReadonlyMap<string, Uint8Array>, key: string): Promise<JsonObject> {
  const document = await readJson(
    storeOf(new Map([["/k", Uint8Array.from(files.get(key) ?? [])]])),
    "/k",
  );
  return document ?? {};
}

describe("columns of obs", () => {
  const columns = ["group", "count", "flag", "note", "size"];

  /** One column of each encoding, three rows, some of them missing. */
  async function withEncodings(writer: Writer): Promise<Entries> {
    const entries = await written(writer);
    const layout = writer.layout(entries);
    const obs = `${PATH}/obs`;
    const group = (name: string, encoding: string, version: string, more: JsonObject = {}): void =>
      layout.group(`${obs}/${name}`, {
        "encoding-type": encoding,
        "encoding-version": version,
        ...more,
      });
    const bools = (...values: number[]) =>
      ({ dtype: "bool", shape: [3], data: Uint8Array.from(values), encoding: "array" }) as const;
    const ints = (...values: bigint[]) =>
      ({
        dtype: "int64",
        shape: [3],
        data: BigInt64Array.from(values),
        encoding: "array",
      }) as const;
    layout.group(obs, {
      _index: writer.fov.index,
      "column-order": columns,
      "encoding-type": "dataframe",
      "encoding-version": "0.2.0",
    });
    group("group", "categorical", "0.2.0", { ordered: true });
    await layout.array(`${obs}/group/categories`, texts(["low", "high"]));
    const codes = Int8Array.of(1, -1, 0);
    await layout.array(`${obs}/group/codes`, {
      dtype: "int8",
      shape: [3],
      data: codes,
      encoding: "array",
    });
    group("count", "nullable-integer", "0.1.0");
    await layout.array(`${obs}/count/values`, ints(7n, 1n, 9n));
    await layout.array(`${obs}/count/mask`, bools(0, 1, 0));
    group("flag", "nullable-boolean", "0.1.0");
    await layout.array(`${obs}/flag/values`, bools(1, 1, 0));
    await layout.array(`${obs}/flag/mask`, bools(0, 1, 0));
    group("note", "nullable-string-array", "0.1.0", { "na-value": "NaN" });
    await layout.array(`${obs}/note/values`, texts(["p", "", "q"]));
    await layout.array(`${obs}/note/mask`, bools(0, 1, 0));
    await layout.array(`${obs}/size`, ints(5n, 6n, 7n));
    return entries;
  }

  it.each(WRITERS)("are read in each encoding: $name", async (writer) => {
    const table = await read(await withEncodings(writer), writer);
    expect([...table.columns.keys()].slice(6)).toEqual(columns);
    expect(table.columns.get("group")).toEqual({
      kind: "text",
      values: ["high", undefined, "low"],
      categorical: true,
    });
    expect(table.columns.get("count")).toMatchObject({
      values: Float64Array.of(7, NaN, 9),
      dtype: "int64",
    });
    expect(table.columns.get("flag")).toEqual({ kind: "bool", values: [true, undefined, false] });
    expect(table.columns.get("note")?.values).toEqual(["p", undefined, "q"]);
    expect(table.columns.get("size")).toMatchObject({ dtype: "int64" });
  });

  it.each(WRITERS)("keep their encoding through new rows: $name", async (writer) => {
    const table = await read(await withEncodings(writer), writer);
    const edited = withRows(table, Int32Array.of(0, 2, -1));
    const files = await encodeTable(edited);
    const back = await again(edited);
    for (const name of ["group", "count", "flag", "note"])
      expect(back.columns.get(name)).toEqual(edited.columns.get(name));
    expect(back.columns.get("size")).toMatchObject({
      dtype: "float64",
      values: Float64Array.of(5, 7, NaN),
    });
    const kept =
      writer.format === 2
        ? ["obs/group/.zattrs", "obs/group/categories/0"]
        : ["obs/group/zarr.json", "obs/group/categories/c/0"];
    for (const key of kept) expect(files.get(key)).toBe(table.origin?.files.get(key) ?? key);
  });

  it("become what can hold them", async () => {
    const [writer] = WRITERS;
    const table = await read(await withEncodings(writer), writer);
    const size = { ...numbers(table, "size"), values: Float64Array.of(5.5, 6, 7) };
    const group: Column = { kind: "text", values: ["mid", "low", "low"], categorical: true };
    const back = await again(withColumn(withColumn(table, "size", size), "group", group));
    expect(back.columns.get("size")).toEqual({ ...size, dtype: "float64" });
    expect(back.columns.get("group")).toEqual(group);
  });

  it("of an encoding that cannot be read make the table read-only, and no less readable", async () => {
    const [writer] = WRITERS;
    const entries = await withEncodings(writer);
    const name = { "encoding-type": "awkward-array", "encoding-version": "0.1.0" };
    layoutV2(entries).group(`${PATH}/obs/note`, name);
    const table = await read(entries, writer);
    expect(table.readOnly).toMatch(/obs\/note is stored as "awkward-array"/);
    expect(table.columns.has("note")).toBe(false);
    expect(table.columns.has("size")).toBe(true);
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
