/** Describes for the other side what Fovea wrote: images, labels and tables as values. */
import { pixelFromWorld } from "../../src/geometry/pixel-grid.ts";
import { indexOf } from "../../src/ome/axes.ts";
import type { Image, Level, Multiscale } from "../../src/ome/multiscale.ts";
import { tableType } from "../../src/roi/roi-columns.ts";
import type { Roi } from "../../src/roi/rois.ts";
import type { Table } from "../../src/table/table.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { readRegion } from "../../src/zarr/region.ts";
import {
  type ExpectedImage,
  type ExpectedLabel,
  type ExpectedLevel,
  type ExpectedTable,
  savePixels,
  tableCells,
} from "./exchange.ts";

/** Which levels' pixels are compared; the shape, scale and type of all are. */
export type WithPixels = (level: Level) => boolean;

export const allPixels: WithPixels = () => true;

export async function imageExpectation(
  folder: string,
  image: Image,
  labels: readonly ExpectedLabel[],
  tables: readonly ExpectedTable[],
  withPixels: WithPixels,
): Promise<ExpectedImage> {
  return {
    ...(await multiscaleExpectation(folder, image, withPixels)),
    path: image.path,
    version: image.version,
    channels: image.channels.map(({ label }) => label),
    labels,
    tables,
  };
}

export async function multiscaleExpectation(
  folder: string,
  { axes, zarrFormat, levels }: Multiscale,
  withPixels: WithPixels,
): Promise<Omit<ExpectedLabel, "name" | "count">> {
  const reader = new ChunkReader();
  const describe = async (level: Level): Promise<ExpectedLevel> => {
    const { shape, chunks, dtype, path } = level.array;
    const expected = { name: level.name, shape, chunks, scale: level.scale, dtype };
    if (!withPixels(level)) return expected;
    const origin = shape.map(() => 0);
    const pixels = await readRegion(reader, level.array, origin, shape);
    return { ...expected, data: savePixels(folder, path.replaceAll("/", "_"), pixels, expected) };
  };
  return {
    axes: axes.map(({ name }) => name),
    zarrFormat,
    levels: await Promise.all(levels.map(describe)),
  };
}

/** A table beside an image; `rois` are an ROI table's rows. */
export function tableExpectation(table: Table, image: Image, rois?: readonly Roi[]): ExpectedTable {
  return {
    name: table.path.split("/").at(-1) ?? "",
    type: tableType(table),
    backend: table.backend,
    ...(table.backend === "anndata" ? { x: "float64" } : {}),
    ...tableCells(table),
    ...(rois === undefined ? {} : { voxels: voxelsOf(image, rois) }),
  };
}

function voxelsOf(image: Image, rois: readonly Roi[]): NonNullable<ExpectedTable["voxels"]> {
  const first = indexOf(image.axes, "z") === undefined ? 1 : 0;
  const boxes = image.levels.map(({ name, grid }) => [
    name,
    rois.map(({ box }): [number[], number[]] => {
      const { min, max } = pixelFromWorld(grid, box);
      return [min.slice(first), max.slice(first)];
    }),
  ]);
  return Object.fromEntries(boxes);
}
