/** Which plane is shown, or the maximum of which: sliders for z and t, where the image has more than one. */
import type { PlaneRange } from "../../ome/maximum.ts";
import type { Image } from "../../ome/multiscale.ts";
import { countAlong } from "../../state/playback.ts";
import { lookAlong } from "../../state/view.ts";
import { useSession, useView } from "../session-context.ts";
import { AxisSlider, PlaneSlider } from "./plane-slider.tsx";
import { PlayButton } from "./play-button.tsx";
import type { Stage } from "./stage.ts";

export function PlanePanel({
  image,
  stage,
}: {
  readonly image: Image;
  readonly stage: Stage | undefined;
}) {
  const maximum = useView((view) => view.maximum);
  const planes = countAlong(image, "z");
  const frames = countAlong(image, "t");
  if (planes <= 1 && frames <= 1) return null;
  return (
    <section aria-label="Plane" className="block">
      <div className="line along">
        <h2>Plane</h2>
        {planes > 1 && <AlongChoice planes={planes} />}
      </div>
      {planes > 1 && (
        <div className="line plane">
          {maximum ? (
            <RangeSliders range={maximum} count={planes} />
          ) : (
            <>
              <AxisSlider axis="z" image={image} />
              {stage && <PlayButton axis="z" image={image} stage={stage} />}
            </>
          )}
        </div>
      )}
      {frames > 1 && (
        <div className="line plane">
          <AxisSlider axis="t" image={image} />
          {stage && <PlayButton axis="t" image={image} stage={stage} />}
        </div>
      )}
    </section>
  );
}

/** One plane of the stack, or the maximum of all of it to begin with. */
function AlongChoice({ planes }: { readonly planes: number }) {
  const { view } = useSession();
  const isMaximum = useView(({ maximum }) => maximum !== undefined);
  return (
    <fieldset className="switch" aria-label="Along z">
      <button
        type="button"
        aria-pressed={!isMaximum}
        title="One plane of the stack"
        onClick={() => lookAlong(view, undefined)}
      >
        One
      </button>
      <button
        type="button"
        aria-pressed={isMaximum}
        title="The brightest value of all planes, or of a range of them"
        onClick={() => lookAlong(view, { from: 0, to: planes })}
      >
        Maximum
      </button>
    </fieldset>
  );
}

/** The first and the last plane of the maximum; one pushes the other along. */
function RangeSliders({ range, count }: { readonly range: PlaneRange; readonly count: number }) {
  const { view } = useSession();
  const { from, to } = range;
  return (
    <div className="plane-range">
      <PlaneSlider
        name="first z"
        value={from}
        count={count}
        onChange={(first) => lookAlong(view, { from: first, to: Math.max(to, first + 1) })}
      />
      <PlaneSlider
        name="last z"
        value={to - 1}
        count={count}
        onChange={(last) => lookAlong(view, { from: Math.min(from, last), to: last + 1 })}
      />
    </div>
  );
}
