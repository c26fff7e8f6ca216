/** A channel in one row: on or off, its colour, its name, its window; the row opens the details. */
import type { ReactNode } from "react";
import { changeLook } from "../../state/channel-looks.ts";
import type { ChannelView } from "../../state/view.ts";
import { useSession } from "../session-context.ts";
import { lightCss, NOTHING_STORED, windowText } from "./channel-text.ts";
import { DrawnRow } from "./drawn-row.tsx";
import type { Histograms } from "./histograms.ts";
import { useHistogram } from "./use-histogram.ts";

export function ChannelRow({
  channel,
  histograms,
  isFull,
  details,
  onToggle,
}: {
  readonly channel: ChannelView;
  readonly histograms: Histograms;
  /** Whether no further channel can be shown. */
  readonly isFull: boolean;
  /** Undefined while they are closed. */
  readonly details: ReactNode | undefined;
  readonly onToggle: () => void;
}) {
  const session = useSession();
  const { index, label, visible, window } = channel;
  return (
    <DrawnRow
      name={label}
      visible={visible}
      barred={isFull && !visible ? "Ten channels are shown: hide one first" : undefined}
      hint="Histogram, contrast and colour"
      details={details}
      onShow={(next) => changeLook(session, index, { visible: next })}
      onToggle={onToggle}
    >
      <i className="swatch" style={{ background: lightCss(channel) }} />
      <span className="name">{label}</span>
      {window && <span className="mono">{windowText(window)}</span>}
      {!window && visible && <Awaited channel={index} histograms={histograms} />}
    </DrawnRow>
  );
}

/** What is said while the pixels of a channel that is shown have given it no window. */
function Awaited({
  channel,
  histograms,
}: {
  readonly channel: number;
  readonly histograms: Histograms;
}) {
  // That they cannot be read is told where they are drawn.
  const isMissing = useHistogram(histograms, channel, () => undefined) === "missing";
  return (
    <span className="mono" title={isMissing ? NOTHING_STORED : undefined}>
      {isMissing ? "empty" : "…"}
    </span>
  );
}
