/** The histograms of the open image's channels at the plane or maximum looked at, each counted once while that stays. */
import type { ChannelHistogram } from "../../ome/channel-histogram.ts";
import type { PlaneRange } from "../../ome/maximum.ts";
import type { Image } from "../../ome/multiscale.ts";
import { channelPixels, copiesOf } from "../../scene/channel-pixels.ts";
import type { Pixelled } from "../../scene/image-tiles.ts";
import type { Plane } from "../../scene/plane.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import type { Session } from "../../state/session.ts";

export type Counted = Promise<ChannelHistogram | undefined>;

export class Histograms {
  readonly #session: Session;
  readonly #image: Image;
  readonly #look: (range: PlaneRange | undefined) => Pixelled;
  readonly #closing = new AbortController();
  /** By channel, those of one plane. */
  readonly #counted = new Map<number, Counted>();
  #plane = "";

  /** @param look gives the pixels of a maximum, or of the image's planes */
  constructor(session: Session, image: Image, look: (range: PlaneRange | undefined) => Pixelled) {
    this.#session = session;
    this.#look = look;
    this.#image = image;
  }

  /** Undefined where nothing of the channel was ever stored; @throws Fault where its pixels cannot be read */
  of(channel: number): Counted {
    const { z, t, maximum } = this.#session.view.getState();
    const plane = maximum ? `${maximum.from}-${maximum.to} ${t}` : `${z} ${t}`;
    if (plane !== this.#plane) this.#counted.clear();
    this.#plane = plane;
    const before = this.#counted.get(channel);
    if (before !== undefined) return before;
    const at = middleOfPlane(this.#image.levels[0].grid, z);
    const counted = this.#count({ channel, z: at, t });
    this.#counted.set(channel, counted);
    return counted;
  }

  /** Counts other planes of a channel in place of those that could not be read where one looks. */
  countInstead(channel: number, planes: readonly Plane[]): Counted {
    const { signal } = this.#closing;
    const counted = this.#session.services.countPixels(copiesOf(planes), { signal });
    this.#counted.set(channel, counted);
    return counted;
  }

  /** Forgets what was counted: what could not be read may be there now. */
  forget(): void {
    this.#counted.clear();
  }

  close(): void {
    this.#closing.abort();
  }

  async #count(plane: Parameters<typeof channelPixels>[2]): Counted {
    const { signal } = this.#closing;
    const { multiscale, source } = this.#look(this.#session.view.getState().maximum);
    const pixels = await channelPixels(multiscale, source, plane, { signal });
    if (pixels.length === 0) return undefined;
    return this.#session.services.countPixels(pixels, { signal });
  }
}
