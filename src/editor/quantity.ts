/** Reads what people type into a number field: "12.5", "12,5 µm", "40px", "+5", "/2". */

export interface Quantity {
  /** Whether the number replaces the value, is added to it, or multiplies it. */
  readonly action: "set" | "add" | "multiply";
  readonly value: number;
  /** Of `value`, unless it multiplies: the axis unit, or voxels of the working level. */
  readonly unit: "world" | "voxel";
}

/** What a field says where `parseQuantity` finds none. */
export const NOT_A_QUANTITY = "Type a number such as 12.5, 12.5 µm, 40 px, +5 or /2";

const MICROMETRES: ReadonlyMap<string, number> = new Map([
  ["nm", 1e-3],
  ["nanometer", 1e-3],
  ["um", 1],
  ["\u03bcm", 1],
  ["micron", 1],
  ["micrometer", 1],
  ["mm", 1e3],
  ["millimeter", 1e3],
]);

const VOXELS: ReadonlySet<string> = new Set(["px", "pixel", "pixels", "vx", "voxel", "voxels"]);

const SHAPE = /^([+\-*/]?)\s*(\d+(?:[.,]\d*)?|[.,]\d+)(e[+-]?\d+)?\s*(\p{L}*)$/iu;

/**
 * The quantity that a text means. A leading sign makes it relative to the present value, as coordinates inside an image
 * are never negative. A point or a comma separates decimals; thousands are not separated.
 * @param axisUnit the axis's unit as OME-Zarr spells it ("micrometer"); a length in another unit is converted.
 * @returns undefined where the text is not a number with a unit that is known.
 */
export function parseQuantity(text: string, axisUnit = "micrometer"): Quantity | undefined {
  const [, sign = "", digits = "", exponent = "", suffix = ""] = SHAPE.exec(text.trim()) ?? [];
  if (digits === "") return undefined;
  const number = Number(digits.replace(",", ".") + exponent);
  if (sign === "*" || sign === "/") {
    const value = sign === "*" ? number : 1 / number;
    if (suffix !== "" || !Number.isFinite(value)) return undefined;
    return { action: "multiply", value, unit: "world" };
  }
  const scale = scaleOf(plain(suffix), plain(axisUnit));
  if (scale === undefined) return undefined;
  const value = sign === "-" ? -number * scale.by : number * scale.by;
  return { action: sign === "" ? "set" : "add", value, unit: scale.unit };
}

/** What the present value (world units) becomes; `scale` is world units per voxel along the field's axis. */
export function evaluated({ action, value, unit }: Quantity, now: number, scale: number): number {
  if (action === "multiply") return now * value;
  const world = unit === "voxel" ? value * scale : value;
  return action === "add" ? now + world : world;
}

/** In lower case and with one kind of micro sign: Unicode's compatibility form of it is the Greek letter. */
function plain(unit: string): string {
  return unit.normalize("NFKC").toLowerCase();
}

function scaleOf(
  suffix: string,
  axisUnit: string,
): { by: number; unit: Quantity["unit"] } | undefined {
  if (suffix === "") return { by: 1, unit: "world" };
  if (VOXELS.has(suffix)) return { by: 1, unit: "voxel" };
  const typed = MICROMETRES.get(suffix);
  const axis = MICROMETRES.get(axisUnit);
  return typed === undefined || axis === undefined
    ? undefined
    : { by: typed / axis, unit: "world" };
}
