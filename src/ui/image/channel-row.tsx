/** A channel in one row: on or off, its colour, its name, its window; the row opens the details. */
import { changeLook } from "../../state/channel-looks.ts";
import type { ChannelView } from "../../state/view.ts";
import { useSession } from "../session-context.ts";
import { lightCss, shortNumber } from "./channel-text.ts";

export function ChannelRow({
  channel,
  isOpen,
  isFull,
  onToggle,
}: {
  readonly channel: ChannelView;
  readonly isOpen: boolean;
  /** Whether no further channel can be shown. */
  readonly isFull: boolean;
  readonly onToggle: () => void;
}) {
  const session = useSession();
  const { index, label, visible, window } = channel;
  const isBarred = isFull && !visible;
  return (
    <div className="channel-row">
      <input
        type="checkbox"
        aria-label={`Show ${label}`}
        checked={visible}
        disabled={isBarred}
        title={isBarred ? "Ten channels are shown: hide one first" : undefined}
        onChange={(event) => changeLook(session, index, { visible: event.target.checked })}
      />
      <button
        type="button"
        className="quiet"
        aria-expanded={isOpen}
        title={isOpen ? "Hide details" : "Histogram, contrast and colour"}
        onClick={onToggle}
      >
        <i className="swatch" style={{ background: lightCss(channel) }} />
        <span className="name">{label}</span>
        <span className="mono">
          {window ? `${shortNumber(window[0])}–${shortNumber(window[1])}` : "…"}
        </span>
        <i className="chevron" aria-hidden="true" />
      </button>
    </div>
  );
}
