/** OME-Zarr's inner model: what 0.4 and 0.5 both say, and all that the rest of Fovea knows of them. */
import type { PixelGrid } from "../geometry/pixel-grid.ts";
import type { PixelArray, ZarrFormat } from "../zarr/array.ts";
import type { Store } from "../zarr/store.ts";

export type AxisName = "t" | "c" | "z" | "y" | "x";

export interface Axis {
  readonly name: AxisName;
  /** As stored: "micrometer", "second"; undefined where the file does not say. */
  readonly unit: string | undefined;
}

/** One array of a multiscale. */
export interface Level {
  /** The dataset's path as the multiscale names it: "0". */
  readonly name: string;
  readonly array: PixelArray;
  /** Per axis, in the multiscale's axis order: the dataset's scale times the multiscale's own. */
  readonly scale: readonly number[];
  /** Per axis; for display only: ROI tables ignore it. */
  readonly translation: readonly number[];
  /** The level in z, y, x. */
  readonly grid: PixelGrid;
}

export interface Multiscale {
  /** Inside the store; "" is the root. */
  readonly path: string;
  readonly store: Store;
  readonly name: string;
  readonly zarrFormat: ZarrFormat;
  readonly version: "0.4" | "0.5";
  readonly axes: readonly Axis[];
  /** At least one, the finest first. */
  readonly levels: readonly [Level, ...Level[]];
  /** What could not be used: "level 2: …". */
  readonly problems: readonly string[];
}

export interface Channel {
  readonly index: number;
  readonly label: string;
  readonly wavelengthId: string | undefined;
  /** 24-bit RGB. */
  readonly color: readonly [r: number, g: number, b: number];
  readonly active: boolean;
  /** Display range; undefined where the file does not say, so that it is found from the pixels. */
  readonly window: { readonly start: number; readonly end: number } | undefined;
}

export interface Image extends Multiscale {
  readonly channels: readonly Channel[];
  /** The names of the labels group's list. */
  readonly labels: readonly string[];
}

export interface WellRef {
  /** Inside the plate: "B/03". */
  readonly path: string;
  readonly row: string;
  readonly column: string;
  readonly rowIndex: number;
  readonly columnIndex: number;
}

export interface Plate {
  readonly path: string;
  readonly store: Store;
  readonly name: string;
  readonly zarrFormat: ZarrFormat;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly wells: readonly WellRef[];
}

/** A group that lists images: a well, or a collection that bioformats2raw made of a file with several. */
export interface Well {
  readonly kind: "well" | "collection";
  readonly path: string;
  readonly store: Store;
  readonly zarrFormat: ZarrFormat;
  readonly images: readonly { readonly path: string; readonly acquisition: number | undefined }[];
}

/** What a Zarr group turned out to be. A label is a multiscale with `image-label`, opened as an image of its own. */
export type OmeNode =
  | { readonly kind: "image"; readonly image: Image }
  | { readonly kind: "plate"; readonly plate: Plate }
  | { readonly kind: "well"; readonly well: Well };
