/** How the open image is looked at: channels, plane, label, and what is drawn over it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Point } from "../editor/box-edit.ts";
import type { Depth } from "../editor/depth.ts";
import type { Plane } from "../editor/plane.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { LinkedCamera } from "./link.ts";
import type { Playing } from "./playback.ts";

export interface ChannelView {
  readonly index: number;
  readonly label: string;
  readonly color: readonly [r: number, g: number, b: number];
  readonly visible: boolean;
  /** Values drawn black and full; undefined until found from the pixels. */
  readonly window: readonly [start: number, end: number] | undefined;
  /** Light is (place in the window) ^ gamma. */
  readonly gamma: number;
  /** The name of the lookup table that takes the colour's place. */
  readonly lut: string | undefined;
}

export interface View {
  readonly channels: readonly ChannelView[];
  /** Where the camera came to rest, or where a link puts it; undefined while all of the image is shown. */
  readonly camera: LinkedCamera | undefined;
  /** Plane of the finest level. */
  readonly z: number;
  readonly t: number;
  /** What plays by itself; undefined while nothing does. */
  readonly playing: Playing | undefined;
  /** The names of the image's labels, with that of a run under way. */
  readonly labels: readonly string[];
  /** The label drawn over the image; undefined draws none. */
  readonly label: string | undefined;
  readonly labelOpacity: number;
  readonly labelOutline: boolean;
  readonly overlays: boolean;
  /** Dataset path of the level that editing snaps to and tasks start from. */
  readonly workingLevel: string;
  /** Through which planes a new ROI goes, kept from image to image; and those the last one drawn here goes through. */
  readonly drawDepth: Depth;
  readonly lastDepth: Plane | undefined;
  /** Whether going from ROI to ROI leaves the zoom as it is, so that sizes can be compared. */
  readonly keepZoom: boolean;
  /** Whether panes beside the main one show the stack from its sides, and where in x and y they cut it, in world units. */
  readonly sidePanes: boolean;
  readonly crosshair: Point;
}

const nothing: View = {
  channels: [],
  camera: undefined,
  z: 0,
  t: 0,
  playing: undefined,
  labels: [],
  label: undefined,
  labelOpacity: 0.45,
  labelOutline: false,
  overlays: true,
  workingLevel: "",
  drawDepth: "stack",
  lastDepth: undefined,
  keepZoom: false,
  sidePanes: false,
  crosshair: { x: 0, y: 0 },
};

export function createView(): StoreApi<View> {
  return createStore<View>(() => nothing);
}

/** The first look at an image: its own channel settings, the middle plane, its first label, its finest level. */
export function lookAt(view: StoreApi<View>, image: Image): void {
  const { max } = worldOf(image.levels[0].grid);
  view.setState({
    ...nothing,
    drawDepth: view.getState().drawDepth,
    sidePanes: view.getState().sidePanes,
    crosshair: { x: max[2] / 2, y: max[1] / 2 },
    keepZoom: view.getState().keepZoom,
    channels: image.channels.map(({ index, label, color, active, window }) => ({
      index,
      label,
      color,
      visible: active,
      window: window && [window.start, window.end],
      gamma: 1,
      lut: undefined,
    })),
    z: Math.floor((image.levels[0].grid.shape[0] - 1) / 2),
    labels: image.labels,
    label: image.labels[0],
    workingLevel: image.levels[0].name,
  });
}

/** The level that editing snaps to. */
export function workingLevel({ workingLevel: name }: View, { levels }: Image): Level {
  return levels.find((level) => level.name === name) ?? levels[0];
}

/** Puts a label's name into the list, where it is not there yet. */
export function addLabel(view: StoreApi<View>, name: string): void {
  view.setState(({ labels }) => ({
    labels: labels.includes(name) ? labels : [...labels, name],
  }));
}

export function changeChannel(
  view: StoreApi<View>,
  index: number,
  change: Partial<Omit<ChannelView, "index" | "label">>,
): void {
  view.setState(({ channels }) => ({
    channels: channels.map((channel) =>
      channel.index === index ? { ...channel, ...change } : channel,
    ),
  }));
}

/** Shows the stack from its sides, or no more. */
export function toggleSidePanes({ view }: { readonly view: StoreApi<View> }): void {
  view.setState(({ sidePanes }) => ({ sidePanes: !sidePanes }));
}
