/** The slices of the open image in the view of boxes: which are shown, read when they change, painted as channels are. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { remembered } from "../../base/remembered.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import { roiAt } from "../../roi/rois.ts";
import type { ShownSlice } from "../../scene/box-layers.ts";
import { drawnChannels } from "../../scene/image-layers.ts";
import {
  type Across,
  paintSlice,
  readSlice,
  type SlicePixels,
  sliceLevel,
} from "../../scene/slice.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import { notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { ChannelView } from "../../state/view.ts";

/** With fewer planes there is nothing to see from the side, unless it is asked for. */
const PLANES_SEEN = 6;

interface Wanted {
  readonly across: Across;
  readonly at: number;
  readonly t: number;
  readonly channels: readonly number[];
}

export class BoxSlices {
  /** The axes across which a slice is shown, and those across which one can be. */
  readonly on: StoreApi<{ readonly axes: readonly Across[] }>;
  readonly possible: readonly Across[];
  readonly #session: Session;
  readonly #source: Source;
  readonly #image: Image;
  readonly #onChange: () => void;
  readonly #slices = new Map<Across, OneSlice>();

  constructor(session: Session, source: Source, image: Image, onChange: () => void) {
    this.#session = session;
    this.#source = source;
    this.#image = image;
    this.#onChange = onChange;
    const deep = image.levels[0].grid.shape[0] > 1;
    const axes: readonly Across[] = deep ? [0, 1, 2] : [0];
    this.possible = axes.filter((across) => sliceLevel(image, across) !== undefined);
    const usual = image.levels[0].grid.shape[0] < PLANES_SEEN ? [0] : axes;
    this.on = createStore(() => ({ axes: this.possible.filter((axis) => usual.includes(axis)) }));
  }

  switch(across: Across): void {
    const { axes } = this.on.getState();
    const next = axes.includes(across) ? axes.filter((a) => a !== across) : [...axes, across];
    this.on.setState({ axes: next });
    this.#onChange();
  }

  /** What is drawn now; asks for what is not there yet. */
  shown(): readonly ShownSlice[] {
    const { channels, t } = this.#session.view.getState();
    const { drawn } = drawnChannels(channels);
    const indices = drawn.map(({ index }) => index);
    return this.on.getState().axes.flatMap((across) => {
      let slice = this.#slices.get(across);
      if (!slice) {
        slice = new OneSlice(this.#session, this.#source, this.#image, this.#onChange);
        this.#slices.set(across, slice);
      }
      return slice.shown({ across, at: this.#at(across), t, channels: indices }, channels) ?? [];
    });
  }

  close(): void {
    for (const slice of this.#slices.values()) slice.close();
  }

  /** z is the plane looked at; y and x are those of what is selected, else the image's middle. */
  #at(across: Across): number {
    const { grid } = this.#image.levels[0];
    if (across === 0) return middleOfPlane(grid, this.#session.view.getState().z);
    const { document } = this.#session.rois.getState();
    const [id] = document.selection;
    const box = id === undefined ? undefined : roiAt(document.rois, id)?.box;
    const { min, max } = box ?? worldOf(grid);
    return (min[across] + max[across]) / 2;
  }
}

/** One slice: what was read last stays until what is wanted now is there. */
class OneSlice {
  readonly #session: Session;
  readonly #source: Source;
  readonly #image: Image;
  readonly #onChange: () => void;
  readonly #painted = remembered(painted);
  #asked = "";
  #reading: AbortController | undefined;
  #pixels: SlicePixels | undefined;

  constructor(session: Session, source: Source, image: Image, onChange: () => void) {
    this.#session = session;
    this.#source = source;
    this.#image = image;
    this.#onChange = onChange;
  }

  shown(want: Wanted, channels: readonly ChannelView[]): ShownSlice | undefined {
    const asked = JSON.stringify(want);
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.#read(want);
    }
    return this.#pixels && this.#painted(this.#pixels, channels);
  }

  close(): void {
    this.#reading?.abort();
  }

  async #read(want: Wanted): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { signal } = reading;
    try {
      const pixels = await readSlice(this.#source.reader, this.#image, want, { signal });
      if (signal.aborted) return;
      this.#pixels = pixels;
      this.#onChange();
    } catch (error) {
      if (!signal.aborted) notifyError(this.#session.notices, error);
    }
  }
}

function painted(pixels: SlicePixels, channels: readonly ChannelView[]): ShownSlice {
  const { across, at, width, height } = pixels;
  return { across, at, image: new ImageData(paintSlice(pixels, channels), width, height) };
}
