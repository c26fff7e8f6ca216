/** Axis-aligned boxes in z, y, x that know whether they are in world units or in pixels. */

/** Three numbers in the order z, y, x. */
export type Zyx = readonly [z: number, y: number, x: number];

export type Space = "world" | "pixel";

/** A half-open box: a point p is inside where min ≤ p < max on each axis. World is the axis unit of the image. */
export interface Box<S extends Space> {
  readonly space: S;
  readonly min: Zyx;
  readonly max: Zyx;
}

/** In the image's axis unit, its origin at the image's first pixel. */
export function worldBox(min: Zyx, max: Zyx): Box<"world"> {
  return { space: "world", min, max };
}

/** In voxels of one level. */
export function pixelBox(min: Zyx, max: Zyx): Box<"pixel"> {
  return { space: "pixel", min, max };
}

/** Maps each axis; i is 0 for z, 1 for y, 2 for x. */
export function zyx(of: (i: 0 | 1 | 2) => number): Zyx {
  return [of(0), of(1), of(2)];
}

/** The edge lengths; negative where max is below min. */
export function lengthsOf(box: Box<Space>): Zyx {
  return zyx((i) => box.max[i] - box.min[i]);
}

/** Whether the box holds nothing. */
export function isEmpty(box: Box<Space>): boolean {
  return box.max[0] <= box.min[0] || box.max[1] <= box.min[1] || box.max[2] <= box.min[2];
}

/** What two boxes share; an empty box where they share nothing. */
export function intersect<S extends Space>(a: Box<S>, b: Box<S>): Box<S> {
  const min = zyx((i) => Math.max(a.min[i], b.min[i]));
  return { space: a.space, min, max: zyx((i) => Math.max(min[i], Math.min(a.max[i], b.max[i]))) };
}

/** Whether two boxes share a volume; touching faces do not count. */
export function overlaps<S extends Space>(a: Box<S>, b: Box<S>): boolean {
  return !isEmpty(intersect(a, b));
}

/** The number of voxels of a pixel box. */
export function volumeOf(box: Box<"pixel">): number {
  const [z, y, x] = lengthsOf(box);
  return isEmpty(box) ? 0 : z * y * x;
}

/** Whether two boxes have the same corners. */
export function sameBox(a: Box<Space>, b: Box<Space>): boolean {
  return samePoint(a.min, b.min) && samePoint(a.max, b.max);
}

function samePoint(a: Zyx, b: Zyx): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}
