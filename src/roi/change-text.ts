/** What was edited, ROI by ROI, in words: what a save would write. */
import { lengthsOf } from "../geometry/box.ts";
import type { Changes } from "./changes.ts";
import { type Roi, type RoiId, type Rois, roiAt } from "./rois.ts";

export type ChangeKind = Exclude<keyof Changes, "count">;

/** One ROI's change of one kind: "FOV_2" and "x +5". */
export interface ChangeLine {
  readonly name: string;
  readonly what: string;
}

/** @param unit of the axes, as it is written after a number; "" where there is none */
export function changeLine(
  kind: ChangeKind,
  id: RoiId,
  { from, to }: { readonly from: Rois; readonly to: Rois },
  unit: string,
): ChangeLine {
  const [before, after] = [roiAt(from, id), roiAt(to, id)];
  const name = (after ?? before)?.name ?? "";
  if (!before || !after) return { name, what: "" };
  switch (kind) {
    case "added":
    case "deleted":
      return { name, what: "" };
    case "renamed":
      return before.name === after.name
        ? { name, what: `label ${before.label ?? "none"} → ${after.label ?? "none"}` }
        : { name: before.name, what: `→ ${after.name}` };
    case "moved":
      return { name, what: motion(before, after, unit) };
    case "valued":
      return { name, what: values(before, after) };
  }
}

const AXES = [
  ["x", 2],
  ["y", 1],
  ["z", 0],
] as const;

/** "x +5, y −2 µm" where a box kept its size, else "size x +3 µm" and what moved beside. */
function motion({ box: a }: Roi, { box: b }: Roi, unit: string): string {
  const [was, is] = [lengthsOf(a), lengthsOf(b)];
  const told = (prefix: string, by: (axis: 0 | 1 | 2) => number): string => {
    const parts = AXES.flatMap(([name, axis]) => {
      const change = signed(by(axis));
      return change === undefined ? [] : [`${name} ${change}`];
    });
    return parts.length === 0 ? "" : `${prefix}${parts.join(", ")}${unit && ` ${unit}`}`;
  };
  return [
    told("", (axis) => b.min[axis] - a.min[axis]),
    told("size ", (axis) => is[axis] - was[axis]),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

/** Six digits, as float32 tables tell no more. */
function signed(value: number): string | undefined {
  if (Number.isNaN(value)) return "set";
  const rounded = Number(value.toPrecision(6));
  if (Math.abs(rounded) < 1e-9) return undefined;
  return rounded < 0 ? `−${-rounded}` : `+${rounded}`;
}

function values({ cells: before }: Roi, { cells: after }: Roi): string {
  const columns = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...columns]
    .filter((column) => !Object.is(before?.get(column), after?.get(column)))
    .map(
      (column) => `${column}: ${after?.has(column) ? (after.get(column) ?? "none") : "as before"}`,
    )
    .join(", ");
}
