/** Programs of the GPU that a hand may come to need, made one by one before it does. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import type { Image } from "../../ome/multiscale.ts";
import { isEmpty, type Rois } from "../../roi/rois.ts";
import { programOf, SPARE_ROIS, type Spare, spareChannels } from "../../scene/spare-layers.ts";
import { tileOfNothing } from "../../scene/tile.ts";
import type { ChannelView } from "../../state/view.ts";

export class Spares {
  readonly #of: (channels: readonly ChannelView[], hasRois: boolean) => readonly Spare[];
  readonly #made = new Set<string>();
  #layers: readonly Layer[] = [];

  constructor(image: Image) {
    const nothing = tileOfNothing(image);
    this.#of = remembered((channels, hasRois) => {
      this.#made.add(programOf(channels));
      return [...spareChannels(nothing, channels), ...(hasRois ? SPARE_ROIS : [])];
    });
  }

  /** What the last one was made by: layers that are not seen. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Makes the next one, to be called when nothing else is to be done; undefined where none is lacking. */
  next(channels: readonly ChannelView[], rois: Rois): (() => void) | undefined {
    const spare = this.#of(channels, !isEmpty(rois)).find(({ key }) => !this.#made.has(key));
    return (
      spare &&
      (() => {
        this.#made.add(spare.key);
        this.#layers = spare.layers();
      })
    );
  }
}
