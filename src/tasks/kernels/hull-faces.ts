/** The faces of the convex hull of points in space, in whole numbers. */
import { type Zyx, zyx } from "../../geometry/box.ts";

/** A triangle of the hull; a point p is inside or on it where normal · p ≤ offset. */
export interface Face {
  /** Indices of the points, counter-clockwise from outside. */
  readonly corners: Zyx;
  readonly normal: Zyx;
  readonly offset: number;
}

/** Whether all points lie in one plane. */
export function isFlat(points: readonly Zyx[]): boolean {
  return simplexOf(points) === undefined;
}

/**
 * Adds point by point: the faces that a point sees give way to a cone from their rim to it. Coordinates are whole
 * numbers of at most 2^16, so every product is exact and coplanar points need no tolerance.
 * @returns triangles, of which several may share a plane; none where the points are flat.
 */
export function hullOf(points: readonly Zyx[]): Face[] {
  const simplex = simplexOf(points);
  if (simplex === undefined) return [];
  let faces = tetrahedron(points, simplex);
  for (const [p, point] of points.entries()) {
    const seen = faces.filter(({ normal, offset }) => dot(normal, point) > offset);
    if (seen.length === 0) continue;
    const hidden = faces.filter(({ normal, offset }) => dot(normal, point) <= offset);
    const cone = rimOf(seen, points.length).map(([a, b]) => faceOf(points, [a, b, p]));
    faces = [...hidden, ...cone];
  }
  return faces;
}

/** The edges between seen and hidden faces, as the seen ones turn: an edge of two seen faces is met both ways. */
function rimOf(seen: readonly Face[], count: number): (readonly [number, number])[] {
  const edges = seen.flatMap(({ corners: [a, b, c] }) => [
    [a, b] as const,
    [b, c] as const,
    [c, a] as const,
  ]);
  const keys = new Set(edges.map(([a, b]) => a * count + b));
  return edges.filter(([a, b]) => !keys.has(b * count + a));
}

/** Four points that span space; undefined where there are none. */
function simplexOf(points: readonly Zyx[]): readonly [number, number, number, number] | undefined {
  const origin = points[0];
  if (origin === undefined) return undefined;
  const from = points.map((point) => minus(point, origin));
  const b = from.findIndex((point) => dot(point, point) > 0);
  const along = from[b] ?? [0, 0, 0];
  const c = from.findIndex((point) => dot(cross(along, point), cross(along, point)) > 0);
  const normal = cross(along, from[c] ?? [0, 0, 0]);
  const d = from.findIndex((point) => dot(normal, point) !== 0);
  return d < 0 ? undefined : [0, b, c, d];
}

function tetrahedron(
  points: readonly Zyx[],
  [a, b, c, d]: readonly [number, number, number, number],
): Face[] {
  const base = faceOf(points, [a, b, c]);
  const isBehind = dot(base.normal, points[d] ?? [0, 0, 0]) < base.offset;
  const [second, third] = isBehind ? [b, c] : [c, b];
  return [
    faceOf(points, [a, second, third]),
    faceOf(points, [a, third, d]),
    faceOf(points, [third, second, d]),
    faceOf(points, [second, a, d]),
  ];
}

function faceOf(points: readonly Zyx[], corners: Zyx): Face {
  const at = (i: number): Zyx => points[i] ?? [0, 0, 0];
  const [a, b, c] = [at(corners[0]), at(corners[1]), at(corners[2])];
  const normal = cross(minus(b, a), minus(c, a));
  return { corners, normal, offset: dot(normal, a) };
}

function minus(a: Zyx, b: Zyx): Zyx {
  return zyx((i) => a[i] - b[i]);
}

function cross(a: Zyx, b: Zyx): Zyx {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Zyx, b: Zyx): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
