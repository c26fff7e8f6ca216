/** What is copied is pasted the same, from Fovea and from QuPath, and what cannot be is told line by line. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { finished } from "../base/steps.ts";
import { worldBox } from "../geometry/box.ts";
import { csvOf } from "./delimited.ts";
import { fitted, inImage } from "./found-roi.ts";
import { geojsonOf } from "./geojson.ts";
import { roisOfText } from "./pasted.ts";
import type { Roi } from "./rois.ts";

const grid = { shape: [4, 100, 200], scale: [2, 0.5, 0.25] } as const;
const frame = { grid, unit: "micrometer" };

const names = fc
  .string({ minLength: 1 })
  .filter((name) => name === name.trim() && !/\p{Cc}/u.test(name));
const span = (least: number, most: number) =>
  fc
    .tuple(
      fc.double({ min: 0, max: most - least, noNaN: true }),
      fc.double({ min: least, max: most, noNaN: true }),
    )
    .map(([start, length]) => [start, Math.min(most, start + length)] as const);
const rois: fc.Arbitrary<readonly Roi[]> = fc.array(
  fc
    .tuple(names, span(2, 8), span(0.5, 50), span(0.25, 50))
    .map(([name, [z0, z1], [y0, y1], [x0, x1]]) => ({
      name,
      box: worldBox([z0, y0, x0], [z1, y1, x1]),
      label: undefined,
    })),
  { minLength: 1 },
);

test("what is copied as GeoJSON is pasted with the same names and boxes, to the bit", () => {
  fc.assert(
    fc.property(rois, (copied) => {
      const pasted = roisOfText(finished(geojsonOf(copied, frame)), frame);
      expect(pasted.map(({ name, box }) => [name, box])).toEqual(
        copied.map(({ name, box }) => [name, box]),
      );
      expect(pasted.map((roi) => fitted(roi, grid))).toEqual(copied.map(({ box }) => box));
    }),
  );
});

test("pixels are written to the thousandth, and the box comes back to the bit", () => {
  const box = worldBox([0, 1 / 3, 0.25], [2, 10 / 3, 1]);
  const text = finished(geojsonOf([{ name: "a", box, label: undefined }], frame));
  expect(text).toContain("[[[1,0.667],[4,0.667],[4,6.667],[1,6.667],[1,0.667]]]");
  expect(roisOfText(text, frame)).toMatchObject([{ name: "a", box }]);
});

test("what is copied as CSV is pasted with the same names and boxes, to the last digit of a double", () => {
  fc.assert(
    fc.property(rois, (copied) => {
      const pasted = roisOfText(finished(csvOf(copied, frame)), frame);
      expect(pasted.map(({ name }) => name)).toEqual(copied.map(({ name }) => name));
      for (const [i, { box }] of pasted.entries()) {
        expect(box.min).toEqual(copied[i]?.box.min);
        for (const [axis, end] of box.max.entries())
          expect(Math.abs(end - (copied[i]?.box.max[axis] ?? 0))).toBeLessThanOrEqual(1e-14 * end);
      }
    }),
  );
});

test("QuPath's annotations come as their bounding boxes, in pixels of the finest level", () => {
  const text = JSON.stringify({
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        geometry: {
          type: "Polygon",
          coordinates: [
            [
              [4, 2],
              [12, 2],
              [12, 10],
              [4, 10],
              [4, 2],
            ],
          ],
        },
        properties: { objectType: "annotation", name: "Tumour" },
      },
      {
        type: "Feature",
        geometry: {
          type: "MultiPolygon",
          plane: { c: -1, z: 2, t: 0 },
          coordinates: [
            [
              [
                [0, 0],
                [4, 8],
                [0, 8],
                [0, 0],
              ],
            ],
            [
              [
                [20, 20],
                [24, 20],
                [24, 30],
                [20, 20],
              ],
            ],
          ],
        },
        properties: { objectType: "annotation" },
      },
    ],
  });
  const [first, second] = roisOfText(text, frame);
  expect(first).toEqual({ name: "Tumour", hasPlanes: false, box: worldBox([0, 1, 1], [2, 5, 3]) });
  expect(first && fitted(first, grid)).toEqual(worldBox([0, 1, 1], [8, 5, 3]));
  expect(second).toEqual({
    name: undefined,
    hasPlanes: true,
    box: worldBox([4, 0, 0], [6, 15, 6]),
  });
});

test.each([
  ["name,x,y,width,height\na,1,2,3,4", worldBox([0, 2, 1], [1, 6, 4])],
  [
    "name\tX (µm)\tY (µm)\tWidth (µm)\tHeight (µm)\na\t1,5\t2\t3\t4\n",
    worldBox([0, 2, 1.5], [1, 6, 4.5]),
  ],
  ["roi;x_px;y_px;width_px;height_px\r\na;4;2;8;8\r\n", worldBox([0, 1, 1], [1, 5, 3])],
  [
    "name,x_min_nm,y_min_nm,x_max_nm,y_max_nm\na,1000,2000,4000,6000",
    worldBox([0, 2, 1], [1, 6, 4]),
  ],
  ["name,x (mm),y (mm),w (mm),h (mm)\na,0.001,0.002,0.003,0.004", worldBox([0, 2, 1], [1, 6, 4])],
  ["Name,Left,Top,Right,Bottom\na,1,2,4,6", worldBox([0, 2, 1], [1, 6, 4])],
  ["a,1,2,3,4", worldBox([0, 2, 1], [1, 6, 4])],
  ["a,1,2,3,4,5,6", worldBox([3, 2, 1], [9, 7, 5])],
  ["name,x,y,width,height\ra,1,2,3,4\r", worldBox([0, 2, 1], [1, 6, 4])],
  ["\ufeffname;x;y;width;height\r\na;1,0;2;3;4,0\r\n", worldBox([0, 2, 1], [1, 6, 4])],
])("other programs' tables are understood: %j", (text, box) => {
  expect(roisOfText(text, frame).map((roi) => [roi.name, roi.box])).toEqual([["a", box]]);
});

test("quotes hold separators, quotes and line breaks, and rows are counted as an editor counts them", () => {
  const text = 'name,x,y,width,height\n"a ""b"", c\nd",1,2,3,4\n\ne,1,2,3,none';
  expect(() => roisOfText(text, frame)).toThrow('Row 5: "none" is no number');
  expect(roisOfText(text.replace("none", "4"), frame).map(({ name }) => name)).toEqual([
    'a "b", c\nd',
    "e",
  ]);
});

test.each([
  ["", "There is nothing to paste"],
  ["Dear colleague,\nplease find", "No column says where an ROI begins along y"],
  [
    "name,x,y,height\na,1,2,3",
    'how long an ROI is along x ("len_x"): row 1 has name, x, y, height',
  ],
  ["name,x,y,width,height\na,1,2,3", "Row 2 has 4 cells where the first has 5"],
  ["name,x,y,width,height\na,1,2,0,4", "Row 2 has no length along x"],
  ["name,x,y,width,height\na,,2,3,4", "Row 2: a cell is empty"],
  ["name,x,y,width,height\na,,2,3,4", '(column "x")'],
  ["a,1,2,3,4\nb,1,2,3,none", 'Row 2: "none" is no number (column 5)'],
  ["name,x,y,width,height\na,0x10,2,3,4", 'Row 2: "0x10" is no number (column "x")'],
  [
    "name,x,y,width,height\na,1,2,1e999,4",
    'Row 2: "1e999" is too large a number for an image (column "width")',
  ],
  ["a,1e400,2,3,4", 'Row 1: "1e400" is too large a number for an image (column 2)'],
  ["a,Infinity,2,3,4", 'Row 1: "Infinity" is no number (column 2)'],
  [
    "name,x,y,width,height\na,1,2,3,4\nb,1e308,2,3,4",
    'Row 3: "1e308" is too large a number for an image (column "x")',
  ],
  [
    "name,x,y,width,height\na,1e308,2,9e307,4",
    'Row 2: "1e308" is too large a number for an image (column "x")',
  ],
  [
    "name,left,top,right,bottom\na,-1e308,2,1.5e308,4",
    'Row 2: "1.5e308" is too large a number for an image (column "right")',
  ],
  ["name,x,X,y,width,height\na,1,2,3,4,5", 'Row 1 has two columns "X"'],
  ["name,x,y,width,height", "There are columns to paste, and no row of them"],
  ['name,x,y,width,height\n"a,1,2,3,4', "Row 2 has a quote that is not closed"],
  ["{", "This is no GeoJSON"],
  ["{}", "Feature 1 of the GeoJSON is no Feature"],
  ["[]", "This GeoJSON has no feature"],
  [
    '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}',
    "Feature 1 of the GeoJSON is a Point",
  ],
  ['{"type":"Feature","geometry":null}', "Feature 1 of the GeoJSON has no geometry"],
  ['{"type":"Polygon","coordinates":[]}', "Feature 1 of the GeoJSON is no Feature, but a Polygon"],
  [
    '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[["a"]]}}',
    "has a point that is none",
  ],
  ['{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}}', "has no area"],
])("nonsense is refused with what is wrong: %j", (text, sentence) => {
  expect(() => roisOfText(text, frame)).toThrow(sentence);
});

test("boxes are cut at the image's border; what has less than a voxel in it is not there", () => {
  const found = { name: "a", hasPlanes: true } as const;
  expect(fitted({ ...found, box: worldBox([-2, 40, 49.5], [2, 60, 60]) }, grid)).toEqual(
    worldBox([0, 40, 49.5], [2, 50, 50]),
  );
  expect(fitted({ ...found, box: worldBox([0, 0, 49.9], [2, 5, 60]) }, grid)).toBeUndefined();
  const flat = { shape: [1, 100, 200], scale: [1, 0.5, 0.25] } as const;
  expect(fitted({ ...found, box: worldBox([4, 0, 0], [6, 5, 5]) }, flat)).toEqual(
    worldBox([0, 0, 0], [1, 5, 5]),
  );
});

test("of what is left out it is told whether it is elsewhere or too small", () => {
  const at = (x: number, width: number) => ({
    name: "a",
    hasPlanes: false,
    box: worldBox([0, 0, x], [0, 5, x + width]),
  });
  const [good, far, tiny] = [at(0, 1), at(99, 1), at(7, 0.1)];
  const told = (...found: ReturnType<typeof at>[]) => inImage(found, grid).warning;
  const where = "outside this image, which is 50 × 50 wide and high and 8 deep,";
  expect(told(good)).toBeUndefined();
  expect(told(good, far)).toBe(`1 of 2 ROIs lies ${where} and was left out`);
  expect(told(good, far, far)).toBe(`2 of 3 ROIs lie ${where} and were left out`);
  expect(told(good, tiny)).toBe(
    `1 of 2 ROIs lies ${where} or is smaller than a voxel, and was left out`,
  );
  expect(() => told(tiny)).toThrow("The ROI is smaller than a voxel");
  expect(() => told(far)).toThrow("The ROI does not lie in this image");
  expect(() => told(far, tiny)).toThrow(
    /^Each of 2 ROIs is smaller than a voxel or does not lie in this image, .* wide and high and 8 deep$/,
  );
});

test("of what is cut at the border it is told, not of what is rounded there", () => {
  const at = (z: number, x: number, width: number, hasPlanes = true) => ({
    name: "a",
    hasPlanes,
    box: worldBox([z, 0, x], [z + 2, 5, x + width]),
  });
  const told = (...found: ReturnType<typeof at>[]) => inImage(found, grid).warning;
  expect(told(at(0, 45, 5.1), at(0, -0.1, 5), at(6, 0, 5))).toBeUndefined();
  expect(told(at(0, 45, 6))).toBe(
    "The ROI reaches over the border of this image and was cut there",
  );
  expect(told(at(0, 45, 6), at(0, 0, 5))).toContain("1 of 2 ROIs reaches over the border");
  expect(told(at(0, 47, 5), at(0, -3, 5), at(0, 0, 5))).toContain("2 of 3 ROIs reach over");
  // Planes that nobody named are all of the image's.
  expect(told(at(7, 0, 5, false))).toBeUndefined();
  expect(told(at(0, 45, 6), at(0, 99, 5))).toMatch(
    /1 of 2 ROIs lies outside .*\. 1 of 2 ROIs reaches/,
  );
});

test("what is copied from an image in millimetres is as long in one in micrometres", () => {
  const copied = [
    { name: "a", label: undefined, box: worldBox([0, 0.001, 0.002], [0.002, 0.003, 0.008]) },
  ];
  const millimetres = { grid, unit: "millimeter" };
  for (const text of [
    finished(csvOf(copied, millimetres)),
    finished(geojsonOf(copied, millimetres)),
  ]) {
    const [pasted] = roisOfText(text, frame);
    expect(pasted?.box.min.map((end) => Number(end.toFixed(9)))).toEqual([0, 1, 2]);
    expect(pasted?.box.max.map((end) => Number(end.toFixed(9)))).toEqual([2, 3, 8]);
  }
});

test("values travel along, in both ways of writing; numbers come back from CSV as texts", () => {
  const values = new Map<string, string | number | boolean>([
    ["label", 7],
    ["quality", 'good, "very"'],
    ["is_round", true],
  ]);
  const box = worldBox([0, 0, 0], [2, 1, 1]);
  const copied: Roi[] = [
    { name: "a", box, label: 7, cells: values },
    { name: "b", box, label: undefined },
  ];
  const [first, second] = roisOfText(finished(geojsonOf(copied, frame)), frame);
  expect(first?.cells).toEqual(values);
  expect(second?.cells).toBe(undefined);
  const [row, empty] = roisOfText(finished(csvOf(copied, frame)), frame);
  expect(row?.cells).toEqual(new Map([...values].map(([name, value]) => [name, String(value)])));
  expect(empty?.cells).toBe(undefined);
});
