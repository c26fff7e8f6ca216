/** A plate as a PNG, as it is looked at: its mosaic, the wells near by and what lies over them, drawn off the screen. */
import { Fault } from "../../base/fault.ts";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { PlateStage } from "../plate/plate-stage.ts";
import type { WellMark } from "../plate/plate-status.ts";
import type { WellPaint } from "../plate/well-paint.ts";
import {
  barOf,
  type Drawing,
  drawPieces,
  paintPicture,
  pixelText,
  type Subject,
} from "./draw-pieces.ts";
import { frozenSession } from "./frozen-session.ts";
import type { PictureSize } from "./picture-size.ts";
import { plateSheet } from "./plate-sheet.ts";

export interface PlateSpec {
  readonly session: Session;
  readonly source: Source;
  readonly plate: Plate;
  readonly images: PlateImages;
  readonly stage: PlateStage;
  readonly paint: WellPaint | undefined;
  readonly size: PictureSize;
  readonly names: boolean;
  readonly scaleBar: boolean;
}

/**
 * Draws a picture as the plate is looked at now; wells that could not be read are marked in it as on the screen.
 * @throws Fault "aborted" when stopped, "unsupported" where the browser cannot hold the picture
 */
export async function drawPlate(spec: PlateSpec, drawing: Drawing): Promise<Blob> {
  const { size, stage, source, plate, images, paint, names } = spec;
  const { device, place } = stage;
  if (!device) throw new Fault("unsupported", "There is nothing drawn yet");
  const marks = new Map<number, WellMark>();
  const open = (onChange: () => void) => subjectOf(spec, onChange, marks);
  const pieces = await drawPieces(size, device, open, drawing);
  const { width, height, rect, worldPerPixel, perScreenPixel: per } = size;
  const { axes } = images.image;
  const over = plateSheet({ place, plate, rect, unit: worldPerPixel * per, marks, paint, names });
  const painting = {
    width,
    height,
    pieces,
    plate: { ...over, perScreenPixel: per },
    bar: spec.scaleBar ? barOf(size, axes) : undefined,
    about: `${[source.title, plate.path].filter(Boolean).join(" ")}; ${pixelText(size, axes)}`,
  };
  return paintPicture(painting, drawing.signal);
}

/** @param marks of the wells, told as they become known */
function subjectOf(
  { session, stage, size }: PlateSpec,
  onChange: () => void,
  marks: Map<number, WellMark>,
): Subject {
  const parts = stage.partsFor({
    session: frozenSession(session, {}, onChange),
    pixelRatio: size.perScreenPixel,
    whole: size.rect,
    onChange,
    onCome: onChange,
  });
  const looked = stage.lookAt(size.rect);
  return {
    layers: ({ bounds, worldPerPixel, unit }) => {
      parts.look({ ...looked, bounds, worldPerPixel });
      const layers = parts.layers(1 / unit);
      // It has wells checked, and that is waited for too. Of what could not be read is known only while it is in view.
      const found = parts.marks();
      for (const well of stage.lookAt(bounds).inView) {
        const mark = found.get(well);
        if (mark) marks.set(well, mark);
        else marks.delete(well);
      }
      if (parts.isBehind) onChange();
      return layers;
    },
    get busy() {
      return parts.busy;
    },
    close: () => parts.close(),
  };
}
