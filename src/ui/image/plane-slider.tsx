/** Goes through planes or time points. */
import type { Image } from "../../ome/multiscale.ts";
import { countAlong } from "../../state/playback.ts";
import { useSession, useView } from "../session-context.ts";

/** Through those of an image, to the one that is looked at. */
export function AxisSlider({ axis, image }: { readonly axis: "z" | "t"; readonly image: Image }) {
  const { view } = useSession();
  const value = useView((now) => now[axis]);
  return (
    <PlaneSlider
      name={axis}
      value={value}
      count={countAlong(image, axis)}
      onChange={(next) => view.setState({ [axis]: next })}
    />
  );
}

/** Nothing where there is but one. */
export function PlaneSlider({
  name,
  value,
  count,
  onChange,
}: {
  readonly name: string;
  readonly value: number;
  readonly count: number;
  readonly onChange: (value: number) => void;
}) {
  if (count <= 1) return null;
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
