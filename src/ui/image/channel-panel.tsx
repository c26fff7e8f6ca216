/** The channels, a row each; one at a time shows its details. */
import { useState } from "react";
import { CHANNELS_MAX } from "../../scene/image-layers.ts";
import { useView } from "../session-context.ts";
import { ChannelDetails } from "./channel-details.tsx";
import { ChannelPresets } from "./channel-presets.tsx";
import { ChannelRow } from "./channel-row.tsx";
import type { Stage } from "./stage.ts";

export function ChannelPanel({ stage }: { readonly stage: Stage }) {
  const channels = useView((view) => view.channels);
  const [open, setOpen] = useState<number>();
  const visible = channels.filter((channel) => channel.visible).length;
  return (
    <section aria-label="Channels" className="block channels">
      <div className="line">
        <h2>Channels</h2>
        <ChannelPresets />
      </div>
      {channels.map((channel) => {
        const isOpen = open === channel.index;
        return (
          <div key={channel.index} className="channel" data-visible={channel.visible}>
            <ChannelRow
              channel={channel}
              isOpen={isOpen}
              isFull={visible >= CHANNELS_MAX}
              onToggle={() => setOpen(isOpen ? undefined : channel.index)}
            />
            {isOpen && <ChannelDetails channel={channel} histograms={stage.histograms} />}
          </div>
        );
      })}
      {channels.length > CHANNELS_MAX && (
        <p className="faint">
          {visible} of {channels.length} shown; up to {CHANNELS_MAX} can be.
        </p>
      )}
    </section>
  );
}
