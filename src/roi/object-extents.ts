/** How far each object of a label image extends, folded from parts of the image in any order. */

/** Half-open, in voxels, one number per axis of the label. */
export interface Extent {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** By object. */
export type Extents = ReadonlyMap<number, Extent>;

/** A part of a label: dense, last axis fastest, of the shape; where it lies in the label. */
export interface LabelPart {
  readonly labels: Labels;
  readonly min: readonly number[];
  readonly shape: readonly number[];
}

/** Any typed array. */
interface Labels {
  readonly length: number;
  readonly [index: number]: number | bigint;
}

/**
 * The extents of the objects of one part; 0 and below are background (as `scipy.ndimage.find_objects` has it).
 * @param labels dense, last axis fastest, of the shape
 * @param part where it lies in the label
 */
export function extentsOf(
  labels: Labels,
  part: { readonly min: readonly number[]; readonly shape: readonly number[] },
): Extents {
  const { min, shape } = part;
  const last = shape.length - 1;
  const width = shape[last] ?? 1;
  const left = min[last] ?? 0;
  const found = new Map<number, { readonly min: number[]; readonly max: number[] }>();
  for (let row = 0; row * width < labels.length; row++) {
    const corner = placeOfRow(row, min, shape);
    eachRun(labels, row * width, width, (id, begin, end) => {
      const lower = [...corner, left + begin];
      const upper = [...corner.map((at) => at + 1), left + end];
      const known = found.get(id);
      if (known) stretch(known, lower, upper);
      else found.set(id, { min: lower, max: upper });
    });
  }
  return found;
}

/** Visits the runs of one object in a row. */
function eachRun(
  labels: Labels,
  from: number,
  width: number,
  visit: (id: number, begin: number, end: number) => void,
): void {
  for (let x = 0; x < width; ) {
    const id = labels[from + x] ?? 0;
    const begin = x++;
    while (x < width && labels[from + x] === id) x++;
    if (id > 0) visit(Number(id), begin, x);
  }
}

/** The places of a row on all axes but the last. */
function placeOfRow(row: number, min: readonly number[], shape: readonly number[]): number[] {
  const place: number[] = [];
  for (let axis = shape.length - 2, rest = row; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    place[axis] = (min[axis] ?? 0) + (rest % length);
    rest = Math.floor(rest / length);
  }
  return place;
}

function stretch(
  known: { readonly min: number[]; readonly max: number[] },
  min: readonly number[],
  max: readonly number[],
): void {
  for (let axis = 0; axis < min.length; axis++) {
    known.min[axis] = Math.min(known.min[axis] ?? 0, min[axis] ?? 0);
    known.max[axis] = Math.max(known.max[axis] ?? 0, max[axis] ?? 0);
  }
}

/** The extents of the objects of all parts, by growing label. */
export function joinedExtents(parts: Iterable<Extents>): Extents {
  const found = new Map<number, { readonly min: number[]; readonly max: number[] }>();
  for (const part of parts)
    for (const [label, { min, max }] of part) {
      const known = found.get(label);
      if (known) stretch(known, min, max);
      else found.set(label, { min: [...min], max: [...max] });
    }
  return new Map([...found].sort(([a], [b]) => a - b));
}
