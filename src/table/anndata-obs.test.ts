/** Columns of obs in each encoding of AnnData: read, kept through new rows, or changed into what can hold their values. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../base/json.ts";
import { type Entries, layoutV2, texts } from "../testing/anndata-store.ts";
import {
  again,
  numbers,
  PATH,
  read,
  WRITERS,
  type Writer,
  written,
} from "../testing/anndata-writers.ts";
import { withColumn, withRows } from "./columns.ts";
import { encodeTable } from "./encode-table.ts";
import type { Column } from "./table.ts";

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
