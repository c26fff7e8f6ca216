/** The colours that a label gives to its objects, as far as they are colours. */
import { expect, test } from "vitest";
import { givenColors } from "./given-colors.ts";

test("are one number each, and what is none is left out", () => {
  const colors = [
    { "label-value": 1, rgba: [255, 128, 1, 255] },
    { "label-value": 2 ** 40, rgba: [0, 0, 2, 0] },
    { "label-value": 3, rgba: [0.5, 0, 0, 1] },
    { "label-value": 4, rgba: [1, 2] },
    { "label-value": 2 ** 60, rgba: [1, 2, 3, 4] },
    { rgba: [1, 2, 3, 4] },
    null,
  ];
  expect(givenColors({ "image-label": { colors } })).toEqual({
    ids: [1, 2 ** 40],
    values: [0xff8001, 2],
    reach: undefined,
  });
});

test.each([{}, { "image-label": {} }, { "image-label": { colors: "red" } }])(
  "are none in %j",
  (attributes) => {
    expect(givenColors(attributes)).toBeUndefined();
  },
);
