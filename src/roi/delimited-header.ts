/** Which column of a pasted table says what, and in which unit: by the names that programs give to them. */
import { Fault } from "../base/fault.ts";
import { type Frame, unitsIn } from "./found-roi.ts";

/** Where an axis's lower corner and its length or upper corner are; the scales are world units per unit there. */
export interface AxisColumns {
  readonly min: number;
  readonly scale: number;
  readonly end: number;
  readonly endScale: number;
  readonly endIs: "length" | "max";
}

export interface Header {
  readonly name: number | undefined;
  /** z, y, x; z may not be there. */
  readonly axes: readonly (AxisColumns | undefined)[];
  /** All other columns that have a name. */
  readonly others: readonly (readonly [column: number, name: string])[];
}

const NAMES = ["name", "roi", "roi_name", "fieldindex", "label", "id", ""];

/** Of each axis in the order z, y, x, what its columns are called when their unit is cut off. */
const CALLED = [
  {
    min: ["z", "z_min", "min_z", "zmin"],
    length: ["len_z", "depth", "size_z"],
    max: ["z_max", "max_z", "zmax"],
  },
  {
    min: ["y", "y_min", "min_y", "ymin", "top", "by"],
    length: ["len_y", "height", "size_y", "h"],
    max: ["y_max", "max_y", "ymax", "bottom"],
  },
  {
    min: ["x", "x_min", "min_x", "xmin", "left", "bx"],
    length: ["len_x", "width", "size_x", "w"],
    max: ["x_max", "max_x", "xmax", "right"],
  },
] as const;

/**
 * The first line as a header. Columns without a unit are in the image's. A first line of numbers is no header: after a
 * name, if there is one, four are x, y, width, height, and six x, y, z and the lengths, as in an ROI table.
 * @throws Fault "input" where a column that is needed is missing, or one is there twice
 */
export function headerFor(
  first: readonly string[],
  frame: Frame,
): { readonly header: Header; readonly isNamed: boolean } {
  const bare = bareHeader(first);
  if (bare) return { header: bare, isNamed: false };
  refuseTwice(first);
  const columns = first.map((cell) => calledAndScaled(cell));
  const find = (names: readonly string[]): number =>
    columns.findIndex(({ called }) => names.includes(called));
  const scaleOf = (column: number, axis: 0 | 1 | 2): number =>
    scaleIn(columns[column]?.unit, axis, frame, first[column] ?? "");
  const along = (axis: 0 | 1 | 2): AxisColumns | undefined => {
    const { min, length, max } = CALLED[axis];
    const [from, by, to] = [find(min), find(length), find(max)];
    const end = by >= 0 ? by : to;
    if (axis === 0 && from < 0 && end < 0) return undefined;
    if (from < 0) throw missing(`where an ROI begins along ${"zyx"[axis]} ("${min[0]}")`, first);
    if (end < 0) throw missing(`how long an ROI is along ${"zyx"[axis]} ("${length[0]}")`, first);
    const endIs = by >= 0 ? "length" : "max";
    return { min: from, scale: scaleOf(from, axis), end, endScale: scaleOf(end, axis), endIs };
  };
  const axes = [along(0), along(1), along(2)];
  const name = NAMES.map((one) => columns.findIndex(({ called }) => called === one)).find(
    (at) => at >= 0,
  );
  const used = new Set([name, ...axes.flatMap((axis) => (axis ? [axis.min, axis.end] : []))]);
  const others = first.flatMap((cell, i): (readonly [number, string])[] =>
    used.has(i) || cell.trim() === "" ? [] : [[i, cell.trim()]],
  );
  return { header: { name, axes, others }, isNamed: true };
}

/** Of two columns of one name nobody says which one counts. */
function refuseTwice(first: readonly string[]): void {
  const names = first.map((cell) => cell.trim().toLowerCase());
  const twice = names.findIndex((name, i) => name !== "" && names.indexOf(name) < i);
  if (twice >= 0)
    throw new Fault(
      "input",
      `Row 1 has two columns "${first[twice]?.trim()}": rename or remove one of them`,
    );
}

function missing(what: string, first: readonly string[]): Fault {
  const has = first.join(", ").slice(0, 200);
  return new Fault(
    "input",
    `No column says ${what}: row 1 has ${has}. Fovea reads GeoJSON, and tables with columns such as name, x, y, len_x, len_y`,
  );
}

/** World units per unit of a column. */
function scaleIn(
  unit: string | undefined,
  axis: 0 | 1 | 2,
  { grid, unit: world }: Frame,
  column: string,
): number {
  if (unit === undefined) return 1;
  if (/^(?:px|pixels?|vx|voxels?)$/.test(unit)) return grid.scale[axis];
  const scale = unitsIn(unit, world);
  if (scale === undefined)
    throw new Fault(
      "input",
      `The column "${column}" is in "${unit}", and the image in ${world ?? "no unit"}`,
    );
  return scale;
}

const UNIT =
  /(?:\s|^|[([])\s*(px|pixels?|vx|voxels?|nm|nanometer|um|\u03bcm|microns?|micrometer|mm|millimeter)[)\]]?$/;

/** "Width (µm)" and "len_x_micrometer" as a name and a unit. */
function calledAndScaled(cell: string): { readonly called: string; readonly unit?: string } {
  const text = cell.trim().normalize("NFKC").toLowerCase().replaceAll("_", " ");
  const unit = UNIT.exec(text);
  const called = (unit ? text.slice(0, unit.index) : text).trim().replaceAll(/[\s-]+/g, "_");
  return unit?.[1] === undefined ? { called } : { called, unit: unit[1] };
}

/** Columns without names, in the order that others and our own tables have them in. */
function bareHeader(first: readonly string[]): Header | undefined {
  const isNumber = (text: string): boolean =>
    text.trim() !== "" && !Number.isNaN(Number(text.replace(",", ".")));
  if (first.length < 4 || !first.slice(1).every(isNumber)) return undefined;
  const numbers = first.length === 4 || first.length === 6 ? first.length : first.length - 1;
  if ((numbers !== 4 && numbers !== 6) || (numbers === first.length && !isNumber(first[0] ?? "")))
    return undefined;
  const from = first.length - numbers;
  const axes = numbers / 2;
  const column = (i: number): AxisColumns => ({
    min: from + i,
    scale: 1,
    end: from + axes + i,
    endScale: 1,
    endIs: "length",
  });
  return {
    name: from === 1 ? 0 : undefined,
    axes: [axes === 3 ? column(2) : undefined, column(1), column(0)],
    others: [],
  };
}
