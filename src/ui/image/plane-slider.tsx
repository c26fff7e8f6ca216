/** Goes through planes or time points. */

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
