/** One ROI by its numbers: corner and lengths, with units, seen over the image while typed. */
import { useMemo, useState } from "react";
import { evaluated, parseQuantity } from "../../editor/quantity.ts";
import { worldBox, zyx } from "../../geometry/box.ts";
import { type PixelGrid, worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import { fitted } from "../../roi/found-roi.ts";
import { workingLevel } from "../../state/view.ts";
import { useView } from "../session-context.ts";
import { unitOf } from "../units.ts";
import { CreateForm } from "./create-form.tsx";

type Texts = Readonly<Record<(typeof FIELDS)[number], string>>;

const FIELDS = ["x", "y", "z", "len_x", "len_y", "len_z"] as const;

export function BoxForm({
  image,
  onClose,
}: {
  readonly image: Image;
  readonly onClose: () => void;
}) {
  const { grid } = useView((view) => workingLevel(view, image));
  const [name, setName] = useState("");
  const [texts, setTexts] = useState<Texts>(() => middleOf(grid));
  const made = useMemo(() => boxOf(texts, image, grid), [texts, image, grid]);
  const { box } = made;
  const rois = useMemo(() => box && [{ name, box }], [name, box]);
  return (
    <CreateForm
      label="ROI by numbers"
      verb="Add"
      title={`ROI by numbers (${unitOf(image)}, or with a unit: 40 px)`}
      rois={rois}
      onClose={onClose}
    >
      <label className="field">
        Name
        <input value={name} placeholder="ROI_1" onChange={(event) => setName(event.target.value)} />
      </label>
      <div className="triple">
        {FIELDS.map((field) => (
          <label key={field} className="field">
            {field}
            <input
              className="mono"
              autoComplete="off"
              value={texts[field]}
              onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
            />
          </label>
        ))}
      </div>
      {made.problem && (
        <p className="problem" role="status">
          {made.problem}
        </p>
      )}
    </CreateForm>
  );
}

/** A quarter of the image in its middle, through all planes. */
function middleOf(grid: PixelGrid): Texts {
  const whole = worldOf(grid).max;
  const at = (part: number, i: 1 | 2): string =>
    String(Number((Math.round(grid.shape[i] * part) * grid.scale[i]).toFixed(4)));
  return {
    x: at(0.25, 2),
    y: at(0.25, 1),
    z: "0",
    len_x: at(0.5, 2),
    len_y: at(0.5, 1),
    len_z: String(whole[0]),
  };
}

function boxOf(texts: Texts, image: Image, grid: PixelGrid) {
  const unit = image.axes.find(({ name }) => name === "x")?.unit;
  const numbers = FIELDS.map((field, i) => {
    const quantity = parseQuantity(texts[field], unit);
    const scale = grid.scale[axisOf(i)];
    return quantity?.action === "set" ? evaluated(quantity, 0, scale) : undefined;
  });
  const wrong = FIELDS.find((_, i) => numbers[i] === undefined);
  if (wrong !== undefined)
    return { problem: `${wrong}: type a number such as 12.5, 12.5 µm or 40 px` };
  const number = (i: number): number => numbers[i] ?? 0;
  const min = zyx((i) => number(2 - i));
  const typed = worldBox(
    min,
    zyx((i) => min[i] + number(5 - i)),
  );
  const box = fitted({ name: undefined, box: typed, hasPlanes: true }, image.levels[0].grid);
  return box ? { box } : { problem: "This lies outside the image, or is smaller than a voxel" };
}

/** x, y and z come first, then their lengths. */
function axisOf(i: number): 0 | 1 | 2 {
  const axes = [2, 1, 0] as const;
  return axes[i % 3] ?? 0;
}
