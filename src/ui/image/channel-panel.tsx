/** The channels, a row each; one at a time shows its details, and of many those are listed that are looked for. */
import { useState } from "react";
import { CHANNELS_MAX } from "../../ome/channels.ts";
import { late } from "../late.tsx";
import { useView } from "../session-context.ts";
import { ChannelPresets } from "./channel-presets.tsx";
import { ChannelRow } from "./channel-row.tsx";
import type { Stage } from "./stage.ts";

const ChannelDetails = late(
  async () => (await import("./channel-details.tsx")).ChannelDetails,
  <div className="channel-details" />,
);

/** More rows than this are scrolled and searched. */
const ROWS_MAX = 12;

export function ChannelPanel({ stage }: { readonly stage: Stage }) {
  const channels = useView((view) => view.channels);
  const [open, setOpen] = useState<number>();
  const [sought, setSought] = useState("");
  const visible = channels.filter((channel) => channel.visible).length;
  const isLong = channels.length > ROWS_MAX;
  const wanted = isLong ? sought.trim().toLowerCase() : "";
  const listed = channels.filter(({ label }) => label.toLowerCase().includes(wanted));
  return (
    <section aria-label="Channels" className="block channels">
      <div className="line">
        <h2>Channels</h2>
        <ChannelPresets />
      </div>
      {isLong && (
        <input
          type="search"
          aria-label="Find a channel"
          placeholder="Find a channel"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <div className="channel-list">
        {listed.map((channel) => {
          const isOpen = open === channel.index;
          return (
            <ChannelRow
              key={channel.index}
              channel={channel}
              histograms={stage.histograms}
              isFull={visible >= CHANNELS_MAX}
              details={
                isOpen ? (
                  <ChannelDetails channel={channel} histograms={stage.histograms} />
                ) : undefined
              }
              onToggle={() => setOpen(isOpen ? undefined : channel.index)}
            />
          );
        })}
      </div>
      {listed.length === 0 && (
        <p className="faint">No channel has “{sought.trim()}” in its name.</p>
      )}
      {channels.length > CHANNELS_MAX && (
        <p className="faint">
          {visible} of {channels.length} shown; up to {CHANNELS_MAX} can be.
        </p>
      )}
    </section>
  );
}
