/** The channels of an image as they are looked at, for files that are to look the same elsewhere. */
import type { Channel } from "../../ome/multiscale.ts";
import type { Desk } from "../commands/command.ts";

/** With the contrast of all of them, found from the pixels where nobody has looked yet. @throws Fault as the source does */
export function seenChannels({ session, image, stage }: Desk): Promise<readonly Channel[]> {
  const { channels } = session.view.getState();
  return Promise.all(
    image.channels.map(async (channel): Promise<Channel> => {
      const seen = channels[channel.index];
      const window = seen?.window ?? (await stage.histograms.of(channel.index))?.window;
      return {
        ...channel,
        color: seen?.color ?? channel.color,
        active: seen?.visible ?? channel.active,
        window: window && { start: window[0], end: window[1] },
      };
    }),
  );
}
