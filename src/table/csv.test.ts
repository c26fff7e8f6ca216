/** CSV tables: every cell read as what it says, and written back as it stood. */
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { type Entries, layoutV2, storeOf } from "../testing/anndata-store.ts";
import type { Store } from "../zarr/store.ts";
import { withColumn, withRows } from "./columns.ts";
import {
  type CsvCells,
  cellsOf,
  LETTERS_A_STEP,
  ROWS_A_STEP,
  rawCell,
  textOfCell,
} from "./csv-cells.ts";
import { CSV_FILE, readCsv } from "./csv-read.ts";
import { encodeCsv } from "./csv-write.ts";
import { readTable } from "./read-table.ts";
import type { Column, Table } from "./table.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const KEYED = { index_key: "FieldIndex", index_type: "str" };

function tableOf(text: string, attributes: Table["attributes"] = KEYED): Table {
  const bytes = bytesOf(text);
  const indexKey =
    typeof attributes["index_key"] === "string" ? attributes["index_key"] : undefined;
  return {
    path: "tables/t",
    zarrFormat: 2,
    backend: "csv",
    attributes,
    ...finished(readCsv(bytes, indexKey, "tables/t/table.csv")),
    origin: { files: new Map([[CSV_FILE, bytes]]) },
  };
}

function textOf(table: Table): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    finished(encodeCsv(table)).get(CSV_FILE),
  );
}

function textsIn(cells: CsvCells): string[][] {
  const cell = (k: number): string => textOfCell(rawCell(cells, k)) ?? "";
  return Array.from({ length: cells.rows + 1 }, (_, row) =>
    Array.from({ length: cells.width }, (_, c) => cell(row * cells.width + c)),
  );
}

const NGIO = `"FieldIndex","x_micrometer","plate_name","row","ok","note"
"FOV_1",0,"01","A",true,"said ""no"""
"FOV_2",416.5,"02",,false,
"03",5.0,"x","B",,"a,b"
`;

describe("reading", () => {
  it("types columns by what their cells say without quotes", () => {
    const { index, columns } = tableOf(NGIO);
    expect(index).toEqual({ name: "FieldIndex", values: ["FOV_1", "FOV_2", "03"] });
    expect([...columns.keys()]).toEqual(["x_micrometer", "plate_name", "row", "ok", "note"]);
    expect(columns.get("x_micrometer")).toEqual({
      kind: "number",
      values: Float64Array.of(0, 416.5, 5),
      dtype: "float64",
    });
    expect(columns.get("plate_name")?.values).toEqual(["01", "02", "x"]);
    expect(columns.get("row")?.values).toEqual(["A", undefined, "B"]);
    expect(columns.get("ok")).toEqual({ kind: "bool", values: [true, false, undefined] });
    expect(columns.get("note")?.values).toEqual(['said "no"', undefined, "a,b"]);
  });

  it("keeps digits with a leading zero as text, and whole numbers as whole", () => {
    const { index, columns } = tableOf("FieldIndex,field,n,e\n01,01,7,\n02,02,,\n");
    expect(index.values).toEqual(["01", "02"]);
    expect(columns.get("field")?.values).toEqual(["01", "02"]);
    expect(columns.get("n")).toMatchObject({ dtype: "int64", values: Float64Array.of(7, NaN) });
    expect(columns.get("e")).toMatchObject({ dtype: "float64", values: Float64Array.of(NaN, NaN) });
  });

  it.each([
    ["the column the key names, wherever it stands", "x,label\n1,7\n", "label", "label", ["7"]],
    ["the first column where the key names none", "name,x\na,1\n", "FieldIndex", "name", ["a"]],
    ["an unnamed first column", ",x\na,1\n", undefined, undefined, ["a"]],
    ["row numbers where there is no index", "drug,x\nDMSO,1\n", undefined, undefined, ["0"]],
  ])("takes row names from %s", (_, text, key, name, values) => {
    expect(finished(readCsv(bytesOf(text), key, "f")).index).toEqual({ name, values });
  });

  it.each([
    ["a,b\n1,2,3\n", /3 cells in row 1, where its header names 2/],
    ['a\n"open\n', /never closed/],
    ["", /no header/],
    ["i,a,a\n1,2,3\n", /"a" twice/],
  ])("says what is wrong with %j", (text, sentence) => {
    expect(() => finished(readCsv(bytesOf(text), "i", "tables/t/table.csv"))).toThrow(sentence);
  });

  it("stops in the middle once nobody waits any more", async () => {
    const entries: Entries = new Map();
    layoutV2(entries).group("tables/t", { backend: "csv" });
    const rows = Array.from({ length: 200_000 }, (_, i) => `r${i},${i},t${i}`);
    entries.set(`/tables/t/${CSV_FILE}`, bytesOf(`FieldIndex,n,t\n${rows.join("\n")}`));
    const stored = storeOf(entries);
    const stopping = new AbortController();
    const store: Store = {
      spec: stored.spec,
      get: async (key) => {
        const bytes = await stored.get(key);
        if (key.endsWith(CSV_FILE)) stopping.abort();
        return bytes;
      },
      getRange: (key, range) => stored.getRange(key, range),
    };
    const reading = readTable(store, "tables/t", 2, { signal: stopping.signal });
    await expect(reading).rejects.toMatchObject({ tag: "aborted" });
  });

  it("refuses bytes that are no UTF-8", () => {
    expect(() => finished(readCsv(Uint8Array.of(0x61, 0xff), undefined, "f"))).toThrow("not UTF-8");
  });
});

describe("writing back", () => {
  it.each([
    ["ngio's", NGIO],
    ["pandas', without quotes", "FieldIndex,x,ok\nFOV_1,5,True\nFOV_2,5.0,False\n"],
    ["CRLF without a last newline", "FieldIndex,x\r\nFOV_1,1e3\r\nFOV_2,.5"],
    ["mixed line ends and an empty line", "FieldIndex,x\r\nFOV_1,1\n\nFOV_2,2\n"],
    ["a byte order mark", "\ufeffFieldIndex,x\nFOV_1,+1\n"],
    ["an unnamed index with holes", ",x\na,nan\n,-inf\n"],
    ["header only", "FieldIndex,x\n"],
  ])("gives the same bytes for an unchanged file: %s", (_, text) => {
    const table = tableOf(text, text.startsWith(",") ? {} : KEYED);
    expect(finished(encodeCsv(table)).get(CSV_FILE)).toEqual(bytesOf(text));
    const rebuilt = withRows(table, Int32Array.from(table.index.values.keys()));
    expect(finished(encodeCsv(rebuilt)).get(CSV_FILE)).toEqual(bytesOf(text));
  });

  it("writes only the cell that changed", () => {
    const table = tableOf(NGIO);
    const moved = { ...table.columns.get("x_micrometer"), values: Float64Array.of(0, 417, 5) };
    expect(textOf(withColumn(table, "x_micrometer", moved as Column))).toBe(
      NGIO.replace("416.5", "417"),
    );
  });

  it("takes rows away and adds empty ones in the file's own manner", () => {
    const table = withRows(
      tableOf("FieldIndex,n,ok,t\r\na,5.0,True,p\r\nb,6,False,q"),
      Int32Array.of(1, -1),
    );
    const named = { ...table, index: { ...table.index, values: ["b", "new"] } };
    const truth: Column = { kind: "bool", values: [false, true] };
    expect(textOf(withColumn(named, "ok", truth))).toBe(
      "FieldIndex,n,ok,t\r\nb,6,False,q\r\nnew,,True,",
    );
  });

  it("puts new columns last", () => {
    const z: Column = { kind: "number", values: Float64Array.of(1), dtype: "float64" };
    expect(textOf(withColumn(tableOf("FieldIndex,x\na,5\n"), "z", z))).toBe(
      'FieldIndex,x,"z"\na,5,1\n',
    );
  });
});

describe("any file", () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "0", "1", '"', ",", "\n", " ", "é", ".") }),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
    fc.constantFrom("true", "", "01"),
  );
  const grid = fc
    .record({ width: fc.integer({ min: 2, max: 4 }), height: fc.integer({ min: 1, max: 5 }) })
    .chain(({ width, height }) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );

  it("is cut into the cells that Papa Parse finds", () => {
    fc.assert(
      fc.property(grid, fc.boolean(), fc.constantFrom("\n", "\r\n"), (rows, quotes, newline) => {
        const text = Papa.unparse(rows, { quotes, newline });
        const found = textsIn(finished(cellsOf(bytesOf(text), "f")));
        expect(found).toEqual(Papa.parse(text, { newline, delimiter: "," }).data);
      }),
    );
  });

  it("is cut into the same cells whether its letters are bytes or code units", () => {
    const ascii = fc.string({ unit: fc.constantFrom("a", "0", '"', ",", "\n", "\r", ".") });
    fc.assert(
      fc.property(ascii, fc.constantFrom("é", "細胞", "🔬"), (text, mark) => {
        const shown = (letters: string): unknown => {
          try {
            const cells = finished(cellsOf(bytesOf(letters), "f"));
            return [...textsIn(cells), cells.newline, cells.trailing];
          } catch (error) {
            return String(error);
          }
        };
        // A cell of its own before all others, as long in letters.
        const plain = shown(`${"x".repeat(mark.length)},${text}`);
        const marked = shown(`${mark},${text}`);
        const again = JSON.stringify(marked).replace(mark, "x".repeat(mark.length));
        expect(again).toBe(JSON.stringify(plain));
      }),
      { numRuns: 1000 },
    );
  });

  it("is cut into the same cells wherever one step ends and the next begins", () => {
    const long = fc.integer({ min: LETTERS_A_STEP - 24, max: LETTERS_A_STEP });
    fc.assert(
      fc.property(grid, long, fc.constantFrom("\n", "\r\n"), (rows, length, newline) => {
        const first = ["x".repeat(length), ...(rows[0] ?? []).slice(1)];
        const text = Papa.unparse([first, ...rows], { newline });
        const found = textsIn(finished(cellsOf(bytesOf(text), "f")));
        expect(found).toEqual(Papa.parse(text, { newline, delimiter: "," }).data);
      }),
    );
  });

  it.each([ROWS_A_STEP - 1, ROWS_A_STEP, ROWS_A_STEP + 1, 3 * ROWS_A_STEP])(
    "of %i rows is read row by row",
    (count) => {
      const rows = Array.from({ length: count }, (_, i) => i);
      const lines = rows.map((i) => `r${i},${i},${i % 3 === 0},t${i}`);
      const { index, columns } = tableOf(`FieldIndex,n,b,t\n${lines.join("\n")}`);
      expect(index.values).toEqual(rows.map((i) => `r${i}`));
      expect(columns.get("n")?.values).toEqual(Float64Array.from(rows));
      expect(columns.get("b")?.values).toEqual(rows.map((i) => i % 3 === 0));
      expect(columns.get("t")?.values).toEqual(rows.map((i) => `t${i}`));
    },
  );

  it("of a new table is read as the table it was", () => {
    const number = fc.double({ noDefaultInfinity: false }).map((v) => (Number.isNaN(v) ? NaN : v));
    const row = fc.record({
      name: fc.string(),
      number,
      text: fc.option(fc.string(), { nil: undefined }),
      flag: fc.option(fc.boolean(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const columns = new Map<string, Column>([
          [
            "v",
            { kind: "number", values: Float64Array.from(rows, (r) => r.number), dtype: "float64" },
          ],
          ["t", { kind: "text", values: rows.map((r) => r.text), categorical: false }],
          ["f", { kind: "bool", values: rows.map((r) => r.flag) }],
        ]);
        const table: Table = {
          path: "tables/t",
          zarrFormat: 2,
          backend: "csv",
          attributes: KEYED,
          index: { name: "FieldIndex", values: rows.map((r) => r.name) },
          columns,
        };
        const again = tableOf(textOf(table));
        expect(again.index).toEqual(table.index);
        expect(again.columns.get("v")?.values).toEqual(columns.get("v")?.values);
        if (rows.some((r) => r.text !== undefined))
          expect(again.columns.get("t")).toEqual(columns.get("t"));
        if (rows.some((r) => r.flag !== undefined))
          expect(again.columns.get("f")).toEqual(columns.get("f"));
      }),
    );
  });
});
