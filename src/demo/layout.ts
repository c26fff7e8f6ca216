/** What the demo plate looks like from outside: its wells, fields of view, channels and sizes. */

export const DEMO_SEED = 20_250_311;

/** Micrometres per voxel: a 20× objective on a usual camera, planes 1 µm apart. */
export const PIXEL = 0.325;
export const PLANE = 1;

export const PLANES = 3;
export const CHANNELS = 3;

/** A field of view in pixels; a well is a square of 2 × 2 of them. */
export const FOV: { readonly height: number; readonly width: number } = { height: 540, width: 640 };
const GRID = 2;
export const WELL: typeof FOV = { height: GRID * FOV.height, width: GRID * FOV.width };

export const ROWS: readonly string[] = ["B", "C"];
export const COLUMNS: readonly string[] = ["03", "04", "05"];

/** How the cells of one well are. */
export interface Condition {
  /** Nuclei per field of view, on average. */
  readonly density: number;
  /** Nuclear radius relative to the untreated. */
  readonly size: number;
  /** The share of cells that make the marker strongly. */
  readonly positive: number;
  /** The share of cells that divide. */
  readonly dividing: number;
}

export interface DemoWell {
  readonly row: string;
  readonly column: string;
  /** Inside the plate: "B/03". */
  readonly path: string;
  readonly seed: number;
  readonly condition: Condition;
}

/** A drug given at rising doses along the columns: fewer and larger nuclei, fewer divisions, more marker. */
const DOSES: readonly Condition[] = [
  { density: 104, size: 1, positive: 0.3, dividing: 0.03 },
  { density: 82, size: 1.08, positive: 0.5, dividing: 0.015 },
  { density: 58, size: 1.2, positive: 0.75, dividing: 0 },
];

/** The plate's wells in the order in which they are made. */
export const DEMO_WELLS: readonly DemoWell[] = ROWS.flatMap((row, rowIndex) =>
  DOSES.map((condition, columnIndex) => {
    const column = COLUMNS[columnIndex] ?? "";
    const seed = DEMO_SEED + 100 * rowIndex + columnIndex;
    return { row, column, path: `${row}/${column}`, seed, condition };
  }),
);

/** The name of a field of view as Fractal gives it: row by row from 1. */
export function fovName(fov: number): string {
  return `FOV_${fov + 1}`;
}

/** Where a field of view begins in its well, in pixels. */
export function fovOrigin(fov: number): { readonly y: number; readonly x: number } {
  return { y: Math.floor(fov / GRID) * FOV.height, x: (fov % GRID) * FOV.width };
}

export const FOVS: readonly number[] = Array.from({ length: GRID * GRID }, (_, fov) => fov);
