/** The small arrays that e2e/interop/record-golden.py has recorded for the kernels' tests. */
import type { Zyx } from "../geometry/box.ts";
import golden from "../tasks/kernels/golden.json" with { type: "json" };

interface Stored {
  readonly shape: readonly number[];
  /** In raster order, apart by spaces. */
  readonly values: string;
}

type Named<Name extends string> = Readonly<Record<Name, Stored>>;

interface OfImage
  extends Named<
    | "image"
    | "gaussian"
    | "median2"
    | "median3"
    | "median4"
    | "medianSmooth"
    | "equalized"
    | "equalizedTiled"
    | "mask"
    | "labels"
    | "sizeFiltered"
    | "borderCleared"
    | "withHoles"
    | "filled"
    | "squaredDistances"
    | "peaks1"
    | "peaks3"
    | "seeds"
    | "flooded"
    | "floodedPeaks"
    | "split"
    | "steps"
    | "steppedFlooded"
    | "evenlyFlooded"
    | "evenlyFloodedAll"
  > {
  /** Of the image and of the smoothed image. */
  readonly thresholds: Readonly<
    Record<"otsu" | "triangle" | "li" | "triangleMirrored", readonly number[]>
  >;
}

interface Golden {
  /** Of whole Gaussian kernels, by sigma. */
  readonly weights: Named<"0.7" | "2" | "18">;
  readonly plane: OfImage;
  readonly volume: OfImage;
  readonly illumination: Named<
    | "bright"
    | "flatField"
    | "darkField"
    | "singleField"
    | "flat"
    | "dark"
    | "background"
    | "single"
    | "singleDark"
  >;
}

export const recorded: Golden = golden;

export function valuesOf({ values }: Stored): number[] {
  return values.split(" ").map(Number);
}

export function shapeOf({ shape: [z = 1, y = 1, x = 1] }: Stored): Zyx {
  return [z, y, x];
}
