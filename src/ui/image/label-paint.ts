/** The colours of a label's objects by the feature that is chosen: where what is open meets the palettes. */
import { remembered } from "../../base/remembered.ts";
import type { LabelColors } from "../../scene/label-layer.ts";
import { categoryPalette, numberPalette } from "../../scene/palette.ts";
import type { LabelColoring } from "../../state/label-colors.ts";
import type { FeatureColor, LabelView } from "../../state/label-look.ts";
import type { Session } from "../../state/session.ts";
import { reachOf } from "./roi-paint.ts";

/** @returns the colours of a label now, the same object until something has changed; undefined of one coloured by id */
export function labelPaint(session: Session): (label: LabelView) => LabelColors | undefined {
  const paints = new Map<string, ReturnType<typeof colorsOf>>();
  return ({ name, color }) => {
    const coloring = session.labelColors.getState().colorings.get(name);
    if (!color || !coloring) return undefined;
    const paint = paints.get(name) ?? colorsOf();
    paints.set(name, paint);
    return paint(coloring, color.ends);
  };
}

function colorsOf() {
  const paletteNow = remembered(({ summary, places }: LabelColoring) =>
    summary.kind === "range" ? numberPalette() : categoryPalette(places),
  );
  return remembered(
    (coloring: LabelColoring, ends: FeatureColor["ends"]): LabelColors => ({
      lookup: coloring.lookup,
      palette: paletteNow(coloring),
      ends: coloring.summary.kind === "range" ? placesOf(ends, coloring) : undefined,
    }),
  );
}

/** Where ends lie in the reach of the values, from 0 to 1. */
function placesOf(
  ends: FeatureColor["ends"],
  { summary }: LabelColoring,
): readonly [number, number] {
  const [min, max] = reachOf(summary);
  if (!ends || max <= min) return [0, max > min ? 1 : 0];
  return [(ends[0] - min) / (max - min), (ends[1] - min) / (max - min)];
}
