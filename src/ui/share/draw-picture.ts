/** A part of the image as a PNG: drawn off the screen from the level that fits, with the layers of the screen. */
import type { Device } from "@luma.gl/core";
import { remembered } from "../../base/remembered.ts";
import { NONE_SELECTED } from "../../editor/selection.ts";
import type { Image } from "../../ome/multiscale.ts";
import { roiLayers } from "../../scene/roi-layers.ts";
import { selectedObjects } from "../../state/objects.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { labelPaint } from "../image/label-paint.ts";
import { Pictures } from "../image/pictures.ts";
import { roiScene } from "../image/roi-scene.ts";
import {
  barOf,
  type Drawing,
  drawPieces,
  paintPicture,
  pixelText,
  type Subject,
  type SubjectPiece,
} from "./draw-pieces.ts";
import { frozenSession } from "./frozen-session.ts";
import type { PictureSize } from "./picture-size.ts";

export interface PictureSpec {
  readonly session: Session;
  readonly source: Source;
  readonly image: Image;
  readonly device: Device;
  /** Plane of the finest level. */
  readonly z: number;
  readonly size: PictureSize;
  readonly rois: boolean;
  readonly names: boolean;
  readonly labels: boolean;
  readonly scaleBar: boolean;
}

/**
 * Draws a picture as it is looked at now. Pixels that could not be read are marked in it and told as on the screen.
 * @throws Fault "aborted" when stopped, "unsupported" where the browser cannot hold the picture
 */
export async function drawPicture(spec: PictureSpec, drawing: Drawing): Promise<Blob> {
  const { size, device, image } = spec;
  const { width, height } = size;
  const pieces = await drawPieces(size, device, (onChange) => subjectOf(spec, onChange), drawing);
  const bar = spec.scaleBar ? barOf(size, image.axes) : undefined;
  return paintPicture({ width, height, pieces, bar, about: aboutOf(spec) }, drawing.signal);
}

function subjectOf(
  { session, source, image, ...spec }: PictureSpec,
  onChange: () => void,
): Subject {
  const frozen = frozenSession(session, { z: spec.z, overlays: spec.labels }, onChange);
  const pictures = new Pictures(frozen, source, image, onChange);
  const scene = roiScene(frozen, image);
  const selected = selectedObjects(frozen);
  const rois = remembered(({ unit }: SubjectPiece) => layersOfRois(scene(1 / unit), spec));
  const labels = { paint: labelPaint(frozen), hovered: [], selected };
  return {
    layers: (piece) => {
      pictures.update(piece);
      return [...pictures.layers(labels), ...rois(piece)];
    },
    get busy() {
      return pictures.busy;
    },
    close: () => pictures.close(),
  };
}

/** Without what is only there for a hand, and with names as one view of all of the picture has them. */
function layersOfRois(
  scene: ReturnType<ReturnType<typeof roiScene>>,
  { rois, names, size }: Pick<PictureSpec, "rois" | "names" | "size">,
) {
  if (!rois) return [];
  const still = { selection: NONE_SELECTED, hovered: undefined, preview: undefined, visible: true };
  const sight = { covered: { top: 0, left: 0 }, whole: size.rect };
  return roiLayers({ ...scene, ...still, ...sight }).filter(
    ({ id }) => names || id !== "roi-names",
  );
}

function aboutOf({ source, image, size }: PictureSpec): string {
  const unit = image.axes.find(({ name }) => name === "x")?.unit ?? "units";
  const name = [source.title, image.path].filter(Boolean).join(" ");
  return `${name}; ${pixelText(size, image.axes)}; x ${size.rect[0]}, y ${size.rect[1]} ${unit}`;
}
