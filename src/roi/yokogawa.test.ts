/** Fields of view out of a Yokogawa microscope's files, placed as fractal-uzh-converters places them. */
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { wellsOf } from "./yokogawa.ts";

const BTS = 'xmlns:bts="http://www.yokogawa.co.jp/BTS/BTSSchema/1.0"';

const mrf = ({ rows = 8, columns = 12, channels = ["0.5 0.5 200 100"] } = {}) => ({
  name: "MeasurementDetail.mrf",
  text: `<?xml version="1.0" encoding="utf-8"?>
<bts:MeasurementDetail ${BTS} bts:RowCount="${rows}" bts:ColumnCount="${columns}">
${channels
  .map((said) => {
    const [dx, dy, nx, ny] = said.split(" ");
    return `<bts:MeasurementChannel bts:HorizontalPixelDimension="${dx}" bts:VerticalPixelDimension="${dy}" bts:HorizontalPixels="${nx}" bts:VerticalPixels="${ny}" />`;
  })
  .join("\n")}
</bts:MeasurementDetail>`,
});

/** Each: row, column, field, x, y, z. */
const mlf = (records: readonly string[]) => ({
  name: "MeasurementData.mlf",
  text: `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<bts:MeasurementData ${BTS}>
${records
  .map((said) => {
    const [row, column, field, x, y, z, type = "IMG"] = said.split(" ");
    return `<bts:MeasurementRecord bts:Type="${type}" bts:Row="${row}" bts:Column="${column}" bts:FieldIndex="${field}" bts:TimePoint="1" bts:ActionIndex="1" bts:Ch="1" bts:X="${x}" bts:Y="${y}" bts:Z="${z}">a.tif</bts:MeasurementRecord>`;
  })
  .join("\n")}
</bts:MeasurementData>`,
});

const twoFields = ["2 3 1 -50 20 0", "2 3 1 -50 20 2", "2 3 2 50 20 0", "2 3 2 50 20 2"];

test("y points down, the origin is at the first corner, and planes make the depth; whichever file comes first", () => {
  const wells = wellsOf([mrf(), mlf([...twoFields, "2 3 3 -50 -30 0", "2 3 3 -50 -30 2"])]);
  expect([...wells.keys()]).toEqual(["B03"]);
  expect(wells.get("B03")?.map(({ name, box }) => [name, box])).toEqual([
    ["FOV_1", worldBox([0, 0, 0], [4, 50, 100])],
    ["FOV_2", worldBox([0, 0, 100], [4, 50, 200])],
    ["FOV_3", worldBox([0, 50, 0], [4, 100, 100])],
  ]);
  expect(wells.get("B03")?.[2]?.cells).toEqual(
    new Map([
      ["x_micrometer_original", -50],
      ["y_micrometer_original", 30],
    ]),
  );
});

test("FOVs that overlap are moved apart, column by column and row by row, and where they were is kept", () => {
  const grid = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => `1 1 ${3 * row + column + 1} ${90 * column} ${-45 * row} 0`),
  );
  const fovs = wellsOf([mlf(grid), mrf()]).get("A01") ?? [];
  expect(fovs.map(({ box: { min } }) => [min[1], min[2]])).toEqual(
    [0, 50, 100].flatMap((y) => [0, 100, 200].map((x) => [y, x])),
  );
  expect(fovs.map(({ cells }) => cells?.get("x_micrometer_original"))).toEqual([
    0, 90, 180, 0, 90, 180, 0, 90, 180,
  ]);
  expect(fovs[0]?.box.max[0]).toBe(1);
});

test("FOVs that overlap across a corner are moved along both axes", () => {
  const fovs = wellsOf([mlf(["1 1 1 0 0 0", "1 1 2 80 -40 0"]), mrf()]).get("A01");
  expect(fovs?.[1]?.box).toEqual(worldBox([0, 50, 100], [1, 100, 200]));
});

test("wells are apart, errors are no images, and 1536 wells have names of their own", () => {
  const records = ["1 1 1 0 0 0", "6 7 1 500 500 0", "6 7 1 9 9 9 ERR"];
  const plain = wellsOf([mlf(records), mrf()]);
  expect([...plain].map(([well, [fov]]) => [well, fov?.box.min])).toEqual([
    ["A01", [0, 0, 0]],
    ["F07", [0, 0, 0]],
  ]);
  expect([...wellsOf([mlf(records), mrf({ rows: 32, columns: 48 })]).keys()]).toEqual([
    "A01.a1",
    "B02.b3",
  ]);
});

const ome = { name: "image.companion.ome", text: "<OME><Image/></OME>" };

test.each([
  [[mlf(twoFields)], "Take both files together: the .mrf is missing beside MeasurementData.mlf"],
  [[mrf()], "the .mlf is missing beside MeasurementDetail.mrf"],
  [
    [mlf(twoFields), ome],
    'image.companion.ome is no metadata of a Yokogawa CellVoyager: it begins with "OME"',
  ],
  [[{ name: "a.mlf", text: "{}" }, mrf()], "a.mlf is no XML"],
  [[mlf([]), mrf()], "MeasurementData.mlf has no image"],
  [[mlf(["2 3 1 here 20 0"]), mrf()], 'Record 1 of MeasurementData.mlf has "here" as its X'],
  [
    [{ ...mlf(twoFields), text: mlf(twoFields).text.replace('bts:Y="20"', "") }, mrf()],
    "Record 1 of MeasurementData.mlf does not say its Y",
  ],
  [
    [mlf(["2 3 1 0 0 0", "2 3 1 5 0 1"]), mrf()],
    "Field 1 of well B03 is at x 0, y 0, and in record 2 at x 5, y 0",
  ],
  [
    [mlf(["2 3 1 0 0 0", "2 3 1 0 0 1", "2 3 1 0 0 3"]), mrf()],
    "planes that are not evenly apart: 0, 1, 3",
  ],
  [[mlf(["2 3 1 0 0 0", "2 3 2 0 0 0"]), mrf()], "The FOVs of well B03 overlap"],
  [
    [mlf(twoFields), mrf({ channels: ["1 1 2 2", "1 1 2 3"] })],
    "Channels 1 and 2 of MeasurementDetail.mrf",
  ],
  [[mlf(twoFields), mrf({ channels: [] })], "MeasurementDetail.mrf has no channel"],
  [[mlf(twoFields), mrf({ channels: ["0 0.5 200 100"] })], "has frames of no size"],
  [[mlf(twoFields), mlf(twoFields)], "the .mrf is missing beside MeasurementData.mlf and Measure"],
  [[mlf(twoFields), mlf(twoFields), mrf()], "Take one .mlf and its .mrf at a time, not 3 files"],
])("what is no such pair is refused with what is wrong and where (%#)", (files, sentence) => {
  expect(() => wellsOf(files)).toThrow(sentence);
});
