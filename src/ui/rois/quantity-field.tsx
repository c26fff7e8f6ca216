/**
 * A number with units that is applied whole: on Enter or when the field is left; Escape puts the old one back. Arrow keys
 * and a drag on its name change it by voxels.
 */
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import { NOT_A_QUANTITY, parseQuantity, type Quantity } from "../../editor/quantity.ts";
import type { Selection } from "../../editor/selection.ts";
import { useDraft } from "../use-draft.ts";

/** So far a drag on the name goes for each voxel, in CSS pixels. */
const PX_PER_VOXEL = 4;

export function QuantityField({
  of,
  label,
  value,
  unit,
  voxels,
  step,
  disabled,
  onChange,
}: {
  /** The ROIs that it is of: what was typed and not applied is for no others. */
  readonly of: Selection;
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
  const shown = value === undefined ? "" : String(Number(value.toFixed(4)));
  const [typed, setTyped] = useDraft(of);
  /** What was typed and is no number. */
  const [wrong, setWrong] = useState<string>();
  const problem = typed !== undefined && typed === wrong;

  const apply = (): void => {
    const isNew = typed !== undefined && typed !== shown;
    const quantity = isNew ? parseQuantity(typed, unit) : undefined;
    if (isNew && quantity === undefined) setWrong(typed);
    else setTyped(undefined);
    if (quantity) onChange(quantity);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") apply();
    else if (event.key === "Escape") setTyped(undefined);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
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
        className="mono"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={problem}
        title={problem ? NOT_A_QUANTITY : undefined}
        placeholder={value === undefined && !disabled ? "mixed" : ""}
        value={typed ?? shown}
        disabled={disabled}
        onChange={({ target }) => setTyped(target.value)}
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
