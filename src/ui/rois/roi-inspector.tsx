/** The fields of the selected ROIs: name, corner and lengths, each in micrometres with the voxels beside it. */
import { type KeyboardEvent, useMemo, useState } from "react";
import { counted } from "../../base/counted.ts";
import { type Field, rename, setField } from "../../editor/commands.ts";
import type { Quantity } from "../../editor/quantity.ts";
import { stoppedCount } from "../../editor/stopped.ts";
import { lengthsOf } from "../../geometry/box.ts";
import { pixelFromWorld } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import { nameProblem } from "../../roi/names.ts";
import { commonNumbers } from "../../roi/readers.ts";
import { applied, type Roi, type RoiId, roiAt } from "../../roi/rois.ts";
import { edit } from "../../state/rois.ts";
import { workingLevel } from "../../state/view.ts";
import { keyText } from "../commands/keys.tsx";
import { useKeyOf } from "../page.ts";
import { useRois, useSession, useView } from "../session-context.ts";
import { useDraft } from "../use-draft.ts";
import { CoveredVoxels } from "./covered-voxels.tsx";
import { NamesField } from "./names-field.tsx";
import { QuantityField } from "./quantity-field.tsx";
import { useSettled, useSettledDocument } from "./use-settled-document.ts";
import { ValueFields } from "./value-fields.tsx";

const fields: readonly (readonly [Field, axis: 0 | 1 | 2])[] = [
  ["x", 2],
  ["y", 1],
  ["z", 0],
  ["len_x", 2],
  ["len_y", 1],
  ["len_z", 0],
];

/** More than this are not looked through at each step of a drag. */
const MOST_FOLLOWED = 1000;

export function RoiInspector({ image }: { readonly image: Image }) {
  const session = useSession();
  const drawKey = useKeyOf()("draw-tool");
  const document = useRois((state) => state.document);
  const preview = useRois((state) => state.preview);
  const problems = useRois((state) => state.problems);
  const level = useView((view) => workingLevel(view, image));
  const { rois, selection } = document;
  // While the hand drags, the fields follow what is seen; those of very many, when it lets go.
  const follows = preview !== undefined && preview.size <= MOST_FOLLOWED;
  const seen = useMemo(() => (follows ? applied(rois, preview) : rois), [rois, preview, follows]);
  const settled = useSettledDocument();
  const read = useSettled(follows ? seen : settled.rois, rois);
  const values = useMemo(() => commonNumbers(read, settled.selection), [read, settled.selection]);
  const unit = image.axes.find(({ name }) => name === "x")?.unit;
  const [stopped, setStopped] = useState<{ readonly at: typeof document; readonly text: string }>();
  const [id] = selection;
  const roi = id === undefined ? undefined : roiAt(seen, id);
  if (id === undefined || roi === undefined)
    return (
      <section className="block" aria-label="Selected ROI">
        <p className="soft">
          Click an ROI in the image or in the table.
          {drawKey !== undefined && ` Press ${keyText(drawKey, "+")} to draw one.`}
        </p>
      </section>
    );
  const isOne = selection.size === 1;
  const problem = isOne ? problems.get(id)?.sentence : undefined;

  return (
    <section className="block" aria-label="Selected ROI">
      {isOne ? (
        <NameField id={id} name={roi.name} />
      ) : (
        <>
          <strong>{counted(selection.size, "ROI")} selected</strong>
          <NamesField />
        </>
      )}
      {problem && <p className="problem">{problem}</p>}
      <div className="inspector">
        {fields.map(([field, axis]) => (
          <QuantityField
            key={field}
            of={selection}
            label={field}
            unit={unit}
            step={level.grid.scale[axis]}
            disabled={false}
            value={values.get(field)}
            voxels={isOne ? voxelText(roi, field, axis) : ""}
            onChange={(quantity) => set(field, quantity)}
          />
        ))}
      </div>
      {stopped?.at === document && (
        <p className="soft" role="status">
          {stopped.text}
        </p>
      )}
      {isOne && <CoveredVoxels id={id} box={roi.box} level={level} />}
      <ValueFields />
    </section>
  );

  function set(field: Field, quantity: Quantity): void {
    const before = session.rois.getState().document.rois;
    edit(session, setField(before, selection, field, quantity, level.grid));
    const now = session.rois.getState().document;
    const typed = { field, quantity, grid: level.grid };
    const count = stoppedCount(before, now.rois, selection, typed);
    const of = selection.size > 1 ? ` of ${counted(count, "ROI")}` : "";
    const text = `${field}${of} stopped short of what was typed: the image ends there, or no voxel would be left`;
    setStopped(count === 0 ? undefined : { at: now, text });
  }

  function voxelText({ box }: Roi, field: Field, axis: 0 | 1 | 2): string {
    if (box.min.some(Number.isNaN) || box.max.some(Number.isNaN)) return "";
    const pixels = pixelFromWorld(level.grid, box);
    return `${field.startsWith("len") ? lengthsOf(pixels)[axis] : pixels.min[axis]} px`;
  }
}

function NameField({ id, name }: { readonly id: RoiId; readonly name: string }) {
  const session = useSession();
  const masking = useRois((state) => state.masking);
  const [typed, setTyped] = useDraft(id);
  const text = typed ?? name;
  const problem = text === name ? undefined : problemOf(text);

  function problemOf(wanted: string): string | undefined {
    return nameProblem(wanted, session.rois.getState().document.rois.names);
  }
  const apply = (): void => {
    if (problem !== undefined) return;
    setTyped(undefined);
    if (text !== name) edit(session, rename(session.rois.getState().document.rois, id, text));
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter") apply();
    if (event.key === "Escape") setTyped(undefined);
  };
  return (
    <label className="field">
      Name
      <input
        aria-label="Name"
        autoComplete="off"
        value={text}
        disabled={masking}
        title={masking ? "In a masking table an ROI's name is its label" : undefined}
        aria-invalid={problem !== undefined}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={key}
        onBlur={apply}
      />
      {problem && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
