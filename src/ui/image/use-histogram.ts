/** The histogram of a channel where one looks, in a component. */
import { useEffect, useState } from "react";
import type { ChannelHistogram } from "../../ome/channel-histogram.ts";
import { useView } from "../session-context.ts";
import type { Histograms } from "./histograms.ts";

/**
 * "missing" where nothing of the channel is stored; undefined until that is known. What is known of the plane before stays
 * until this one is counted.
 * @param onError told that it cannot be read
 */
export function useHistogram(
  histograms: Histograms,
  channel: number,
  onError: (error: unknown) => void,
): ChannelHistogram | "missing" | undefined {
  const z = useView((view) => view.z);
  const t = useView((view) => view.t);
  const maximum = useView((view) => view.maximum);
  // One found in its pixels may be of others than were asked for at first.
  const hasWindow = useView((view) => view.channels[channel]?.window !== undefined);
  const [found, setFound] = useState<ChannelHistogram | "missing">();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the histogram is that of the plane looked at, whoever is told of it
  useEffect(() => {
    let isWanted = true;
    histograms.of(channel).then(
      (histogram) => isWanted && setFound(histogram ?? "missing"),
      (error: unknown) => isWanted && onError(error),
    );
    return () => {
      isWanted = false;
    };
  }, [histograms, channel, z, t, maximum, hasWindow]);
  return found;
}
