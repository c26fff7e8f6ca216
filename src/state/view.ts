/** How the open image is looked at: channels, plane, label, and what is drawn over it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Point } from "../editor/box-edit.ts";
import type { Depth } from "../editor/depth.ts";
import type { Plane } from "../editor/plane.ts";
import { worldOf } from "../geometry/pixel-grid.ts";
import { withFewVisible } from "../ome/channels.ts";
import type { LabelId } from "../ome/label-id.ts";
import type { PlaneRange } from "../ome/maximum.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { LabelView } from "./label-look.ts";
import { firstLabels } from "./labels.ts";
import type { LinkedCamera, LinkedConditions, LinkedOrbit, OverWells } from "./link.ts";
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

/** An object of a label. */
export interface LabelObject {
  readonly label: string;
  readonly id: LabelId;
}

export interface View {
  readonly channels: readonly ChannelView[];
  /** Where the camera came to rest, or where a link puts it; undefined while all of the image is shown. */
  readonly camera: LinkedCamera | undefined;
  /** Plane of the finest level. */
  readonly z: number;
  readonly t: number;
  /** The planes whose maximum is drawn in place of plane z; undefined draws that. */
  readonly maximum: PlaneRange | undefined;
  /** What plays by itself; undefined while nothing does. */
  readonly playing: Playing | undefined;
  /** The names of the image's labels, with that of a run under way. */
  readonly labels: readonly string[];
  /** How each of them is drawn, lowest first. */
  readonly labelViews: readonly LabelView[];
  /** The object that was clicked, where no row of a table stands for it. */
  readonly picked: LabelObject | undefined;
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
  /** Whether the user has them open from image to image; a link changes only what is shown of its own. */
  readonly likesSidePanes: boolean;
  /** Whether ROIs are shown as boxes in space, in place of the flat image. */
  readonly boxView: boolean;
  /** Where the camera of that came to rest, or where a link puts it; undefined while all of the image is shown. */
  readonly orbit: LinkedOrbit | undefined;
  /** What is drawn over the wells of a plate. */
  readonly overWells: readonly OverWells[];
  /** What the wells of a plate are shown by; undefined where they are only seen. */
  readonly conditions: LinkedConditions | undefined;
}

const nothing: View = {
  channels: [],
  camera: undefined,
  z: 0,
  t: 0,
  maximum: undefined,
  playing: undefined,
  labels: [],
  labelViews: [],
  picked: undefined,
  overlays: true,
  workingLevel: "",
  drawDepth: "stack",
  lastDepth: undefined,
  keepZoom: false,
  sidePanes: false,
  crosshair: { x: 0, y: 0 },
  likesSidePanes: false,
  boxView: false,
  orbit: undefined,
  overWells: [],
  conditions: undefined,
};

export function createView(): StoreApi<View> {
  return createStore<View>(() => nothing);
}

/** The first look at an image: its own channel settings, the middle plane, its first label, its finest level. */
export function lookAt(view: StoreApi<View>, image: Image): void {
  const { max } = worldOf(image.levels[0].grid);
  const { drawDepth, likesSidePanes, boxView, overWells, keepZoom } = view.getState();
  view.setState({
    ...nothing,
    drawDepth,
    sidePanes: likesSidePanes,
    likesSidePanes,
    boxView,
    overWells,
    crosshair: { x: max[2] / 2, y: max[1] / 2 },
    keepZoom,
    channels: withFewVisible(
      image.channels.map(({ index, label, color, active, window }) => ({
        index,
        label,
        color,
        visible: active,
        window: window && [window.start, window.end],
        gamma: 1,
        lut: undefined,
      })),
    ),
    z: Math.floor((image.levels[0].grid.shape[0] - 1) / 2),
    ...firstLabels(image.labels),
    workingLevel: image.levels[0].name,
  });
}

/** Draws the maximum of a range of planes, or plane z again; what played along z stops. */
export function lookAlong(view: StoreApi<View>, maximum: PlaneRange | undefined): void {
  view.setState(({ playing }) => ({
    maximum,
    playing: playing?.axis === "z" && maximum ? undefined : playing,
  }));
}

/** The level that editing snaps to. */
export function workingLevel({ workingLevel: name }: View, { levels }: Image): Level {
  return levels.find((level) => level.name === name) ?? levels[0];
}

export function changeChannel(
  view: StoreApi<View>,
  index: number,
  change: Partial<Omit<ChannelView, "index" | "label">>,
): void {
  view.setState(({ channels }) => ({
    channels: withFewVisible(
      channels.map((channel) => (channel.index === index ? { ...channel, ...change } : channel)),
    ),
  }));
}

/** Shows the stack from its sides, or no more. */
export function toggleSidePanes({ view }: { readonly view: StoreApi<View> }): void {
  view.setState(({ sidePanes }) => ({ sidePanes: !sidePanes, likesSidePanes: !sidePanes }));
}

/** Shows wells by something else as well: by another column of the same table, say. */
export function showWellsBy(view: StoreApi<View>, change: LinkedConditions): void {
  view.setState(({ conditions }) => ({ conditions: { ...conditions, ...change } }));
}

/** Draws fields of view or labels over the wells of a plate, or no more. */
export function toggleOver(view: StoreApi<View>, what: OverWells): void {
  view.setState(({ overWells }) => ({
    overWells: overWells.includes(what)
      ? overWells.filter((one) => one !== what)
      : [...overWells, what],
  }));
}
