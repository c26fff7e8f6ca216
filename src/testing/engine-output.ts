/** What a run of a made-up case left in a store, against what it should be: for tests of the engine. */
import { expect } from "vitest";
import { type Box, pixelBox, type Zyx, zyx } from "../geometry/box.ts";
import { openLabel } from "../ome/labels.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import { openImage } from "../ome/open-image.ts";
import { loadedAt } from "../roi/overlay.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { readWhole } from "../zarr/read-whole.ts";
import type { EngineCase } from "./engine-cases.ts";
import { coarsened, type Expected } from "./engine-plainly.ts";

/** The chunks of the output, as keys of its store. */
export const CHUNK: RegExp = /\/made\/\d+\/(c\/)?\d[\d/]*$/;

function openMade(image: Image, { kind }: EngineCase): Promise<Multiscale> {
  return kind === "label" ? openLabel(image, "made") : openImage(image.store, "well/made");
}

/** The voxels of all levels at the run's time point, the finest first, of those of the one that is written. */
function levelsOf(
  { kind, finer, shape }: EngineCase,
  plane: readonly number[],
  shapes: readonly Zyx[],
): readonly (readonly number[])[] {
  const levels: (readonly number[])[] = [plane];
  if (finer) levels.unshift(coarsened(kind, plane, shape, finer));
  for (let k = levels.length; k < shapes.length; k++)
    levels.push(coarsened(kind, levels[k - 1] ?? [], shapes[k - 1] ?? shape, shapes[k] ?? shape));
  return levels;
}

/** All levels equal those of one ROI after the other. */
export async function expectLevels(
  image: Image,
  given: EngineCase,
  expected: Expected,
): Promise<void> {
  const made = await openMade(image, given);
  const t = given.axes.includes("t") ? 1 : 0;
  const shapes = made.levels.map(({ grid }) => grid.shape);
  for (let c = 0; c < given.channels; c++) {
    const levels = levelsOf(given, expected.planes[c] ?? [], shapes);
    for (const [level, { array }] of made.levels.entries()) {
      const values = levels[level] ?? [];
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
  if (given.table === "masking") return expectBoxes(table, given, expected);
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

/** A row for each object of the finest level, with the box that its voxels show, in the world. */
function expectBoxes(table: Table, given: EngineCase, { planes }: Expected): void {
  const { finer, shape, axes } = given;
  const whole = finer ?? shape;
  const boxes = boxesOf(levelsOf(given, planes[0] ?? [], [whole])[0] ?? [], whole);
  const ids = [...boxes.keys()].sort((a, b) => a - b);
  expect(table.index.values.map(Number)).toEqual(ids);
  const { rois, problems } = roisFromTable(table);
  expect([...problems.values()]).toEqual([]);
  for (const [row, id] of ids.entries()) {
    const { label, box } = loadedAt(rois.base, row) ?? {};
    expect(label).toBe(id);
    const expected = boxes.get(id);
    for (const axis of [0, 1, 2] as const) {
      const scale = shape[axis] / whole[axis];
      expect(box?.min[axis]).toBeCloseTo((expected?.min[axis] ?? Number.NaN) * scale, 9);
      expect(box?.max[axis]).toBeCloseTo((expected?.max[axis] ?? Number.NaN) * scale, 9);
    }
  }
  const times = table.columns.get("t_second")?.values;
  expect(times && [...times]).toEqual(axes.includes("t") ? ids.map(() => 1) : undefined);
}

/** By looking at every voxel. */
function boxesOf(values: readonly number[], [, height, width]: Zyx): Map<number, Box<"pixel">> {
  const boxes = new Map<number, Box<"pixel">>();
  for (const [i, id] of values.entries()) {
    if (id === 0) continue;
    const at: Zyx = [Math.floor(i / width / height), Math.floor(i / width) % height, i % width];
    const { min, max } = boxes.get(id) ?? { min: at, max: at };
    boxes.set(
      id,
      pixelBox(
        zyx((axis) => Math.min(at[axis], min[axis])),
        zyx((axis) => Math.max(at[axis] + 1, max[axis])),
      ),
    );
  }
  return boxes;
}
