/** What a run of a made-up case left in a store, against what it should be: for tests of the engine. */
import { expect } from "vitest";
import { openLabel } from "../ome/labels.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { readTable } from "../table/read-table.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { coarsened, type EngineCase, type Expected } from "./engine-cases.ts";

/** The chunks of the output, as keys of its store. */
export const CHUNK: RegExp = /\/made\/\d+\/(c\/)?\d[\d/]*$/;

function openMade(image: Image, { kind }: EngineCase): Promise<Multiscale> {
  return kind === "label" ? openLabel(image, "made") : openImage(image.store, "well/made");
}

/** All levels equal those of one ROI after the other. */
export async function expectLevels(
  image: Image,
  given: EngineCase,
  expected: Expected,
): Promise<void> {
  const made = await openMade(image, given);
  const t = given.axes.includes("t") ? 1 : 0;
  for (let c = 0; c < given.channels; c++) {
    let values: readonly number[] = expected.planes[c] ?? [];
    let before = made.levels[0].grid.shape;
    for (const [level, { array, grid }] of made.levels.entries()) {
      if (level > 0) values = coarsened(given.kind, values, before, grid.shape);
      before = grid.shape;
      const { data } = await readWhole(array, {});
      const size = values.length;
      const start = (t * given.channels + c) * size;
      expect(Array.from(data.slice(start, start + size), Number), `level ${level}`).toEqual(values);
    }
  }
}

/** All levels and the table's rows equal those of one ROI after the other. */
export async function expectOutput(
  image: Image,
  given: EngineCase,
  expected: Expected,
): Promise<void> {
  await expectLevels(image, given, expected);
  if (given.kind === "image") return;
  const table = await readTable(image.store, "well/0/tables/rows", image.zarrFormat);
  expect(table.index.values.map(Number)).toEqual(expected.rows.map(({ label }) => label));
  const valuesOf = (name: string) => [...(table.columns.get(name)?.values ?? [])];
  expect(valuesOf("area")).toEqual(
    expected.rows.map(({ unit, id }) => (id % 2 ? id / unit : Number.NaN)),
  );
  expect(valuesOf("region")).toEqual(
    expected.rows.map(({ unit, id }) => (id % 3 ? `ROI_${unit}` : undefined)),
  );
  if (expected.rows.some(({ unit }) => unit % 2))
    expect(valuesOf("odd")).toEqual(
      expected.rows.map(({ unit, id }) => (unit % 2 && id % 4 ? id % 2 === 1 : undefined)),
    );
}
