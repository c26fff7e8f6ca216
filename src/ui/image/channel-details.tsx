/** A channel's histogram with the window and gamma on it, and what else can be set. */
import { LUT_NAMES } from "../../ome/lut-names.ts";
import type { ChannelLook } from "../../state/channel-look.ts";
import { changeLook } from "../../state/channel-looks.ts";
import { notifyError } from "../../state/notices.ts";
import type { ChannelView } from "../../state/view.ts";
import { useSession } from "../session-context.ts";
import { colorOf, hexOf, NOTHING_STORED } from "./channel-text.ts";
import { HistogramPlot } from "./histogram-plot.tsx";
import type { Histograms } from "./histograms.ts";
import { NumberInput } from "./number-input.tsx";
import { useHistogram } from "./use-histogram.ts";

export function ChannelDetails({
  channel,
  histograms,
}: {
  readonly channel: ChannelView;
  readonly histograms: Histograms;
}) {
  const session = useSession();
  const counted = useHistogram(histograms, channel.index, (error) =>
    notifyError(session.notices, error),
  );
  const histogram = counted === "missing" ? undefined : counted;
  const { index, label, color, gamma, lut } = channel;
  const window = channel.window ?? histogram?.window ?? [0, 1];
  const [start, end] = window;
  const change = (look: ChannelLook): void => changeLook(session, index, look);
  return (
    <div className="channel-details">
      {counted === "missing" ? (
        <p className="histogram soft">{NOTHING_STORED}</p>
      ) : (
        <HistogramPlot
          label={label}
          histogram={histogram}
          look={{ color, lut, gamma, window }}
          onWindow={(next) => change({ window: next })}
          onGamma={(next) => change({ gamma: next })}
        />
      )}
      <div className="channel-numbers">
        <NumberInput
          label={`${label} black`}
          name="Black"
          value={start}
          isValid={(value) => value < end}
          onChange={(value) => change({ window: [value, end] })}
        />
        <NumberInput
          label={`${label} white`}
          name="White"
          value={end}
          isValid={(value) => value > start}
          onChange={(value) => change({ window: [start, value] })}
        />
        <NumberInput
          label={`${label} gamma`}
          name="Gamma"
          value={gamma}
          isValid={(value) => value > 0}
          onChange={(value) => change({ gamma: value })}
        />
      </div>
      <div className="line">
        <select
          aria-label={`Colours of ${label}`}
          value={lut ?? ""}
          onChange={(event) => change({ lut: event.target.value || undefined })}
        >
          <option value="">One colour</option>
          {LUT_NAMES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {lut === undefined && (
          <input
            type="color"
            aria-label={`Colour of ${label}`}
            value={hexOf(color)}
            onChange={(event) => change({ color: colorOf(event.target.value) })}
          />
        )}
        <button
          type="button"
          className="small"
          disabled={!histogram}
          title="Black and white where all but a thousandth of the pixels lie between them"
          aria-label={`Auto contrast for ${label}`}
          onClick={() => histogram && change({ window: histogram.window, gamma: 1 })}
        >
          Auto
        </button>
      </div>
    </div>
  );
}
