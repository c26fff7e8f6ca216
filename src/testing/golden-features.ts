/** What Fractal's tasks give for small arrays, recorded by `e2e/interop/record-golden-features.py`. */
import type { Zyx } from "../geometry/box.ts";
import golden from "../tasks/kernels/golden-features.json" with { type: "json" };
import type { Projection } from "../tasks/kernels/project-z.ts";
import type { Voxels } from "../tasks/kernels/voxels.ts";

type ImageType = "uint8" | "uint16" | "int16" | "float32";

/** Numbers; what JSON has no number for is named. */
type Recorded = readonly (number | string)[];

interface GoldenFeatures {
  readonly name: string;
  readonly shape: Zyx;
  readonly dimensions: 2 | 3;
  readonly spacing: Zyx;
  readonly labels: readonly number[];
  readonly dtype: ImageType;
  readonly channels: Readonly<Record<string, readonly number[]>>;
  readonly time?: number;
  /** In Fractal's order, `label` first. */
  readonly columns: Readonly<Record<string, Recorded>>;
}

interface GoldenZoom {
  readonly shape: Zyx;
  readonly labels: readonly number[];
  readonly targets: readonly { readonly shape: Zyx; readonly labels: readonly number[] }[];
}

interface GoldenProjection {
  readonly dtype: ImageType;
  readonly shape: Zyx;
  readonly voxels: readonly number[];
  readonly planes: readonly { readonly by: Projection; readonly voxels: readonly number[] }[];
}

interface Golden {
  readonly features: readonly GoldenFeatures[];
  readonly zooms: readonly GoldenZoom[];
  readonly projections: readonly GoldenProjection[];
}

/** Typed by hand: the arrays of a JSON module have no fixed length. */
export const recorded: Golden = golden as unknown as Golden;

export function voxelsOf(dtype: ImageType, values: readonly number[]): Voxels {
  switch (dtype) {
    case "uint8":
      return Uint8Array.from(values);
    case "uint16":
      return Uint16Array.from(values);
    case "int16":
      return Int16Array.from(values);
    case "float32":
      return Float32Array.from(values);
  }
}
