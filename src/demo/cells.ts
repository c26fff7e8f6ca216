/** The cells of a well: where they lie and what each is like, before anything is painted. */
import { type Condition, FOV, FOVS, fovOrigin } from "./layout.ts";
import { type NoiseField, noiseAt, noiseField } from "./noise-field.ts";
import { type Random, randomOf, seedOf } from "./random.ts";

/** One nucleus and the cell around it; lengths in pixels of the finest level, positions in the well. */
export interface Cell {
  readonly fov: number;
  readonly y: number;
  readonly x: number;
  /** Half axes of the nucleus, the long one turned by `angle` from x towards y. */
  readonly long: number;
  readonly short: number;
  readonly angle: number;
  readonly phase: "interphase" | "metaphase";
  /** The plane in which it is sharp; not whole. */
  readonly plane: number;
  readonly dna: number;
  readonly lamin: number;
  readonly marker: number;
  /** How far the cell spreads from its nucleus. */
  readonly spread: number;
  /** Two turns of its outline, and what makes its texture its own. */
  readonly shape: readonly [second: number, third: number];
  readonly grain: number;
}

/** Apart far enough that a smoothed threshold at the second level tells two nuclei apart. */
const GAP = 11;
/** Nuclei keep off the edges of their field of view, so that none is cut and counted twice. */
const MARGIN = 4;
/** Pairs that touch, as daughters do, per field of view at most: a threshold sees one object in each. */
const PAIRS = 2;
const PAIRED = 0.05;
const RADIUS = 16;

/** Places the cells of a well. The same seed gives the same cells. */
export function placeCells(seed: number, condition: Condition): readonly Cell[] {
  const cells: Cell[] = [];
  const crowding = noiseField(seedOf(seed, 1));
  for (const fov of FOVS) {
    const random = randomOf(seedOf(seed, 2, fov));
    const wanted = Math.round(condition.density * random.between(0.94, 1.06));
    placeInFov(cells, fov, wanted, condition, crowding, random);
  }
  return cells;
}

/** Throws cells at random and keeps those that fit, more of them where the crowding is high. */
function placeInFov(
  cells: Cell[],
  fov: number,
  wanted: number,
  condition: Condition,
  crowding: NoiseField,
  random: Random,
): void {
  const until = cells.length + wanted;
  let pairs = 0;
  for (let tries = 0; cells.length < until && tries < 60_000; tries++) {
    const cell = randomCell(fov, condition, random);
    // Rather in crowded places, and anywhere once those are full.
    const patience = tries / 8000;
    if (random.next() > noiseAt(crowding, cell.y / 130, cell.x / 130) ** 2 * 1.4 + patience)
      continue;
    if (!fits(cell, cells)) continue;
    cells.push(cell);
    if (cells.length === until || pairs === PAIRS || random.next() > PAIRED) continue;
    const twin = twinOf(cell, random);
    if (!fits(twin, cells.slice(0, -1))) continue;
    cells.push(twin);
    pairs++;
  }
}

function randomCell(fov: number, condition: Condition, random: Random): Cell {
  const origin = fovOrigin(fov);
  const dividing = random.next() < condition.dividing;
  const radius = RADIUS * condition.size * Math.exp(0.11 * random.normal());
  const stretch = Math.exp(0.12 + 0.1 * Math.abs(random.normal()));
  const positive = random.next() < condition.positive;
  return {
    fov,
    y: origin.y + random.between(0, FOV.height),
    x: origin.x + random.between(0, FOV.width),
    long: dividing ? 13 : radius * Math.sqrt(stretch),
    short: dividing ? 6 : radius / Math.sqrt(stretch),
    angle: random.between(0, Math.PI),
    phase: dividing ? "metaphase" : "interphase",
    plane: 1 + 0.45 * random.normal(),
    dna: (dividing ? 1.9 : 1) * Math.exp(0.16 * random.normal()),
    lamin: dividing ? 0 : Math.exp(0.22 * random.normal()),
    marker: (positive ? 0.85 : 0.3) * Math.exp(0.3 * random.normal()),
    spread: (dividing ? 30 : 50 * condition.size) * Math.exp(0.12 * random.normal()),
    shape: [random.between(0, 2 * Math.PI), random.between(0, 2 * Math.PI)],
    grain: random.between(0, 1000),
  };
}

/** A neighbour of much the same kind that touches a cell. */
function twinOf(cell: Cell, random: Random): Cell {
  const towards = random.between(0, 2 * Math.PI);
  const distance = 2 * reach(cell, towards) - 2;
  return {
    ...cell,
    y: cell.y + distance * Math.sin(towards),
    x: cell.x + distance * Math.cos(towards),
    dna: cell.dna * Math.exp(0.05 * random.normal()),
    shape: [random.between(0, 2 * Math.PI), random.between(0, 2 * Math.PI)],
    grain: random.between(0, 1000),
  };
}

/** From a nucleus's centre to its outline, in a direction. */
function reach({ long, short, angle }: Cell, direction: number): number {
  const turned = direction - angle;
  return (long * short) / Math.hypot(short * Math.cos(turned), long * Math.sin(turned));
}

function fits(cell: Cell, others: readonly Cell[]): boolean {
  const origin = fovOrigin(cell.fov);
  const edge = Math.max(cell.long, cell.short) + MARGIN;
  const inside =
    cell.y >= origin.y + edge &&
    cell.y < origin.y + FOV.height - edge &&
    cell.x >= origin.x + edge &&
    cell.x < origin.x + FOV.width - edge;
  return inside && others.every((other) => apart(cell, other));
}

function apart(a: Cell, b: Cell): boolean {
  const [dy, dx] = [b.y - a.y, b.x - a.x];
  const distance = Math.hypot(dy, dx);
  if (distance > a.long + b.long + GAP) return true;
  const direction = Math.atan2(dy, dx);
  return distance > reach(a, direction) + reach(b, direction) + GAP;
}
