/** How a label is drawn, as a value: what is chosen for it, and that read back from where anything may be written. */
import { isJsonObject } from "../base/json.ts";

export type LabelStyle = "fill" | "outline" | "both";

/** A column of a feature table that objects are coloured by. */
export interface FeatureColor {
  readonly table: string;
  readonly column: string;
  /** What of numbers is drawn as least and as most; undefined is what the column reaches. */
  readonly ends: readonly [least: number, most: number] | undefined;
}

export interface LabelLook {
  /** From 0 to 1. */
  readonly opacity: number;
  readonly style: LabelStyle;
  /** Of outlines, in pixels of CSS, from 1 to `MOST_WIDTH`. */
  readonly width: number;
  /** Undefined gives each object its own colour. */
  readonly color: FeatureColor | undefined;
}

export interface LabelView extends LabelLook {
  readonly name: string;
  readonly visible: boolean;
}

export const MOST_WIDTH = 4;

export const FIRST_LOOK: LabelLook = {
  opacity: 0.45,
  style: "fill",
  width: 1,
  color: undefined,
};

const STYLES: readonly LabelStyle[] = ["fill", "outline", "both"];

/** The parts of a look that can be drawn; what is left out is as first seen. */
export function labelLookOf(kept: Readonly<Record<string, unknown>>): LabelLook {
  const { opacity, width, color } = kept;
  const style = STYLES.find((each) => each === kept["style"]);
  return {
    ...FIRST_LOOK,
    ...(isWithin(opacity, 0, 1) ? { opacity } : {}),
    ...(isWithin(width, 1, MOST_WIDTH) ? { width: Math.round(width) } : {}),
    ...(style ? { style } : {}),
    ...(isJsonObject(color) ? { color: colorOf(color) } : {}),
  };
}

function colorOf(kept: Readonly<Record<string, unknown>>): FeatureColor | undefined {
  const { table, column, ends } = kept;
  if (typeof table !== "string" || typeof column !== "string") return undefined;
  const [least, most]: readonly unknown[] = Array.isArray(ends) ? ends : [];
  const isSpan = Number.isFinite(least) && Number.isFinite(most);
  return { table, column, ends: isSpan ? [Number(least), Number(most)] : undefined };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}
