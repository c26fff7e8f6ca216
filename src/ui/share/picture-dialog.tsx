/** Saves or copies a picture of what is on screen, of an ROI or of the whole image. */
import { useState } from "react";
import { throwIfStopped } from "../../base/abort.ts";
import { grouped } from "../../base/counted.ts";
import { Fault } from "../../base/fault.ts";
import { topLabel } from "../../state/labels.ts";
import { notify } from "../../state/notices.ts";
import type { Source } from "../../state/source.ts";
import type { Desk } from "../commands/command.ts";
import { downloadBlob } from "../download.ts";
import { useRois, useView } from "../session-context.ts";
import { drawPicture } from "./draw-picture.ts";
import { fileName, type Part, partsOf } from "./parts.ts";
import { PIXELS_MAX, type PictureSize, pictureSizes } from "./picture-size.ts";
import { Check, PartField, ShareDialog } from "./share-dialog.tsx";
import { useJob } from "./use-job.ts";

/** The longer side of what is not on screen, in pixels of a screen. */
const SIDE = 1000;

export function PictureDialog({ desk, source }: { readonly desk: Desk; readonly source: Source }) {
  const { session, image, stage } = desk;
  const [parts] = useState(() => partsOf(desk));
  const [part, setPart] = useState<Part>(parts.find(({ kind }) => kind === "view") ?? parts[0]);
  const [chosen, setChosen] = useState("2");
  const [options, setOptions] = useState({
    rois: true,
    names: true,
    labels: true,
    scaleBar: true,
  });
  const hasRois = useRois((rois) => rois.table !== undefined);
  const hasLabel = useView(topLabel) !== undefined;
  const beside = useView(({ boxView, sidePanes }) =>
    boxView ? "3D boxes" : sidePanes && image.levels[0].grid.shape[0] > 1 && "the panes beside it",
  );
  const job = useJob();

  const { min, max } = part.box;
  const screen =
    part.kind === "view"
      ? stage.status.getState().worldPerPixel
      : Math.max(max[2] - min[2], max[1] - min[1]) / SIDE;
  const sizes = pictureSizes(part.box, screen, image.levels);
  const size = sizes.find((one) => keyOf(one) === chosen) ?? sizes[0];

  const draw = async (running: Parameters<typeof drawPicture>[1]): Promise<Blob> => {
    const { device } = stage;
    if (!size || !device) throw new Fault("unsupported", "There is nothing drawn yet");
    return drawPicture({ session, source, image, device, z: part.z, size, ...options }, running);
  };
  const save = (close: () => void): void =>
    job.start(async (running) => {
      const name = fileName(source.title, image.path, part.suffix);
      downloadBlob(`${name}.png`, await draw(running));
    }, close);
  const copy = (close: () => void): void =>
    job.start(async (running) => {
      // Asked for within the click, or the browser does not allow it; the picture comes later.
      const item = new ClipboardItem({ "image/png": draw(running) });
      await navigator.clipboard.write([item]).catch((error: unknown) => {
        // The clipboard says of what was stopped that it failed.
        throwIfStopped(running.signal);
        throw error;
      });
      notify(session.notices, "info", "The picture is on the clipboard");
    }, close);

  const check = (name: keyof typeof options) => (on: boolean) =>
    setOptions((now) => ({ ...now, [name]: on }));
  return (
    <ShareDialog
      title="Save picture"
      action="Save PNG"
      other={{ action: "Copy", run: copy }}
      job={job}
      onSubmit={save}
    >
      {beside && (
        <p className="faint">
          This draws the flat image, without {beside}: those are drawn for the screen alone
        </p>
      )}
      <PartField parts={parts} part={part} onChange={setPart} />
      <label className="field">
        Size
        <select value={size && keyOf(size)} onChange={(event) => setChosen(event.target.value)}>
          {sizes.map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {sizeText(one)}
            </option>
          ))}
        </select>
      </label>
      <div className="choices">
        {hasRois && <Check label="ROIs" checked={options.rois} onChange={check("rois")} />}
        {hasRois && options.rois && (
          <Check label="Their names" checked={options.names} onChange={check("names")} />
        )}
        {hasLabel && <Check label="Labels" checked={options.labels} onChange={check("labels")} />}
        <Check label="Scale bar" checked={options.scaleBar} onChange={check("scaleBar")} />
      </div>
      <p className="faint">At most {Math.round(PIXELS_MAX / 1e6)} million pixels</p>
    </ShareDialog>
  );
}

function keyOf({ of }: PictureSize): string {
  return typeof of === "number" ? String(of) : `level ${of.name}`;
}

function sizeText({ of, width, height }: PictureSize): string {
  const size = `${grouped(width)} × ${grouped(height)} pixels`;
  return typeof of === "number" ? `${of}×: ${size}` : `${size}, one per voxel of level ${of.name}`;
}
