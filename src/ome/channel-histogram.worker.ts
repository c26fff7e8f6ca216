/** Counts pixels away from the page. */
import { serve } from "../base/worker-serve.ts";
import type { Pixels } from "../zarr/array.ts";
import { type ChannelHistogram, channelHistogram } from "./channel-histogram.ts";

serve<readonly Pixels[], ChannelHistogram>(async (planes) => {
  const value = channelHistogram(planes);
  return { value, transfer: [value.counts.buffer] };
});
