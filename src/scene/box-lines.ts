/** The edges of boxes as lines for the GPU, and the middles of those too many to be drawn as boxes. */
import { finished, STEP, type Steps } from "../base/steps.ts";
import type { Box } from "../geometry/box.ts";
import type { Rgb } from "./palette.ts";

/** A column of places for the GPU: x, y, z each, in world units. */
interface Places {
  readonly value: Float32Array;
  readonly size: 3;
}

/** As deck.gl's LineLayer takes them; sent to the GPU once for as long as it is the same object. */
export interface Lines {
  readonly length: number;
  readonly attributes: {
    readonly getSourcePosition: Places;
    readonly getTargetPosition: Places;
    readonly getColor?: Colors;
  };
}

/** As deck.gl's ScatterplotLayer takes them. */
export interface Points {
  readonly length: number;
  readonly attributes: { readonly getPosition: Places; readonly getFillColor?: Colors };
}

/** RGBA, 0 to 255, in the type that deck.gl keeps colours in: of any other it warns. */
interface Colors {
  readonly value: Uint8ClampedArray;
  readonly size: 4;
}

/** How each row's box looks; undefined where all look alike. */
export type RowLook =
  | {
      readonly colorOf: (row: number) => Rgb;
      /** Whether it steps back behind the others. */
      readonly isFaint: (row: number) => boolean;
    }
  | undefined;

/** Corners at an edge's ends: bit 0 the upper x, bit 1 the upper y, bit 2 the upper z. */
const EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7] as const;

/** The twelve edges of some of the boxes whose bounds are rows of z, y, x of the lower corner, then of the upper. */
export function* edgesOf(bounds: Float64Array, rows: Int32Array): Steps<Lines> {
  const length = 12 * rows.length;
  const from = new Float32Array(3 * length);
  const to = new Float32Array(3 * length);
  let at = 0;
  for (const row of rows) {
    if (at % (36 * STEP) === 0) yield;
    for (let edge = 0; edge < EDGES.length; edge += 2, at += 3) {
      putCorner(from, at, bounds, row, EDGES[edge] ?? 0);
      putCorner(to, at, bounds, row, EDGES[edge + 1] ?? 0);
    }
  }
  const places = (value: Float32Array): Places => ({ value, size: 3 });
  return { length, attributes: { getSourcePosition: places(from), getTargetPosition: places(to) } };
}

/** The edges of the same rows in their boxes' colours. */
export function* coloredEdges(edges: Lines, rows: Int32Array, look: RowLook): Steps<Lines> {
  if (look === undefined) return edges;
  const getColor = yield* colorsOf(rows, look, 12);
  return { ...edges, attributes: { ...edges.attributes, getColor } };
}

/** The edges of a few boxes. */
export function edgesOfBoxes(boxes: readonly Box<"world">[]): Lines {
  const bounds = Float64Array.from(boxes.flatMap(({ min, max }) => [...min, ...max]));
  return finished(edgesOf(bounds, Int32Array.from(boxes.keys())));
}

/** The middles of some of the boxes. */
export function* middlesOf(bounds: Float64Array, rows: Int32Array, look: RowLook): Steps<Points> {
  const value = new Float32Array(3 * rows.length);
  let at = 0;
  for (const row of rows) {
    if (at % (3 * STEP) === 0) yield;
    for (let axis = 2; axis >= 0; axis--)
      value[at++] = ((bounds[6 * row + axis] ?? 0) + (bounds[6 * row + axis + 3] ?? 0)) / 2;
  }
  const getPosition: Places = { value, size: 3 };
  const getFillColor = look && (yield* colorsOf(rows, look, 1));
  return {
    length: rows.length,
    attributes: getFillColor ? { getPosition, getFillColor } : { getPosition },
  };
}

const OPACITY = 235;
const FAINT_OPACITY = 80;

/** The colour of each row, so many times. */
function* colorsOf(
  rows: Int32Array,
  { colorOf, isFaint }: NonNullable<RowLook>,
  times: number,
): Steps<Colors> {
  const value = new Uint8ClampedArray(4 * times * rows.length);
  let at = 0;
  for (const row of rows) {
    if (at % (4 * times * STEP) === 0) yield;
    const rgb = colorOf(row);
    const opacity = isFaint(row) ? FAINT_OPACITY : OPACITY;
    for (let i = 0; i < times; i++) {
      value[at++] = rgb >> 16;
      value[at++] = (rgb >> 8) & 255;
      value[at++] = rgb & 255;
      value[at++] = opacity;
    }
  }
  return { value, size: 4 };
}

function putCorner(
  to: Float32Array,
  at: number,
  bounds: Float64Array,
  row: number,
  corner: number,
): void {
  to[at] = bounds[6 * row + ((corner & 1) === 0 ? 2 : 5)] ?? 0;
  to[at + 1] = bounds[6 * row + ((corner & 2) === 0 ? 1 : 4)] ?? 0;
  to[at + 2] = bounds[6 * row + ((corner & 4) === 0 ? 0 : 3)] ?? 0;
}
