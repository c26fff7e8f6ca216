/** ROIs back into their tables: what was edited changes, and nothing else is moved. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameBox, worldBox, type Zyx } from "../geometry/box.ts";
import { createTable } from "../table/create-table.ts";
import { readTable } from "../table/read-table.ts";
import { saveTable } from "../table/save-table.ts";
import {
  type Entries,
  FTC,
  layoutV2,
  putFovTable,
  storeOf,
  texts,
} from "../testing/anndata-store.ts";
import { BOXES, csv, edit, FOVS, MASKING, ROI_TABLE, textOf } from "../testing/roi-csv.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { roisFromTable, tableFromRois } from "./roi-table.ts";
import { idsOf, type Roi, type Rois, roiAt } from "./rois.ts";

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
