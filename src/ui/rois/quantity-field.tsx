/**
 * A number with units that is applied whole: on Enter or when the field is left; Escape puts the old one back. Arrow keys
 * and a drag on its name change it by voxels.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from "react";
import { NOT_A_QUANTITY, parseQuantity, type Quantity } from "../../editor/quantity.ts";

/** So far a drag on the name goes for each voxel, in CSS pixels. */
const PX_PER_VOXEL = 4;

export function QuantityField({
  label,
  value,
  unit,
  voxels,
  step,
  disabled,
  onChange,
}: {
  readonly label: string;
  /** What all selected ROIs have, in world units; undefined where they differ. */
  readonly value: number | undefined;
  readonly unit: string | undefined;
  /** The same in voxels of the working level, shown beside it. */
  readonly voxels: string;
  /** World units per voxel: what an arrow key adds. */
  readonly step: number;
  readonly disabled: boolean;
  readonly onChange: (quantity: Quantity) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const shown = value === undefined ? "" : String(Number(value.toFixed(4)));
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState(false);
  // Only what was typed since counts: leaving the field must not give back what it showed before.
  const typed = useRef(false);
  useEffect(() => {
    setText(shown);
    setProblem(false);
  }, [shown]);

  const apply = (): void => {
    if (text === shown || !typed.current) return;
    typed.current = false;
    const quantity = parseQuantity(text, unit);
    setProblem(quantity === undefined);
    if (quantity !== undefined) {
      onChange(quantity);
      // What was typed may be clamped or snapped to what the field already showed.
      setText(shown);
    }
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") apply();
    else if (event.key === "Escape") {
      setText(shown);
      setProblem(false);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const by = (event.key === "ArrowUp" ? step : -step) * (event.shiftKey ? 10 : 1);
      onChange({ action: "add", value: by, unit: "world" });
    }
  };
  const drag = useRef<{ readonly from: number; readonly done: number }>(undefined);
  const scrub = (event: PointerEvent): void => {
    if (!drag.current) return;
    const { from, done } = drag.current;
    const steps = Math.trunc((event.clientX - from) / PX_PER_VOXEL) * (event.shiftKey ? 10 : 1);
    if (steps === done) return;
    drag.current = { from, done: steps };
    onChange({ action: "add", value: (steps - done) * step, unit: "world" });
  };
  return (
    <label className="field" htmlFor={id}>
      <span
        className="scrub"
        onPointerDown={(event) => {
          if (disabled || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { from: event.clientX, done: 0 };
        }}
        onPointerMove={scrub}
        onLostPointerCapture={() => {
          drag.current = undefined;
        }}
      >
        {label} <span className="px">{voxels}</span>
      </span>
      <input
        id={id}
        ref={input}
        className="mono"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={problem}
        title={problem ? NOT_A_QUANTITY : undefined}
        placeholder={value === undefined && !disabled ? "mixed" : ""}
        value={text}
        disabled={disabled}
        onChange={(event) => {
          typed.current = true;
          setText(event.target.value);
        }}
        onKeyDown={key}
        onBlur={apply}
      />
      {problem && (
        <span className="problem" role="alert">
          {NOT_A_QUANTITY}
        </span>
      )}
    </label>
  );
}
