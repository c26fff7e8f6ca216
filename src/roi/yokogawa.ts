/**
 * FOVs from the metadata of a Yokogawa CellVoyager: what fractal-tasks-core 1.6 made of them (`cellvoyager/metadata.py`,
 * `roi/v1_overlaps.py`, `roi/v1.py`), well by well.
 */
import { Fault } from "../base/fault.ts";
import { worldBox } from "../geometry/box.ts";
import type { FoundRoi } from "./found-roi.ts";
import { type Placed, withoutOverlaps } from "./fov-overlaps.ts";
import { type CameraFrame, cameraOf, type ImageRecord, recordsOf } from "./yokogawa-files.ts";
import { childrenOf, type TextFile } from "./yokogawa-xml.ts";

/** By well, "B03" or in a plate of 1536 "A01.a1": its FOVs in micrometres, by growing field index. */
export type Wells = ReadonlyMap<string, readonly FoundRoi[]>;

/**
 * The FOVs of each well from its `.mlf` (images) and `.mrf` (cameras), told apart by what is in them. Y points down, the
 * first FOV's corner is the origin, and FOVs that overlap are moved apart; where they were on the stage, Y down, is in
 * the columns `x_micrometer_original` and `y_micrometer_original`.
 * @throws Fault "input" where the files are no such pair, or contradict themselves: what, and in which record
 */
export function wellsOf(files: readonly TextFile[]): Wells {
  const parsed = files.map((file) => ({ file, ...childrenOf(file) }));
  const data = parsed.find(({ root }) => root === "MeasurementData");
  const detail = parsed.find(({ root }) => root === "MeasurementDetail");
  const other = parsed.find(({ root }) => !/^Measurement(?:Data|Detail)$/.test(root));
  if (other)
    throw new Fault(
      "input",
      `${other.file.name} is no metadata of a Yokogawa CellVoyager: it begins with "${other.root}"`,
    );
  if (!data || !detail)
    throw new Fault(
      "input",
      `Take both files together: the .${data ? "mrf" : "mlf"} is missing beside ${files.map(({ name }) => name).join(" and ") || "nothing"}`,
    );
  if (parsed.length > 2)
    throw new Fault("input", `Take one .mlf and its .mrf at a time, not ${parsed.length} files`);
  const camera = cameraOf(detail, detail.file.name);
  const wells = new Map<string, Map<number, ImageRecord[]>>();
  for (const record of recordsOf(data.children, data.file.name)) {
    const well = wellName(record, camera.wells);
    const fields = wells.get(well) ?? new Map<number, ImageRecord[]>();
    fields.set(record.field, [...(fields.get(record.field) ?? []), record]);
    wells.set(well, fields);
  }
  if (wells.size === 0) throw new Fault("input", `${data.file.name} has no image`);
  const sorted = [...wells].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([well, fields]) => [well, fovsOf(well, fields, camera)]));
}

function fovsOf(
  well: string,
  fields: ReadonlyMap<number, readonly ImageRecord[]>,
  camera: CameraFrame,
): readonly FoundRoi[] {
  const sites = [...fields]
    .sort(([a], [b]) => a - b)
    .map(([field, records]) => {
      const where = `Field ${field} of well ${well}`;
      const { x, y } = positionOf(records, where);
      const size = { width: camera.width, height: camera.height };
      return { field, depth: depthOf(records, where), x, y: -y, ...size };
    });
  const placed = withoutOverlaps(sites, well);
  const left = Math.min(...placed.map(({ x }) => x));
  const top = Math.min(...placed.map(({ y }) => y));
  return placed.map(({ x, y, width, height }: Placed, i) => {
    const { field = 0, depth = 1, x: atX, y: atY } = sites[i] ?? {};
    return {
      name: `FOV_${field}`,
      hasPlanes: true,
      box: worldBox([0, y - top, x - left], [depth, y - top + height, x - left + width]),
      cells: new Map([
        ["x_micrometer_original", atX],
        ["y_micrometer_original", atY],
      ]),
    };
  });
}

/** Where the stage was; the same for all images of a field. */
function positionOf(records: readonly ImageRecord[], where: string): { x: number; y: number } {
  const [first] = records;
  const { x, y } = first ?? { x: 0, y: 0 };
  const other = records.find((one) => Math.abs(one.x - x) + Math.abs(one.y - y) > 1e-8);
  if (other)
    throw new Fault(
      "input",
      `${where} is at x ${x}, y ${y}, and in record ${other.number} at x ${other.x}, y ${other.y}`,
    );
  return { x, y };
}

/** Planes times their distance, alike in all channels; one plane is 1 deep. */
function depthOf(records: readonly ImageRecord[], where: string): number {
  const stacks = new Map<string, number[]>();
  for (const { stack, z } of records) stacks.set(stack, [...(stacks.get(stack) ?? []), z]);
  const depths = Array.from(stacks.values(), (planes) => stackDepth(planes, where));
  const [depth = 1] = depths;
  if (depths.some((one) => !isClose(one, depth)))
    throw new Fault("input", `${where} has stacks of different depth: ${depths.join(", ")} µm`);
  return depth;
}

function stackDepth(planes: readonly number[], where: string): number {
  const steps = planes.slice(1).map((z, i) => z - (planes[i] ?? 0));
  const [step] = steps;
  if (step === undefined) return 1;
  if (!(step > 0) || steps.some((one) => !isClose(one, step)))
    throw new Fault("input", `${where} has planes that are not evenly apart: ${planes.join(", ")}`);
  return (steps.reduce((sum, one) => sum + one, 0) / steps.length) * planes.length;
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
}

/** "B03"; in a plate of 1536 wells the one of 96 it lies in, and where in it: "A01.a1". */
function wellName({ row, column }: ImageRecord, wells: number): string {
  const letter = (i: number, first: "A" | "a"): string =>
    String.fromCodePoint((first.codePointAt(0) ?? 0) + i);
  const two = (i: number): string => String(i).padStart(2, "0");
  if (wells !== 1536) return letter(row - 1, "A") + two(column);
  const outer = letter(Math.floor((row - 1) / 4), "A") + two(Math.floor((column - 1) / 4) + 1);
  return `${outer}.${letter((row - 1) % 4, "a")}${((column - 1) % 4) + 1}`;
}
