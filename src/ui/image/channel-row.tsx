/** A channel in one row: on or off, its colour, its name, its window; the row opens the details. */
import type { ReactNode } from "react";
import { changeLook } from "../../state/channel-looks.ts";
import type { ChannelView } from "../../state/view.ts";
import { useSession } from "../session-context.ts";
import { lightCss, windowText } from "./channel-text.ts";
import { DrawnRow } from "./drawn-row.tsx";

export function ChannelRow({
  channel,
  isFull,
  details,
  onToggle,
}: {
  readonly channel: ChannelView;
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
      <span className="mono">{window ? windowText(window) : "…"}</span>
    </DrawnRow>
  );
}
