/** The mesh that a tile of the density picture is drawn with: its corners lie in the middles of bins, one beyond each edge. */

/** Where the corners lie, x and y each, row by row; a tile reaches from 0 to 1. */
export function cornersOf(across: number): Float32Array<ArrayBuffer> {
  const corners = new Float32Array(2 * across * across);
  for (let corner = 0; corner < across * across; corner++) {
    corners[2 * corner] = ((corner % across) - 0.5) / (across - 2);
    corners[2 * corner + 1] = (Math.floor(corner / across) - 0.5) / (across - 2);
  }
  return corners;
}

/** A part of the mesh: the corners it begins with, in its first and below its last row, and how many squares it is wide. */
interface Part {
  readonly first: number;
  readonly last: number;
  readonly width: number;
}

/**
 * Two triangles, three corners each, for each rectangle of squares that are wanted: a GPU in software pays for triangles.
 *
 * @param wanted whether a square is; squares are named by their first corner
 * @param alike whether two corners look the same, so that what lies between them need not be drawn square by square
 */
export function trianglesOf(
  across: number,
  wanted: (corner: number) => boolean,
  alike: (a: number, b: number) => boolean,
): Uint16Array<ArrayBuffer> {
  const triangles: number[] = [];
  const close = ({ first, last, width }: Part): void => {
    triangles.push(first, first + width, last, last, first + width, last + width);
  };
  const isFlat = (from: number, to: number): boolean =>
    alike(from, to) && alike(from + across, to + across);
  /** How many squares from one on, up to the end of its row, are drawn as one, or are not wanted: then one. */
  const widthFrom = (first: number, end: number): number => {
    let at = first + 1;
    while (wanted(first) && at < end && wanted(at) && isFlat(first, at) && isFlat(first, at + 1))
      at++;
    return at - first;
  };
  const isFlatTo = ({ first, width }: Part, to: number): boolean =>
    alike(first, to) && alike(first + width, to + width);
  /** By the first corner of their lower edges. */
  let above = new Map<number, Part>();
  for (let begin = 0; begin < across * (across - 1); begin += across) {
    const open = new Map<number, Part>();
    const end = begin + across - 1;
    for (let at = begin, width = 1; at < end; at += width) {
      width = widthFrom(at, end);
      if (!wanted(at)) continue;
      const over = above.get(at);
      const isOne = over?.width === width && isFlatTo(over, at) && isFlatTo(over, at + across);
      if (isOne) above.delete(at);
      open.set(at + across, { first: isOne ? over.first : at, last: at + across, width });
    }
    above.forEach(close);
    above = open;
  }
  above.forEach(close);
  return Uint16Array.from(triangles);
}
