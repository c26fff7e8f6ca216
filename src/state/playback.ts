/**
 * Going through the planes of a stack or through time. Playing goes round and round, as fast as asked and never past what
 * is not there yet; a hand goes step by step, most often on in the direction that it went last.
 */
import type { StoreApi } from "zustand/vanilla";
import { countOf } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { View } from "./view.ts";

export interface Playing {
  readonly axis: "z" | "t";
  /** Planes per second, at most. */
  readonly fps: number;
  /** Planes or time points there are. */
  readonly count: number;
}

/** Where in a stack and in time. */
type At = Pick<View, "z" | "t">;

/** A plane or time point on, or back. */
export interface Step {
  readonly axis: "z" | "t";
  readonly by: 1 | -1;
}

/** Planes or time points per second unless chosen otherwise. */
const FIRST_RATE = 10;

/** So many planes are fetched before they are looked at. */
const AHEAD = 4;

/** So many are fetched of those that a hand may not come to. */
const STEPS_AHEAD = 2;

/** Planes or time points of an image. */
export function countAlong({ axes, levels }: Image, axis: "z" | "t"): number {
  return countOf(axes, levels[0].array.shape, axis);
}

/** What there is to play: time, else planes; undefined of one picture, which the maximum of all planes is as well. */
export function playableAxis(
  image: Image,
  { maximum }: Pick<View, "maximum">,
): "z" | "t" | undefined {
  if (countAlong(image, "t") > 1) return "t";
  return !maximum && countAlong(image, "z") > 1 ? "z" : undefined;
}

/** Plays along an axis. @param fps planes or time points per second */
export function play(
  view: StoreApi<View>,
  image: Image,
  axis: "z" | "t",
  fps: number = FIRST_RATE,
): void {
  view.setState({ playing: { axis, fps, count: countAlong(image, axis) } });
}

export function stopPlaying(view: StoreApi<View>): void {
  view.setState({ playing: undefined });
}

/** Goes so many time points on, or back, as far as there are any. */
export function changeTime(view: StoreApi<View>, image: Image, by: number): void {
  const last = countAlong(image, "t") - 1;
  view.setState(({ t }) => ({ t: Math.min(last, Math.max(0, t + by)) }));
}

/** Goes one plane on, from the last to the first. */
export function playOn(view: StoreApi<View>): void {
  const { playing } = view.getState();
  if (playing === undefined) return;
  const { axis, count } = playing;
  view.setState({ [axis]: (view.getState()[axis] + 1) % count });
}

/** The planes that come next, the nearest first; none while nothing plays. */
export function planesAhead({ playing, z, t }: Pick<View, "playing"> & At): At[] {
  if (playing === undefined) return [];
  const { axis, count } = playing;
  const at = axis === "z" ? z : t;
  return Array.from({ length: Math.min(AHEAD, count - 1) }, (_, i) => ({
    z,
    t,
    [axis]: (at + 1 + i) % count,
  }));
}

/** The step from one place to another; undefined where it is a leap, or none. */
export function stepBetween(before: At, now: At): Step | undefined {
  const [z, t] = [now.z - before.z, now.t - before.t];
  if (t === 0 && (z === 1 || z === -1)) return { axis: "z", by: z };
  if (z === 0 && (t === 1 || t === -1)) return { axis: "t", by: t };
  return undefined;
}

/** Where more such steps lead, the nearest first. @param count planes or time points there are */
export function planesAfter(at: At, { axis, by }: Step, count: number): At[] {
  const next = Array.from({ length: STEPS_AHEAD }, (_, i) => at[axis] + by * (i + 1));
  return next
    .filter((plane) => plane >= 0 && plane < count)
    .map((plane) => ({ z: at.z, t: at.t, [axis]: plane }));
}
