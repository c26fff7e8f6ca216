/** Which plane is shown: sliders for z and t, where the image has more than one. */

import { countOf } from "../../ome/axes.ts";
import type { Image } from "../../ome/multiscale.ts";
import { useSession, useView } from "../session-context.ts";
import { PlayButton } from "./play-button.tsx";
import type { Stage } from "./stage.ts";

export function PlanePanel({
  image,
  stage,
}: {
  readonly image: Image;
  readonly stage: Stage | undefined;
}) {
  const session = useSession();
  const z = useView((view) => view.z);
  const t = useView((view) => view.t);
  const planes = image.levels[0].grid.shape[0];
  const frames = countOf(image.axes, image.levels[0].array.shape, "t");
  if (planes <= 1 && frames <= 1) return null;
  return (
    <section aria-label="Plane" className="block">
      <h2>Plane</h2>
      {planes > 1 && (
        <div className="line plane">
          <PlaneSlider
            name="z"
            value={z}
            count={planes}
            onChange={(next) => session.view.setState({ z: next })}
          />
          {stage && <PlayButton axis="z" count={planes} stage={stage} />}
        </div>
      )}
      {frames > 1 && (
        <div className="line plane">
          <PlaneSlider
            name="t"
            value={t}
            count={frames}
            onChange={(next) => session.view.setState({ t: next })}
          />
          {stage && <PlayButton axis="t" count={frames} stage={stage} />}
        </div>
      )}
    </section>
  );
}

function PlaneSlider({
  name,
  value,
  count,
  onChange,
}: {
  readonly name: "z" | "t";
  readonly value: number;
  readonly count: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <label className="slider">
      <span>{name}</span>
      <input
        type="range"
        aria-label={name}
        min={0}
        max={count - 1}
        step={1}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <span className="mono">
        {value + 1}/{count}
      </span>
    </label>
  );
}
