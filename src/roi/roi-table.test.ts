/** ROIs out of tables: boxes of corners and lengths, and a sentence for each row that is no ROI. */
import { describe, expect, it } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { BOXES, csv, FOVS, MASKING, ROI_TABLE } from "../testing/roi-csv.ts";
import { tableType } from "./roi-columns.ts";
import { roisFromTable } from "./roi-table.ts";
import { idsOf, roiAt } from "./rois.ts";

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
    const rows = `FieldIndex,${BOXES}\na,0,0,0,-5,1,1\nb,,0,0,1,1,1\nc,0,0,0,1,1,1\nd,1e308,0,0,1e308,1,1\n`;
    const { rois, problems } = roisFromTable(csv(rows, ROI_TABLE));
    expect(idsOf(rois)).toEqual([0, 1, 2, 3]);
    expect([...problems]).toEqual([
      [0, '"a" in row 0 has a negative length along x'],
      [1, '"b" in row 1 has no number for its place or length along x'],
      [3, '"d" in row 3 has too large a number for its place or length along x'],
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

  it("tells what is odd about how a table is stored", () => {
    const odd = { ...csv(FOVS, ROI_TABLE), oddities: ["It is odd"] };
    expect(roisFromTable(odd).warnings).toEqual(["It is odd"]);
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
