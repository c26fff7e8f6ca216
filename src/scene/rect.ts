/** Flat rectangles of the world: where tiles lie, and which parts of them are seen. */

/** World units, y downwards; holds a point p where min ≤ p < max. The order is that of deck.gl's `bounds`. */
export type Rect = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** Whether two rectangles share an area; touching edges do not count. */
export function rectsOverlap(a: Rect, b: Rect): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** What two rectangles share; of two that share nothing, a rectangle without an area. */
export function overlapOf(a: Rect, b: Rect): Rect {
  const [x0, y0] = [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  return [x0, y0, Math.max(x0, Math.min(a[2], b[2])), Math.max(y0, Math.min(a[3], b[3]))];
}

/** Whether a point lies in it; those on its right and lower edge do not. */
export function rectHolds(rect: Rect, [x, y]: readonly [x: number, y: number]): boolean {
  return x >= rect[0] && x < rect[2] && y >= rect[1] && y < rect[3];
}

/** The point in its middle, in world units. */
export function middleOf([x0, y0, x1, y1]: Rect): { readonly x: number; readonly y: number } {
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}

/** What is left of a rectangle without another: at most four rectangles, disjoint. */
export function rectWithout(rect: Rect, hole: Rect): Rect[] {
  if (!rectsOverlap(rect, hole)) return [rect];
  const [x0, y0, x1, y1] = rect;
  const [left, right] = [Math.max(x0, hole[0]), Math.min(x1, hole[2])];
  const [top, bottom] = [Math.max(y0, hole[1]), Math.min(y1, hole[3])];
  const around: Rect[] = [
    [x0, y0, x1, top],
    [x0, top, left, bottom],
    [right, top, x1, bottom],
    [x0, bottom, x1, y1],
  ];
  return around.filter(([minX, minY, maxX, maxY]) => minX < maxX && minY < maxY);
}

/**
 * The parts of each rectangle that no later one lies over, so that what is see-through is drawn once
 * at every place. Same order as given; an empty list for one that is wholly hidden.
 */
export function visibleParts(rects: readonly Rect[]): Rect[][] {
  return rects.map((rect, i) =>
    rects
      .slice(i + 1)
      .reduce<Rect[]>((parts, above) => parts.flatMap((part) => rectWithout(part, above)), [rect]),
  );
}
