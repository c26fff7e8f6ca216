/** The histograms of the open image's channels at the plane looked at, each counted once while that stays. */
import type { ChannelHistogram } from "../../ome/channel-histogram.ts";
import type { Image } from "../../ome/multiscale.ts";
import { channelPixels } from "../../scene/channel-pixels.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";

type Counted = Promise<ChannelHistogram | undefined>;

export class Histograms {
  readonly #session: Session;
  readonly #image: Image;
  readonly #source: Source;
  readonly #closing = new AbortController();
  /** By channel, those of one plane. */
  readonly #counted = new Map<number, Counted>();
  #plane = "";

  constructor(session: Session, source: Source, image: Image) {
    this.#session = session;
    this.#source = source;
    this.#image = image;
  }

  /** Undefined where nothing of the channel was ever stored; @throws Fault where its pixels cannot be read */
  of(channel: number): Counted {
    const { z, t } = this.#session.view.getState();
    const plane = `${z} ${t}`;
    if (plane !== this.#plane) this.#counted.clear();
    this.#plane = plane;
    const before = this.#counted.get(channel);
    if (before !== undefined) return before;
    const at = middleOfPlane(this.#image.levels[0].grid, z);
    const counted = this.#count({ channel, z: at, t });
    this.#counted.set(channel, counted);
    return counted;
  }

  close(): void {
    this.#closing.abort();
  }

  async #count(plane: Parameters<typeof channelPixels>[2]): Counted {
    const { signal } = this.#closing;
    const pixels = await channelPixels(this.#image, this.#source.reader, plane, { signal });
    if (pixels.length === 0) return undefined;
    return this.#session.services.countPixels(pixels, { signal });
  }
}
