/** ROIs out of tables and back into them, with nothing else moved. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finished } from "../base/steps.ts";
import { sameBox, worldBox, type Zyx } from "../geometry/box.ts";
import { createTable } from "../table/create-table.ts";
import { CSV_FILE, readCsv } from "../table/csv-read.ts";
import { encodeTable } from "../table/encode-table.ts";
import { readTable } from "../table/read-table.ts";
import { saveTable } from "../table/save-table.ts";
import type { Table } from "../table/table.ts";
import {
  BOX_NAMES,
  type Entries,
  FTC,
  layoutV2,
  putFovTable,
  storeOf,
  texts,
} from "../testing/anndata-store.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { tableType } from "./roi-columns.ts";
import { roisFromTable, tableFromRois } from "./roi-table.ts";
import { applied, idsOf, type Roi, type RoiId, type Rois, roiAt } from "./rois.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function csv(text: string, attributes: Table["attributes"]): Table {
  const bytes = bytesOf(text);
  const key = attributes["index_key"];
  return {
    path: "tables/t",
    zarrFormat: 2,
    backend: "csv",
    attributes,
    ...finished(readCsv(bytes, typeof key === "string" ? key : undefined, "tables/t/table.csv")),
    origin: { files: new Map([[CSV_FILE, bytes]]) },
  };
}

async function textOf(table: Table): Promise<string> {
  return new TextDecoder().decode((await encodeTable(table)).get(CSV_FILE));
}

const ROI_TABLE = {
  type: "roi_table",
  table_version: "1",
  backend: "csv",
  index_key: "FieldIndex",
};
const MASKING = { ...ROI_TABLE, type: "masking_roi_table", index_key: "label", index_type: "int" };
const BOXES = BOX_NAMES.join(",");

/** The ROIs after edits; undefined deletes. */
function edit(rois: Rois, edits: readonly (readonly [RoiId, Partial<Roi> | undefined])[]): Rois {
  const overlay = edits.map(([id, change]) => {
    const from = roiAt(rois, id);
    const blank: Roi = { name: "", box: worldBox([0, 0, 0], [1, 1, 1]), label: undefined };
    return [id, { from, to: change && { ...(from ?? blank), ...change } }] as const;
  });
  return applied(rois, new Map(overlay));
}

const FOVS = `FieldIndex,${BOXES},plate,x_micrometer_original
FOV_1,0,0,0,416,351.0,10,P,-1448.3
FOV_2,416,0,0,416,351.0,10,P,-1030.3
FOV_3,0,351,0,416,351.0,10,Q,
`;

describe("reading ROIs", () => {
  it("takes corner and length as a box, z y x", () => {
    const { rois, problems, warnings } = roisFromTable(csv(FOVS, ROI_TABLE));
    expect(roiAt(rois, 1)).toEqual({
      name: "FOV_2",
      box: worldBox([0, 0, 416], [10, 351, 832]),
      label: undefined,
    });
    expect(idsOf(rois)).toEqual([0, 1, 2]);
    expect(problems.size + warnings.length).toBe(0);
  });

  it("keeps rows that are no ROIs, and says why", () => {
    const rows = `FieldIndex,${BOXES}\na,0,0,0,-5,1,1\nb,,0,0,1,1,1\nc,0,0,0,1,1,1\n`;
    const { rois, problems } = roisFromTable(csv(rows, ROI_TABLE));
    expect(idsOf(rois)).toEqual([0, 1, 2]);
    expect([...problems]).toEqual([
      [0, '"a" in row 0 has a negative length along x'],
      [1, '"b" in row 1 has no number for its place or length along x'],
    ]);
  });

  it("says which column is missing, and of what table", () => {
    const table = csv("FieldIndex,x_micrometer,y_micrometer\na,1,2\n", ROI_TABLE);
    expect(() => roisFromTable(table)).toThrow(/tables\/t has no column "len_y_micrometer"/);
    const other = csv("FieldIndex;x_micrometer\na;1\n", ROI_TABLE);
    expect(() => roisFromTable(other)).toThrow(/it has none but FieldIndex;x_micrometer$/);
  });

  it("reads every plane where nothing is said of z, and tells that it will be", () => {
    const text =
      "FieldIndex,x_micrometer,y_micrometer,len_x_micrometer,len_y_micrometer\na,1,2,3,4\n";
    const { rois, warnings } = roisFromTable(csv(text, ROI_TABLE), 25);
    expect(roiAt(rois, 0)?.box).toEqual(worldBox([0, 2, 1], [25, 6, 4]));
    expect(warnings).toEqual([expect.stringMatching(/z 0 to 25/)]);
  });

  it("tells of columns ngio cannot read", () => {
    const { warnings } = roisFromTable(
      csv(`FieldIndex,${BOXES},my note,class,_a,ok_1\n`, ROI_TABLE),
    );
    expect(warnings.map((w) => /"(.*)"/.exec(w)?.[1])).toEqual(["my note", "class", "_a"]);
  });

  it.each([
    ["an index of labels", `label,${BOXES}\n1,0,0,0,1,1,1\n2.0,0,0,0,1,1,1\n,0,0,0,1,1,1\n`],
    ["a column of labels", `,${BOXES},label\n0,0,0,0,1,1,1,1\n1,0,0,0,1,1,1,2.0\n2,0,0,0,1,1,1,\n`],
  ])("names the ROIs of a masking table by its labels: %s", (_, text) => {
    const attributes = text.startsWith("label") ? MASKING : { type: "masking_roi_table" };
    const { rois, problems } = roisFromTable(csv(text, attributes));
    expect([0, 1].map((id) => roiAt(rois, id))).toMatchObject([
      { name: "1", label: 1 },
      { name: "2", label: 2 },
    ]);
    expect([...problems.keys()]).toEqual([2]);
  });

  it.each([
    [{}, BOXES, "roi_table"],
    [{}, `${BOXES},label`, "masking_roi_table"],
    [{}, "area,label", "other"],
    [{ type: "ngff:region_table" }, BOXES, "masking_roi_table"],
    [{ type: "ngff:region_table" }, "area", "feature_table"],
    [{ type: "condition_table" }, "drug", "other"],
  ])("takes a table with attributes %j and columns %s for %s", (attributes, columns, type) => {
    expect(tableType(csv(`FieldIndex,${columns}\n`, attributes))).toBe(type);
  });
});

describe("writing ROIs", () => {
  it("gives the table itself back where nothing was edited", () => {
    const table = csv(FOVS, ROI_TABLE);
    expect(tableFromRois(table, roisFromTable(table).rois)).toBe(table);
  });

  it("changes only the edges that moved, and the name", async () => {
    const table = csv(FOVS, ROI_TABLE);
    const box = worldBox([0, 0, 400], [10, 351, 816]);
    const rois = edit(roisFromTable(table).rois, [
      [1, { box }],
      [2, { name: "last" }],
    ]);
    expect(await textOf(tableFromRois(table, rois))).toBe(
      FOVS.replace("FOV_2,416,", "FOV_2,400,").replace("FOV_3", "last"),
    );
  });

  it("keeps the length of what was only moved, where subtraction would not give it back", async () => {
    const table = csv(FOVS, ROI_TABLE);
    const box = worldBox([0, 0, 96.2], [10, 351, 96.2 + 416]);
    expect(box.max[2] - box.min[2]).not.toBe(416);
    const rois = edit(roisFromTable(table).rois, [[1, { box }]]);
    expect(await textOf(tableFromRois(table, rois))).toBe(
      FOVS.replace("FOV_2,416,", "FOV_2,96.2,"),
    );
  });

  it("takes deleted rows away and puts new ones last, a copy with what it does not know", async () => {
    const table = csv(FOVS, ROI_TABLE);
    const box = worldBox([0, 1, 2], [1, 2, 4.5]);
    const rois = edit(roisFromTable(table).rois, [
      [0, undefined],
      [3, { name: "new", box }],
      [4, { name: "copy", box, copiedFrom: 1 }],
      [5, { name: "copy of copy", box, copiedFrom: 4 }],
    ]);
    const [head, , second, third] = FOVS.split("\n");
    expect(await textOf(tableFromRois(table, rois))).toBe(
      [
        head,
        second,
        third,
        "new,2,1,0,2.5,1,1,,",
        "copy,2,1,0,2.5,1,1,P,-1030.3",
        "copy of copy,2,1,0,2.5,1,1,P,-1030.3",
        "",
      ].join("\n"),
    );
  });

  it("gives new ROIs a time where the table has one", async () => {
    const text = `FieldIndex,${BOXES},t_second,len_t_second\na,0,0,0,1,1,1,5,2\n`;
    const table = csv(text, ROI_TABLE);
    const rois = edit(roisFromTable(table).rois, [[1, { name: "b" }]]);
    expect(await textOf(tableFromRois(table, rois))).toBe(`${text}b,0,0,0,1,1,1,5,2\n`);
  });

  it("says z of every row once a table without z is edited", async () => {
    const text =
      "FieldIndex,x_micrometer,y_micrometer,len_x_micrometer,len_y_micrometer\na,1,2,3,4\nb,1,2,3,4\n";
    const table = csv(text, ROI_TABLE);
    const { rois } = roisFromTable(table, 25);
    const named = tableFromRois(table, edit(rois, [[0, { name: "c" }]]));
    expect(await textOf(named)).toBe(
      'FieldIndex,x_micrometer,y_micrometer,len_x_micrometer,len_y_micrometer,"z_micrometer","len_z_micrometer"\n' +
        "c,1,2,3,4,0,25\nb,1,2,3,4,0,25\n",
    );
  });

  it("writes the labels of a masking table, wherever they are", async () => {
    const indexed = csv(`label,${BOXES}\n1,0,0,0,1,1,1\n`, MASKING);
    const added = edit(roisFromTable(indexed).rois, [[1, { name: "7", label: 7 }]]);
    expect(await textOf(tableFromRois(indexed, added))).toMatch(/\n7,0,0,0,1,1,1\n$/);
    const counted = csv(`,${BOXES},label\n0,0,0,0,1,1,1,4\n`, { type: "masking_roi_table" });
    const more = edit(roisFromTable(counted).rois, [
      [0, { name: "5", label: 5 }],
      [1, { name: "7", label: 7 }],
    ]);
    expect(await textOf(tableFromRois(counted, more))).toBe(
      `,${BOXES},label\n0,0,0,0,1,1,1,5\n1,0,0,0,1,1,1,7\n`,
    );
  });

  it("names the rows of a file that had no names", async () => {
    const table = csv(`${BOXES}\n0,0,0,1,1,1\n0,0,0,2,2,2\n`, { type: "roi_table" });
    const rois = edit(roisFromTable(table).rois, [[1, { name: "big" }]]);
    const again = csv(await textOf(tableFromRois(table, rois)), { type: "roi_table" });
    expect(again.index).toEqual({ name: "FieldIndex", values: ["0", "big"] });
    expect(roiAt(roisFromTable(again).rois, 1)?.box).toEqual(worldBox([0, 0, 0], [2, 2, 2]));
  });
});

describe("AnnData tables of ROIs", () => {
  it("keep the label column of fractal-tasks-core as text", async () => {
    const entries: Entries = new Map();
    const layout = layoutV2(entries);
    const attributes = { type: "masking_roi_table", fractal_table_version: "1" };
    await putFovTable(layout, "tables/m", { ...FTC, attributes });
    layout.group("tables/m/obs", { _index: "_index", "column-order": ["label"] });
    await layout.array("tables/m/obs/_index", texts(["0", "1", "2"]));
    await layout.array("tables/m/obs/label", texts(["4", "5", "9"]));
    const store = storeOf(entries);
    const previous = await readTable(store, "tables/m", 2);
    const { rois } = roisFromTable(previous);
    expect(idsOf(rois).map((id) => roiAt(rois, id)?.name)).toEqual(["4", "5", "9"]);
    const edited = edit(rois, [
      [0, undefined],
      [3, { name: "10", label: 10 }],
    ]);
    const table = tableFromRois(previous, edited);
    await saveTable({ store, table, previous, journal: storeOf(), identity: "i" });
    const saved = await readTable(store, "tables/m", 2);
    expect(saved.columns.get("label")).toEqual({
      kind: "text",
      values: ["5", "9", "10"],
      categorical: false,
    });
    expect(saved.index.values).toEqual(["1", "2", "3"]);
  });
});

describe("any ROIs", () => {
  const edge = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const length = fc.double({ min: 0, max: 1e5, noNaN: true });
  const box = fc
    .tuple(fc.tuple(edge, edge, edge), fc.tuple(length, length, length))
    .map(([min, lengths]) => {
      const max: Zyx = [min[0] + lengths[0], min[1] + lengths[1], min[2] + lengths[2]];
      return worldBox(min, max);
    });
  const rois = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), box }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ name }) => name,
  });

  it.each(["csv", "anndata"] as const)(
    "saved and opened again are the same: %s",
    async (backend) => {
      await fc.assert(
        fc.asyncProperty(rois, rois, fc.constantFrom(2, 3), async (first, second, zarrFormat) => {
          const store = storeOf();
          const list = first.map((roi): Roi => ({ ...roi, label: undefined }));
          const made = newRoiTable({ path: "tables/r", zarrFormat, backend, rois: list });
          await createTable({ store, table: made });
          const opened = await readTable(store, "tables/r", zarrFormat);
          const loaded = roisFromTable(opened).rois;
          expectSame(loaded, list);
          const edited = edit(loaded, [
            [0, undefined],
            ...second.map((roi, i) => [i + 1, roi] as const),
          ]);
          const table = tableFromRois(opened, edited);
          await saveTable({ store, table, previous: opened, journal: storeOf(), identity: "i" });
          const again = roisFromTable(await readTable(store, "tables/r", zarrFormat)).rois;
          expectSame(
            again,
            idsOf(edited).flatMap((id) => roiAt(edited, id) ?? []),
          );
        }),
        { numRuns: backend === "csv" ? 60 : 25 },
      );
    },
  );

  function expectSame(found: Rois, expected: readonly Roi[]): void {
    const all = idsOf(found).flatMap((id) => roiAt(found, id) ?? []);
    expect(all.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    for (const [i, { box }] of all.entries()) {
      const wanted = expected[i]?.box ?? worldBox([0, 0, 0], [0, 0, 0]);
      if (!sameBox(box, wanted)) expect(nearlySame(box, wanted)).toBe(true);
    }
  }

  /** Where an edge lies beyond the numbers a corner and a length can reach, one step of a double beside it. */
  function nearlySame(a: Roi["box"], b: Roi["box"]): boolean {
    return a.max.every((v, i) => {
      const scale = Math.max(Math.abs(a.min[i] ?? 0), Math.abs(v));
      return a.min[i] === b.min[i] && Math.abs(v - (b.max[i] ?? NaN)) <= scale * Number.EPSILON;
    });
  }
});
