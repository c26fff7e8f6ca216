/** A grid of ROIs, seen over the image while its numbers are typed, and made when it is asked for. */
import { useMemo, useState } from "react";
import { counted } from "../../base/counted.ts";
import { sentence } from "../../base/fault.ts";
import { pixelFromWorld, wholeOf, worldFromPixel } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { NewRoi } from "../../roi/add.ts";
import type { Addition } from "../../roi/addition.ts";
import { type GridSpec, gridFrame, gridOf, type Tail } from "../../roi/grid.ts";
import { roiAt } from "../../roi/rois.ts";
import { FEW } from "../../state/many-rois.ts";
import { workingLevel } from "../../state/view.ts";
import { useRois, useView } from "../session-context.ts";
import { CreateForm } from "./create-form.tsx";

const TAILS: readonly (readonly [Tail, string])[] = [
  ["equal", "all alike"],
  ["smaller", "last ones smaller"],
  ["drop", "drop the rest"],
];

export function GridForm({
  image,
  onClose,
}: {
  readonly image: Image;
  readonly onClose: () => void;
}) {
  const [by, setBy] = useState<GridSpec["by"]>("count");
  const [rows, setRows] = useState("2");
  const [columns, setColumns] = useState("2");
  const [tail, setTail] = useState<Tail>("equal");
  const [overlap, setOverlap] = useState("0");
  const document = useRois((rois) => rois.document);
  const level = useView((view) => workingLevel(view, image));
  const [only, more] = document.selection;
  const within = only === undefined || more !== undefined ? undefined : roiAt(document.rois, only);

  const made = useMemo(() => {
    const { grid } = level;
    const area = within ? pixelFromWorld(grid, within.box) : wholeOf(grid);
    const spec = { by, y: Number(rows), x: Number(columns), tail, overlap: Number(overlap) };
    try {
      const { count, strips } = gridFrame(area, spec);
      const addition: Addition = { kind: "grid", area, spec, level: grid };
      // Of very many, their lines are drawn, or what holds them.
      const drawn = count > FEW ? strips : gridOf(area, spec);
      const rois = drawn.map((box): NewRoi => ({ box: worldFromPixel(grid, box) }));
      return { count, rois, addition: count > FEW ? addition : undefined };
    } catch (error) {
      return { problem: sentence(error) };
    }
  }, [level, within, by, rows, columns, tail, overlap]);

  const choose = (next: GridSpec["by"]): void => {
    setBy(next);
    if (next === "count" && tail === "smaller") setTail("equal");
    const [, height, width] = level.grid.shape;
    setRows(next === "count" ? "2" : String(Math.ceil(height / 2)));
    setColumns(next === "count" ? "2" : String(Math.ceil(width / 2)));
  };
  return (
    <CreateForm
      label="Grid"
      verb="Grid of"
      title={`Grid over ${within ? `“${within.name}”` : "the whole image"}`}
      rois={made.rois}
      addition={made.addition}
      onClose={onClose}
    >
      <div className="pair">
        <label className="field">
          By
          <select
            value={by}
            onChange={(event) => choose(event.target.value === "size" ? "size" : "count")}
          >
            <option value="count">how many</option>
            <option value="size">size in px</option>
          </select>
        </label>
        <label className="field">
          What is left over
          <select
            value={tail}
            onChange={(event) =>
              setTail(TAILS.find(([one]) => one === event.target.value)?.[0] ?? "equal")
            }
          >
            {TAILS.filter(([one]) => by === "size" || one !== "smaller").map(([one, text]) => (
              <option key={one} value={one}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <WholeNumber
          label={by === "count" ? "Rows" : "Height (px)"}
          value={rows}
          onChange={setRows}
        />
        <WholeNumber
          label={by === "count" ? "Columns" : "Width (px)"}
          value={columns}
          onChange={setColumns}
        />
        <WholeNumber label="Overlap (px)" value={overlap} onChange={setOverlap} />
      </div>
      <p className={made.rois ? "soft" : "problem"} role="status">
        {made.rois ? `${counted(made.count, "ROI")} at level ${level.name}` : made.problem}
      </p>
    </CreateForm>
  );
}

function WholeNumber({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      {label}
      <input
        className="mono"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
