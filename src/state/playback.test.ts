/** Playback goes round, and says what comes next. */
import { expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import {
  changeTime,
  planesAfter,
  planesAhead,
  play,
  playableAxis,
  playOn,
  stepBetween,
  stopPlaying,
} from "./playback.ts";
import { createView } from "./view.ts";

test("plays on along its axis, and from the last plane to the first", () => {
  const view = createView();
  playOn(view);
  expect(view.getState().z).toBe(0);
  view.setState({ z: 3, t: 1, playing: { axis: "z", fps: 10, count: 5 } });
  playOn(view);
  expect([view.getState().z, view.getState().t]).toEqual([4, 1]);
  playOn(view);
  expect([view.getState().z, view.getState().t]).toEqual([0, 1]);
});

test("what comes next is never the plane looked at, and nothing while nothing plays", () => {
  const playing = { axis: "t", fps: 10, count: 6 } as const;
  expect(planesAhead({ z: 2, t: 4, playing })).toEqual([
    { z: 2, t: 5 },
    { z: 2, t: 0 },
    { z: 2, t: 1 },
    { z: 2, t: 2 },
  ]);
  expect(planesAhead({ z: 0, t: 1, playing: { ...playing, count: 2 } })).toEqual([{ z: 0, t: 0 }]);
  expect(planesAhead({ z: 0, t: 1, playing: undefined })).toEqual([]);
});

test("a step is one plane or one time point on or back, and anything else is none", () => {
  const at = { z: 3, t: 1 };
  expect(stepBetween(at, { z: 4, t: 1 })).toEqual({ axis: "z", by: 1 });
  expect(stepBetween(at, { z: 2, t: 1 })).toEqual({ axis: "z", by: -1 });
  expect(stepBetween(at, { z: 3, t: 0 })).toEqual({ axis: "t", by: -1 });
  for (const other of [at, { z: 5, t: 1 }, { z: 4, t: 2 }, { z: 0, t: 1 }])
    expect(stepBetween(at, other)).toBeUndefined();
});

test("after a step the next two are those on in its direction, and none beyond the ends", () => {
  const at = { z: 3, t: 1 };
  expect(planesAfter(at, { axis: "z", by: 1 }, 6)).toEqual([
    { z: 4, t: 1 },
    { z: 5, t: 1 },
  ]);
  expect(planesAfter(at, { axis: "z", by: 1 }, 5)).toEqual([{ z: 4, t: 1 }]);
  expect(planesAfter(at, { axis: "t", by: -1 }, 9)).toEqual([{ z: 3, t: 0 }]);
  expect(planesAfter({ z: 3, t: 0 }, { axis: "t", by: -1 }, 9)).toEqual([]);
});

const imageOf = (t: number, z: number) =>
  makeImage(new MemoryStore({ kind: "memory", entries: new Map() }), {
    axes: ["t", "z", "y", "x"],
    shape: [t, z, 4, 4],
    chunks: [1, 1, 4, 4],
  });

test("time is played before planes, and the maximum of planes has none to play", async () => {
  const [film, stack, picture] = await Promise.all([imageOf(3, 5), imageOf(1, 5), imageOf(1, 1)]);
  const maximum = { from: 0, to: 5 };
  const axes = [film, stack, picture].map((image) => [
    playableAxis(image, { maximum: undefined }),
    playableAxis(image, { maximum }),
  ]);
  expect(axes).toEqual([
    ["t", "t"],
    ["z", undefined],
    [undefined, undefined],
  ]);
  const view = createView();
  play(view, film, "z");
  expect(view.getState().playing).toEqual({ axis: "z", fps: 10, count: 5 });
  play(view, film, "t", 2);
  expect(view.getState().playing).toEqual({ axis: "t", fps: 2, count: 3 });
  stopPlaying(view);
  expect(view.getState().playing).toBe(undefined);
});

test("steps in time end where it does", async () => {
  const view = createView();
  const film = await imageOf(3, 5);
  const times = [1, 1, 1, -1, -5].map((by) => {
    changeTime(view, film, by);
    return view.getState().t;
  });
  expect(times).toEqual([1, 2, 2, 1, 0]);
});
