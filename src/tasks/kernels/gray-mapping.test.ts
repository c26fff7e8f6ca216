/** Grays are spread as scikit-image spreads them, whatever their type. */
import { expect, it } from "vitest";
import { grayMapping } from "./gray-mapping.ts";

// Recorded with scikit-image 0.26's `clip_histogram` and `map_histogram`.
it.each([
  [[40, 3, 1, 0, 5, 2, 7, 6], 7, [1791, 3583, 5375, 7167, 8959, 10751, 12543, 14335]],
  [[40, 3, 1, 0, 5, 2, 7, 6], 9, [2303, 4607, 6399, 7679, 9983, 12031, 14335, 16383]],
  [[100, 0, 0, 1], 30, [4866, 9732, 14598, 16383]],
])("equals scikit-image's for %j cut at %i", (counts, limit, grays) => {
  const elements = counts.reduce((a, b) => a + b, 0);
  expect([...grayMapping(Int32Array.from(counts), limit, 2 ** 14 - 1, elements)]).toEqual(grays);
});
