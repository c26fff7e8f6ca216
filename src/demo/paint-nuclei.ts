/** Painting nuclei: their DNA with its texture, and the lamina around it. */
import type { Cell } from "./cells.ts";
import { FOV } from "./layout.ts";
import { type NoiseField, noiseAt, smoothstep } from "./noise-field.ts";

/** One plane of one field of view, row by row; intensities relative to a usual nucleus. */
export type Plane = Float32Array<ArrayBuffer>;

export function emptyPlane(): Plane {
  return new Float32Array(FOV.height * FOV.width);
}

/** Where a field of view begins in its well. */
export interface Origin {
  readonly y: number;
  readonly x: number;
}

/** A nucleus made ready for the plane it is painted in. */
interface Subject {
  readonly cell: Cell;
  /** The width of its edge, relative to its short half axis. */
  readonly edge: number;
  /** The width of its lamina, relative likewise. */
  readonly rim: number;
  /** What is left of its light and of its texture out of focus. */
  readonly light: number;
  readonly detail: number;
  readonly outline: (u: number, v: number) => number;
  readonly nucleoli: readonly Spot[];
}

function subjectOf(cell: Cell, plane: number): Subject {
  const off = Math.abs(plane - cell.plane);
  const edge = (1.5 + 2 * off) / cell.short;
  return {
    cell,
    edge,
    rim: 0.06 + 0.75 * edge ** 1.2,
    light: 1 / (1 + 0.12 * off * off),
    detail: 1 / (1 + 0.9 * off),
    outline: outlineOf(cell),
    nucleoli: nucleoliOf(cell),
  };
}

/** Adds one nucleus to the DNA and lamin of a plane; only what lies in the field of view is painted. */
export function paintNucleus(
  dna: Plane,
  lamin: Plane,
  origin: Origin,
  cell: Cell,
  plane: number,
  noise: NoiseField,
): void {
  const subject = subjectOf(cell, plane);
  const { height, width } = FOV;
  const far = 1.08 + 1.6 * subject.edge;
  const extent = far * cell.long;
  const [cos, sin] = [Math.cos(cell.angle), Math.sin(cell.angle)];
  const [cy, cx] = [cell.y - origin.y, cell.x - origin.x];
  const y1 = Math.min(height - 1, Math.ceil(cy + extent));
  const x1 = Math.min(width - 1, Math.ceil(cx + extent));
  for (let y = Math.max(0, Math.floor(cy - extent)); y <= y1; y++) {
    for (let x = Math.max(0, Math.floor(cx - extent)); x <= x1; x++) {
      // Along and across the nucleus; its outline is near the unit circle.
      const u = ((x - cx) * cos + (y - cy) * sin) / cell.long;
      const v = ((y - cy) * cos - (x - cx) * sin) / cell.short;
      const r = Math.sqrt(u * u + v * v) / subject.outline(u, v);
      if (r > far) continue;
      const at = y * width + x;
      dna[at] = (dna[at] ?? 0) + dnaAt(subject, u, v, r, noise);
      lamin[at] = (lamin[at] ?? 0) + laminAt(subject, u, v, r, noise);
    }
  }
}

const bodyAt = (r: number, edge: number): number => smoothstep(1 + 1.6 * edge, 1 - 1.6 * edge, r);

/** Chromatin: thicker in the middle, uneven at two scales, with dense spots, and hollow at the nucleoli. */
function dnaAt(subject: Subject, u: number, v: number, r: number, noise: NoiseField): number {
  const { cell, edge, light, detail, nucleoli } = subject;
  const dome = 0.72 + 0.28 * Math.sqrt(Math.max(0, 1 - r * r));
  const even = cell.dna * light * bodyAt(r, edge) * dome;
  if (cell.phase === "metaphase") return even;
  const coarse = noiseAt(noise, cell.grain + v * 2.6, cell.grain + u * 2.6) - 0.5;
  const fine = noiseAt(noise, cell.grain * 7 + v * 5.5, u * 5.5) - 0.5;
  const spots = noiseAt(noise, cell.grain * 6.3 + v * 5 + 40, u * 5 + cell.grain);
  let texture = 0.42 * coarse + 0.34 * fine + 0.4 * smoothstep(0.72, 0.95, spots);
  for (const spot of nucleoli) {
    const d = ((u - spot.u) ** 2 + (v - spot.v) ** 2) / (spot.r * spot.r);
    if (d < 6) texture -= 0.5 * Math.exp(-d);
  }
  return even * (1 + detail * texture);
}

/** The lamina: a rim, and faint folds over the face of the nucleus. */
function laminAt(subject: Subject, u: number, v: number, r: number, noise: NoiseField): number {
  const { cell, edge, rim: width, light, detail } = subject;
  if (cell.lamin === 0) return 0;
  const off = (r - 0.95) / width;
  const rim = off * off > 9 ? 0 : Math.exp(-off * off) / (1 + 2.2 * (width - 0.15));
  const crossing = 1 - Math.abs(2 * noiseAt(noise, cell.grain + v * 1.7, 9 + u * 1.7) - 1);
  const folds = 0.14 + 0.2 * detail * smoothstep(0.86, 1, crossing);
  return cell.lamin * light * (0.9 * rim + bodyAt(r, edge) * folds);
}

/** How far out the outline is in the direction of (u, v): near 1, with two and three bulges. */
function outlineOf({ shape, phase }: Cell): (u: number, v: number) => number {
  const [c2, s2] = [Math.cos(shape[0]), Math.sin(shape[0])];
  const [c3, s3] = [Math.cos(shape[1]), Math.sin(shape[1])];
  const depth = phase === "interphase" ? 1 : 0.4;
  return (u, v) => {
    const uu = u * u;
    const vv = v * v;
    const rr = uu + vv + 1e-9;
    // Cosines of the double and triple angle, from the coordinates alone.
    const second = ((uu - vv) * c2 + 2 * u * v * s2) / rr;
    const third = (u * (uu - 3 * vv) * c3 + v * (3 * uu - vv) * s3) / (rr * Math.sqrt(rr));
    return 1 + depth * (0.035 * second + 0.03 * third);
  };
}

interface Spot {
  readonly u: number;
  readonly v: number;
  readonly r: number;
}

/** Two to four dark spots inside the nucleus. */
function nucleoliOf(cell: Cell): readonly Spot[] {
  const count = 2 + (Math.floor(cell.grain * 31) % 3);
  return Array.from({ length: count }, (_, i) => {
    const turn = cell.shape[0] + i * 2.4;
    const out = 0.25 + 0.3 * ((cell.grain * (i + 3)) % 1);
    return {
      u: out * Math.cos(turn),
      v: out * Math.sin(turn),
      r: 0.13 + 0.09 * ((cell.grain * (i + 5)) % 1),
    };
  });
}
