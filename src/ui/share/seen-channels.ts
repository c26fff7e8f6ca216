/** The channels of an image as they are looked at, for files that are to look the same elsewhere. */
import type { Channel } from "../../ome/multiscale.ts";
import type { ChannelView } from "../../state/view.ts";
import type { Desk } from "../commands/command.ts";
import type { Histograms } from "../image/histograms.ts";

/** What is looked at, and what counts its pixels. */
export interface Looked extends Pick<Desk, "session" | "image"> {
  readonly stage: { readonly histograms: Histograms };
}

/**
 * With the contrast of all of them, found from the pixels where nobody has looked yet; a channel whose pixels for that
 * cannot be read has none, which keeps no copy of the others back.
 */
export function seenChannels({ session, image, stage }: Looked): Promise<readonly Channel[]> {
  const { channels } = session.view.getState();
  return Promise.all(
    image.channels.map(async (channel): Promise<Channel> => {
      const seen = channels[channel.index];
      const window = seen?.window ?? (await found(stage.histograms, channel.index));
      return {
        ...channel,
        color: seen?.color ?? channel.color,
        active: seen?.visible ?? channel.active,
        window: window && { start: window[0], end: window[1] },
      };
    }),
  );
}

async function found(histograms: Histograms, channel: number): Promise<ChannelView["window"]> {
  const counted = await histograms.of(channel).catch(() => undefined);
  return counted?.window;
}
