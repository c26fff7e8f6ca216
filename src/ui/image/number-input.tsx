/** A number that is taken when it is typed to its end: with Enter, or when the field is left. */
import { useState } from "react";
import { shortNumber } from "./channel-text.ts";

export function NumberInput({
  name,
  label,
  value,
  isValid,
  onChange,
}: {
  /** What is seen. */
  readonly name: string;
  /** What is heard. */
  readonly label: string;
  readonly value: number;
  readonly isValid: (value: number) => boolean;
  readonly onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const take = (): void => {
    const next = Number(typed);
    if (typed?.trim() && Number.isFinite(next) && isValid(next)) onChange(next);
    setTyped(undefined);
  };
  return (
    <label className="field">
      <span>{name}</span>
      <input
        className="mono"
        inputMode="decimal"
        aria-label={label}
        value={typed ?? shortNumber(value)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setTyped(undefined);
        }}
      />
    </label>
  );
}
