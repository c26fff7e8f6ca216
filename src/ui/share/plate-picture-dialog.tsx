/** Saves or copies a picture of what is on screen of a plate. */
import { useState } from "react";
import { Fault } from "../../base/fault.ts";
import { worldBox } from "../../geometry/box.ts";
import { rectInView, worldPerPixel } from "../../scene/camera.ts";
import { useSession } from "../session-context.ts";
import type { Drawing } from "./draw-pieces.ts";
import { drawPlate, type PlateSpec } from "./draw-plate.ts";
import { fileName } from "./parts.ts";
import { PictureFrame, SizeField, useSize } from "./picture-frame.tsx";
import { type PictureSize, pictureSizes } from "./picture-size.ts";
import { Check } from "./share-dialog.tsx";

export function PlatePictureDialog(
  shown: Pick<PlateSpec, "source" | "plate" | "images" | "stage" | "paint">,
) {
  const { source, plate, stage } = shown;
  const session = useSession();
  const [sizes] = useState(() => sizesOf(stage));
  const [size, setSize] = useSize(sizes);
  const [names, setNames] = useState(true);
  const [scaleBar, setScaleBar] = useState(true);
  const draw = async (drawing: Drawing): Promise<Blob> => {
    if (!size) throw new Fault("unsupported", "There is nothing drawn yet");
    return drawPlate({ ...shown, session, size, names, scaleBar }, drawing);
  };
  return (
    <PictureFrame name={fileName(source.title, plate.path, "plate")} draw={draw}>
      <SizeField sizes={sizes} size={size} onChange={setSize} />
      <div className="choices">
        <Check label="Row and column names" checked={names} onChange={setNames} />
        <Check label="Scale bar" checked={scaleBar} onChange={setScaleBar} />
      </div>
    </PictureFrame>
  );
}

/** Of what is on screen; none before anything is. */
function sizesOf({ eye }: PlateSpec["stage"]): readonly PictureSize[] {
  const camera = eye.frame();
  if (!camera) return [];
  const [x0, y0, x1, y1] = rectInView(camera, eye.size);
  return pictureSizes(worldBox([0, y0, x0], [1, y1, x1]), worldPerPixel(camera), []);
}
