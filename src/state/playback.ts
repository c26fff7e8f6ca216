/** Playing through the planes of a stack or through time: round and round, as fast as asked and never past what is not there yet. */
import type { StoreApi } from "zustand/vanilla";
import type { View } from "./view.ts";

export interface Playing {
  readonly axis: "z" | "t";
  /** Planes per second, at most. */
  readonly fps: number;
  /** Planes or time points there are. */
  readonly count: number;
}

/** So many planes are fetched before they are looked at. */
const AHEAD = 4;

/** Goes one plane on, from the last to the first. */
export function playOn(view: StoreApi<View>): void {
  const { playing } = view.getState();
  if (playing === undefined) return;
  const { axis, count } = playing;
  view.setState({ [axis]: (view.getState()[axis] + 1) % count });
}

/** The planes that come next, the nearest first; none while nothing plays. */
export function planesAhead({ playing, z, t }: Pick<View, "playing" | "z" | "t">): {
  readonly z: number;
  readonly t: number;
}[] {
  if (playing === undefined) return [];
  const { axis, count } = playing;
  const at = axis === "z" ? z : t;
  return Array.from({ length: Math.min(AHEAD, count - 1) }, (_, i) => ({
    z,
    t,
    [axis]: (at + 1 + i) % count,
  }));
}
