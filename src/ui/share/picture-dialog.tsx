/** Saves or copies a picture of what is on screen, of an ROI or of the whole image. */
import { useState } from "react";
import { Fault } from "../../base/fault.ts";
import { topLabel } from "../../state/labels.ts";
import type { Source } from "../../state/source.ts";
import type { Desk } from "../commands/command.ts";
import { useRois, useView } from "../session-context.ts";
import { drawPicture } from "./draw-picture.ts";
import type { Drawing } from "./draw-pieces.ts";
import { fileName, type Part, partsOf } from "./parts.ts";
import { PictureFrame, SizeField, useSize } from "./picture-frame.tsx";
import { pictureSizes } from "./picture-size.ts";
import { Check, PartField } from "./share-dialog.tsx";

/** The longer side of what is not on screen, in pixels of a screen. */
const SIDE = 1000;

export function PictureDialog({ desk, source }: { readonly desk: Desk; readonly source: Source }) {
  const { session, image, stage } = desk;
  const [parts] = useState(() => partsOf(desk));
  const [part, setPart] = useState<Part>(parts.find(({ kind }) => kind === "view") ?? parts[0]);
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

  const { min, max } = part.box;
  const screen =
    part.kind === "view"
      ? stage.status.getState().worldPerPixel
      : Math.max(max[2] - min[2], max[1] - min[1]) / SIDE;
  const sizes = pictureSizes(part.box, screen, image.levels);
  const [size, setSize] = useSize(sizes);

  const draw = async (drawing: Drawing): Promise<Blob> => {
    const { device } = stage;
    if (!size || !device) throw new Fault("unsupported", "There is nothing drawn yet");
    return drawPicture({ session, source, image, device, z: part.z, size, ...options }, drawing);
  };
  const check = (name: keyof typeof options) => (on: boolean) =>
    setOptions((now) => ({ ...now, [name]: on }));
  return (
    <PictureFrame name={fileName(source.title, image.path, part.suffix)} draw={draw}>
      {beside && (
        <p className="faint">
          This draws the flat image, without {beside}: those are drawn for the screen alone
        </p>
      )}
      <PartField parts={parts} part={part} onChange={setPart} />
      <SizeField sizes={sizes} size={size} onChange={setSize} />
      <div className="choices">
        {hasRois && <Check label="ROIs" checked={options.rois} onChange={check("rois")} />}
        {hasRois && options.rois && (
          <Check label="Their names" checked={options.names} onChange={check("names")} />
        )}
        {hasLabel && <Check label="Labels" checked={options.labels} onChange={check("labels")} />}
        <Check label="Scale bar" checked={options.scaleBar} onChange={check("scaleBar")} />
      </div>
    </PictureFrame>
  );
}
