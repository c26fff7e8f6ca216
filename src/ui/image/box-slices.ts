/** The slices of the open image in the view of boxes: which are shown, read when they change, painted as channels are. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { Latest } from "../../base/latest.ts";
import type { Steps } from "../../base/steps.ts";
import { type Axis, type Pane, XY, XZ, YZ } from "../../editor/pane.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import { roiAt } from "../../roi/rois.ts";
import type { ShownSlice } from "../../scene/box-layers.ts";
import { drawnChannels } from "../../scene/image-layers.ts";
import type { Rect } from "../../scene/rect.ts";
import { paintSlice } from "../../scene/slice-paint.ts";
import { isReadable, type SlicePlace, type SliceView } from "../../scene/slice-place.ts";
import { SliceSet } from "../../scene/slice-set.ts";
import type { Tile } from "../../scene/tile.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { ChannelView } from "../../state/view.ts";

/** With fewer planes there is nothing to see from the side, unless it is asked for. */
const PLANES_SEEN = 6;

/** The longest side of a slice has so many voxels or up to twice as many: more is not seen at the size it is drawn. */
const SIDE = 512;

/** The pane that looks along each axis. */
const PANES: Readonly<Record<Axis, Pane>> = { 0: XY, 1: XZ, 2: YZ };

export class BoxSlices {
  /** The axes along which a slice is looked at, and those along which one can be. */
  readonly on: StoreApi<{ readonly axes: readonly Axis[] }>;
  readonly possible: readonly Axis[];
  readonly #session: Session;
  readonly #source: Source;
  readonly #image: Image;
  readonly #onChange: () => void;
  readonly #slices = new Map<Axis, OneSlice>();

  constructor(session: Session, source: Source, image: Image, onChange: () => void) {
    this.#session = session;
    this.#source = source;
    this.#image = image;
    this.#onChange = onChange;
    const deep = image.levels[0].grid.shape[0] > 1;
    const axes: readonly Axis[] = deep ? [0, 1, 2] : [0];
    this.possible = axes.filter((axis) => isReadable(image, this.#view(axis, 0, [])));
    const usual = image.levels[0].grid.shape[0] < PLANES_SEEN ? [0] : axes;
    this.on = createStore(() => ({ axes: this.possible.filter((axis) => usual.includes(axis)) }));
  }

  switch(axis: Axis): void {
    const { axes } = this.on.getState();
    const next = axes.includes(axis) ? axes.filter((other) => other !== axis) : [...axes, axis];
    this.on.setState({ axes: next });
    this.#onChange();
  }

  /** What is drawn now; asks for what is not there yet. */
  shown(): readonly ShownSlice[] {
    const { channels, t } = this.#session.view.getState();
    const indices = drawnChannels(channels).drawn.map(({ index }) => index);
    return this.on.getState().axes.flatMap((axis) => {
      let slice = this.#slices.get(axis);
      if (!slice) {
        slice = new OneSlice(this.#image, this.#source, this.#onChange);
        this.#slices.set(axis, slice);
      }
      return slice.shown(this.#view(axis, t, indices), channels) ?? [];
    });
  }

  /** How many chunks of them could not be read. */
  get failed(): number {
    const shown = this.on.getState().axes.map((axis) => this.#slices.get(axis)?.failed ?? 0);
    return shown.reduce((sum, failed) => sum + failed, 0);
  }

  /** Asks again for those. */
  retry(): void {
    for (const slice of this.#slices.values()) slice.retry();
  }

  close(): void {
    for (const slice of this.#slices.values()) slice.close();
  }

  /** All of the image along two axes. */
  #view(axis: Axis, t: number, channels: readonly number[]): SliceView {
    const pane = PANES[axis];
    const { max } = worldOf(this.#image.levels[0].grid);
    const bounds = [0, 0, max[pane.across], max[pane.down]] as const;
    const worldPerPixel = Math.max(max[pane.across], max[pane.down]) / SIDE;
    return { pane, at: this.#at(axis), bounds, worldPerPixel, t, channels };
  }

  /** z is the plane looked at; y and x are those of what is selected, else the image's middle. */
  #at(axis: Axis): number {
    const { grid } = this.#image.levels[0];
    if (axis === 0) return middleOfPlane(grid, this.#session.view.getState().z);
    const { document } = this.#session.rois.getState();
    const [id] = document.selection;
    const box = id === undefined ? undefined : roiAt(document.rois, id)?.box;
    const { min, max } = box ?? worldOf(grid);
    return (min[axis] + max[axis]) / 2;
  }
}

/** One slice: at first as it comes in; then what was read last stays until what is wanted now is there. */
class OneSlice {
  readonly #slice: SliceSet;
  readonly #painted: Latest<Parameters<typeof painted>, ShownSlice>;
  #shown: ShownSlice | undefined;
  #wasWhole = false;

  constructor(image: Image, source: Source, onChange: () => void) {
    this.#painted = new Latest(painted, onChange);
    this.#slice = new SliceSet(image, source.reader, () => {
      if (!this.#slice.busy || !this.#wasWhole) onChange();
    });
  }

  shown(view: SliceView, channels: readonly ChannelView[]): ShownSlice | undefined {
    this.#slice.update(view);
    const { tile, place, unread, busy } = this.#slice;
    if (!busy || !this.#wasWhole)
      this.#shown = tile && place && this.#painted.of(tile, place, unread, channels);
    this.#wasWhole ||= !busy;
    return this.#shown;
  }

  get failed(): number {
    return this.#slice.failed.length;
  }

  retry(): void {
    this.#slice.retry();
  }

  close(): void {
    this.#slice.close();
    this.#painted.close();
  }
}

function* painted(
  tile: Tile,
  { pane, at, bounds }: SlicePlace,
  unread: readonly Rect[],
  channels: readonly ChannelView[],
): Steps<ShownSlice> {
  const rgba = yield* paintSlice(tile, channels, unread);
  return { pane, at, bounds, image: new ImageData(rgba, tile.width, tile.height) };
}
