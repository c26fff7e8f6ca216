/** What the stage makes ready and when: the image first, ROIs after its first pixels, and what a hand may need once it rests. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Session } from "../../state/session.ts";
import { changeChannel } from "../../state/view.ts";
import { gate } from "../../testing/gate.ts";
import { makeImage } from "../../testing/make-image.ts";
import { openedImage, square } from "../../testing/opened-image.ts";
import { testSession } from "../../testing/services.ts";
import { putRois } from "../../testing/tables.ts";
import { WatchedStore } from "../../testing/watched-store.ts";
import { writePixels } from "../../testing/write-pixels.ts";
import { Stage } from "./stage.ts";

const SIDE = 64;
const CHANNELS = 3;
const CHUNK = /^\/0\/\d/;
/** More than two cores need that draw in software. */
const PATIENT = { timeout: 12_000 };
const NAMES = ["text-background-layer", "multi-icon-layer"];

let store: WatchedStore;
let session: Session;
let parent: HTMLElement;
let stage: Stage | undefined;
/** What went to the GPU, in order: pixels of the image, and programs by the name of their fragment shader. */
let sent: string[];

beforeEach(async () => {
  sent = [];
  const gl = WebGL2RenderingContext.prototype;
  const { shaderSource, texSubImage2D } = gl;
  vi.spyOn(gl, "shaderSource").mockImplementation(function (this: typeof gl, shader, source) {
    if (source.includes("SHADER_TYPE_FRAGMENT")) sent.push(programOf(source));
    shaderSource.call(this, shader, source);
  });
  vi.spyOn(gl, "texSubImage2D").mockImplementation(function (
    this: typeof gl,
    ...args: readonly unknown[]
  ) {
    if (args.some((one) => one instanceof Uint16Array && one.length === SIDE ** 2))
      sent.push("pixels");
    Reflect.apply(texSubImage2D, this, args);
  });
  store = new WatchedStore();
  const shape = [CHANNELS, SIDE, SIDE];
  const image = await makeImage(store, { axes: ["c", "y", "x"], shape, chunks: [1, SIDE, SIDE] });
  const { array } = image.levels[0];
  await writePixels(
    array,
    Uint16Array.from({ length: CHANNELS * SIDE ** 2 }, (_, i) => i % 251),
  );
  await putRois(store, "FOV_ROI_table");
  session = testSession();
  parent = square(96);
});

afterEach(() => {
  stage?.close();
  parent.remove();
  vi.restoreAllMocks();
});

function programOf(source: string): string {
  const [, channels] = /NUM_CHANNELS (\d+)/.exec(source) ?? [];
  if (channels !== undefined) return `channels ${channels}${/ramps/.test(source) ? " ramps" : ""}`;
  return /SHADER_NAME ([\w-]+)-fragment-shader/.exec(source)?.[1] ?? "unknown";
}

async function open(): Promise<Stage> {
  const { source, image } = await openedImage(session, store);
  expect(session.rois.getState().tableName).toBe("FOV_ROI_table");
  stage = new Stage(parent, session, source, image);
  return stage;
}

const FIRST = ["channels 3", "pixels", "pixels", "pixels"];
const ROIS = ["roi-box"];
/** What draws those that are too small to be told apart. */
const DENSITY = ["roi-veil", "roi-density"];

/** What shifts the canvas is made when the view rests, whatever else is. */
const made = (): readonly string[] => sent.filter((one) => one !== "canvas-shift");

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}

test("what draws pixels is made while they are on their way, and what draws ROIs once they are seen", async () => {
  const chunks = gate();
  store.before = ({ key }) => (CHUNK.test(key) ? chunks.passed : undefined);
  const opened = await open();
  await expect.poll(made, PATIENT).toEqual(["channels 3"]);
  await frames(10);
  expect(made()).toEqual(["channels 3"]);
  chunks.open();
  await expect.poll(() => opened.status.getState().busy, PATIENT).toBe(false);
  expect(made()).toEqual([...FIRST, ...ROIS]);
});

test("ROIs are drawn after two seconds though no pixels come", async () => {
  store.before = ({ key }) => (CHUNK.test(key) ? new Promise(() => undefined) : undefined);
  const since = performance.now();
  const opened = await open();
  await expect.poll(made, PATIENT).toEqual(["channels 3", ...ROIS]);
  expect(performance.now() - since).toBeGreaterThanOrEqual(2000);
  expect(opened.status.getState().busy).toBe(true);
});

test("what a press may need is made when the hand rests, so that the press makes nothing", async () => {
  await open();
  const all = [
    ...FIRST,
    ...ROIS,
    "channels 2",
    "channels 1",
    "channels 3 ramps",
    ...NAMES,
    ...DENSITY,
  ];
  await expect.poll(made, PATIENT).toEqual(all);
  changeChannel(session.view, 0, { visible: false });
  // Only what may be next after it.
  await expect.poll(made, PATIENT).toEqual([...all, "channels 2 ramps"]);
});

test("what is looked at is on its way from the moment it is asked for, until its frame", async () => {
  const { status } = await open();
  await expect.poll(() => status.getState().busy, PATIENT).toBe(false);
  session.view.setState({ t: 1 });
  expect(status.getState().busy).toBe(true);
  await expect.poll(() => status.getState().busy, PATIENT).toBe(false);
});

test("what a side pane alone could not read is counted, and asked for again with the rest", async () => {
  const stack = { axes: ["z", "y", "x"], shape: [3, SIDE, SIDE], chunks: [1, SIDE, SIDE] } as const;
  const image = await makeImage(store, stack);
  await writePixels(image.levels[0].array, new Uint16Array(3 * SIDE ** 2).fill(9));
  store.before = ({ key }) => {
    if (key === "/0/2/0/0") throw new Error("The network went away");
  };
  const opened = await open();
  session.view.setState({ z: 0 });
  const beside = square(96);
  opened.openSide("xz", beside);
  const failed = () => opened.status.getState().failed;
  await expect.poll(failed, PATIENT).toBe(1);
  store.before = () => undefined;
  opened.retry();
  await expect.poll(failed, PATIENT).toBe(0);
  beside.remove();
});
