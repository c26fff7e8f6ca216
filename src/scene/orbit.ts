/** A camera that goes round a volume: where it looks from, and the way between world places and the canvas. */
import type { Box, Zyx } from "../geometry/box.ts";
import { type CanvasSize, toHundredth } from "./camera.ts";
import type { CanvasPoint } from "./camera-moves.ts";

type Xyz = readonly [x: number, y: number, z: number];

/** As deck.gl's OrbitView has it, orthographic and with z for its axis. */
export interface Orbit {
  /** In the scene, the middle of the canvas. */
  readonly target: Xyz;
  /** Degrees: 0 looks from the side, 90 from above, which is how the flat view looks. */
  readonly tilt: number;
  /** Degrees round z. */
  readonly turn: number;
  /** 2^zoom CSS pixels per world unit. */
  readonly zoom: number;
}

/**
 * How the world lies in the scene: x to the right, y turned round so that nothing is mirrored and the view from above is
 * the flat one, z upwards and stretched, since most stacks are flat. The scene's origin is the middle of the world.
 */
export interface OrbitSpace {
  readonly center: Zyx;
  readonly stretch: number;
}

/** Column by column. */
export type Matrix = [
  ...[number, number, number, number, number, number, number, number],
  ...[number, number, number, number, number, number, number, number],
];

/** Where a camera is in the world, and how that is stretched. */
export interface OrbitPlace extends Pick<Orbit, "tilt" | "turn"> {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** World units along x per CSS pixel. */
  readonly worldPerPixel: number;
  readonly stretch: number;
}

/** A line of sight in world units: the place at t is `from` + t · `along`, t growing away from the eye. */
export interface Ray {
  readonly from: Zyx;
  readonly along: Zyx;
}

/** Where one looks from at first. */
export const OBLIQUE: Pick<Orbit, "tilt" | "turn"> = { tilt: 42, turn: -28 };

/** What is left free around the volume, as a part of the canvas. */
const MARGIN = 0.1;

/** A stack of many planes lower than this part of its width is stretched to it. */
const LEAST_HEIGHT = 0.2;

/** A stack of so many planes or more is seen from aside; a single plane is looked at from nearly above. */
const DEEP = 6;
const STEEP = 66;

/** The largest stretch of z there is. */
export const MOST_STRETCH = 200;

export function spaceOf({ min, max }: Box<"world">, stretch: number): OrbitSpace {
  const middle = (i: 0 | 1 | 2): number => (min[i] + max[i]) / 2;
  return { center: [middle(0), middle(1), middle(2)], stretch };
}

/** Where one looks from at first, and how z is stretched: the fewer planes there are, the more from above. */
export function firstLook(
  world: Box<"world">,
  planes: number,
): Pick<Orbit, "tilt" | "turn"> & { readonly stretch: number } {
  const depth = Math.min(1, (planes - 1) / (DEEP - 1));
  const tilt = OBLIQUE.tilt + (1 - depth) * (STEEP - OBLIQUE.tilt);
  return { tilt, turn: OBLIQUE.turn, stretch: usualStretch(world, depth * LEAST_HEIGHT) };
}

/**
 * By how much z is stretched at first: 1 where depth is seen anyway, else a round number that makes it seen.
 * @param part a stack lower than this part of its width is stretched to it
 */
export function usualStretch({ min, max }: Box<"world">, part = LEAST_HEIGHT): number {
  const [depth, height, width] = [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
  const wanted = (part * Math.max(height, width)) / depth;
  if (!(wanted > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const rounded = [1, 2, 5, 10].map((n) => n * power);
  const off = (n: number): number => Math.abs(Math.log(n / wanted));
  return Math.min(MOST_STRETCH, ...rounded.sort((a, b) => off(a) - off(b)).slice(0, 1));
}

/** World to scene, column by column, as deck.gl's `modelMatrix` has it; its input is x, y, z. */
export function sceneFromWorld({ center: [z, y, x], stretch }: OrbitSpace): Matrix {
  return [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, stretch, 0, -x, y, -z * stretch, 1];
}

export function toScene({ center: [cz, cy, cx], stretch }: OrbitSpace, [z, y, x]: Zyx): Xyz {
  return [x - cx, cy - y, (z - cz) * stretch];
}

/** Where a camera is, to a hundredth of a pixel and of a degree, so that links stay short. */
export function orbitPlace(orbit: Orbit, { center, stretch }: OrbitSpace): OrbitPlace {
  const [x, y, z] = orbit.target;
  const perPixel = Number((2 ** -orbit.zoom).toPrecision(6));
  return {
    x: toHundredth(center[2] + x, perPixel),
    y: toHundredth(center[1] - y, perPixel),
    z: toHundredth(center[0] + z / stretch, perPixel / stretch),
    worldPerPixel: perPixel,
    tilt: toHundredth(orbit.tilt, 1),
    turn: toHundredth(orbit.turn % 360, 1),
    stretch,
  };
}

/** The camera at a place. */
export function orbitAt(
  { x, y, z, worldPerPixel, tilt, turn }: OrbitPlace,
  space: OrbitSpace,
): Orbit {
  const target = toScene(space, [z, y, x]);
  return { target, tilt: upright(tilt), turn, zoom: -Math.log2(worldPerPixel) };
}

/** The scene's directions to the right of the canvas, up it, and away from the eye. */
function directions({ tilt, turn }: Orbit): {
  readonly right: Xyz;
  readonly up: Xyz;
  readonly away: Xyz;
} {
  const [c, s] = [Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  const [cosine, sine] = [Math.cos(radians(turn)), Math.sin(radians(turn))];
  return {
    right: [cosine, -sine, 0],
    away: [c * sine, c * cosine, -s],
    up: [s * sine, s * cosine, c],
  };
}

/** Where a place of the scene lies on the canvas. */
export function canvasFromScene(orbit: Orbit, size: CanvasSize, at: Xyz): CanvasPoint {
  const { right, up } = directions(orbit);
  const from: Xyz = [at[0] - orbit.target[0], at[1] - orbit.target[1], at[2] - orbit.target[2]];
  const scale = 2 ** orbit.zoom;
  return {
    x: size.width / 2 + scale * dot(right, from),
    y: size.height / 2 - scale * dot(up, from),
  };
}

/** Tells of world places whether they are in view. */
export function viewTest(
  orbit: Orbit,
  space: OrbitSpace,
  size: CanvasSize,
): (z: number, y: number, x: number) => boolean {
  const { right, up } = directions(orbit);
  const { center, stretch } = space;
  const scale = 2 ** orbit.zoom;
  const [halfWidth, halfHeight] = [size.width / 2 / scale, size.height / 2 / scale];
  return (z, y, x) => {
    const [sx, sy] = [x - center[2] - orbit.target[0], center[1] - y - orbit.target[1]];
    const sz = (z - center[0]) * stretch - orbit.target[2];
    const across = sx * right[0] + sy * right[1] + sz * right[2];
    const high = sx * up[0] + sy * up[1] + sz * up[2];
    return Math.abs(across) <= halfWidth && Math.abs(high) <= halfHeight;
  };
}

/** What lies under a point of the canvas. */
export function rayAt(orbit: Orbit, space: OrbitSpace, size: CanvasSize, at: CanvasPoint): Ray {
  const { away } = directions(orbit);
  const [x, y, z] = moved(orbit, at.x - size.width / 2, at.y - size.height / 2);
  const { center, stretch } = space;
  return {
    from: [center[0] + z / stretch, center[1] - y, center[2] + x],
    along: [away[2] / stretch, -away[1], away[0]],
  };
}

/** Goes round by a drag of so many CSS pixels; never over the top, where up would become down. */
export function turned(orbit: Orbit, dx: number, dy: number): Orbit {
  return { ...orbit, tilt: upright(orbit.tilt + dy * 0.3), turn: orbit.turn + dx * 0.3 };
}

function upright(tilt: number): number {
  return Math.min(90, Math.max(-90, tilt));
}

/** Moves what is seen by so many CSS pixels. */
export function shifted(orbit: Orbit, dx: number, dy: number): Orbit {
  return { ...orbit, target: moved(orbit, -dx, -dy) };
}

/** Zooms by a factor about a point of the canvas, between an eighth and a thousand times of `home`. */
export function zoomedOrbit(
  orbit: Orbit,
  size: CanvasSize,
  at: CanvasPoint,
  factor: number,
  home: number,
): Orbit {
  const zoom = Math.min(home + 10, Math.max(home - 3, orbit.zoom + Math.log2(factor)));
  const [x, y] = [at.x - size.width / 2, at.y - size.height / 2];
  const there = moved(orbit, x, y);
  const grown = 2 ** (orbit.zoom - zoom);
  const back = moved({ ...orbit, target: [0, 0, 0] }, x * grown, y * grown);
  return { ...orbit, zoom, target: [there[0] - back[0], there[1] - back[1], there[2] - back[2]] };
}

/** The camera that shows a world box whole from a given side. */
export function fitted(
  { min, max }: Box<"world">,
  space: OrbitSpace,
  size: CanvasSize,
  from: Pick<Orbit, "tilt" | "turn">,
): Orbit {
  const middle: Zyx = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2];
  const orbit: Orbit = { ...from, target: toScene(space, middle), zoom: 0 };
  const none: CanvasSize = { width: 0, height: 0 };
  let [halfWidth, halfHeight] = [0, 0];
  for (const z of [min[0], max[0]])
    for (const y of [min[1], max[1]])
      for (const x of [min[2], max[2]]) {
        const at = canvasFromScene(orbit, none, toScene(space, [z, y, x]));
        halfWidth = Math.max(halfWidth, Math.abs(at.x));
        halfHeight = Math.max(halfHeight, Math.abs(at.y));
      }
  const free = (1 - 2 * MARGIN) / 2;
  const scale = Math.min((size.width * free) / halfWidth, (size.height * free) / halfHeight);
  return { ...orbit, zoom: Number.isFinite(scale) && scale > 0 ? Math.log2(scale) : 0 };
}

/** Between two cameras, 0 the first and 1 the second. */
export function between(a: Orbit, b: Orbit, part: number): Orbit {
  const mix = (from: number, to: number): number => from + (to - from) * part;
  // The shorter way round.
  const turn = a.turn + ((((b.turn - a.turn + 180) % 360) + 360) % 360) - 180;
  return {
    target: [
      mix(a.target[0], b.target[0]),
      mix(a.target[1], b.target[1]),
      mix(a.target[2], b.target[2]),
    ],
    tilt: mix(a.tilt, b.tilt),
    turn: part === 1 ? b.turn : mix(a.turn, turn),
    zoom: mix(a.zoom, b.zoom),
  };
}

/** The place of the scene so many CSS pixels right of and below the target. */
function moved(orbit: Orbit, right: number, down: number): Xyz {
  const axes = directions(orbit);
  const scale = 2 ** -orbit.zoom;
  const place = (i: 0 | 1 | 2): number =>
    orbit.target[i] + scale * (right * axes.right[i] - down * axes.up[i]);
  return [place(0), place(1), place(2)];
}

function dot(a: Xyz, b: Xyz): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
