/** A part of the image as a PNG: drawn off the screen from the level that fits, with the layers of the screen. */
import type { Device } from "@luma.gl/core";
import { createStore } from "zustand/vanilla";
import { orStopped, throwIfStopped } from "../../base/abort.ts";
import { WorkerPool } from "../../base/worker-pool.ts";
import { NONE_SELECTED } from "../../editor/selection.ts";
import type { Image } from "../../ome/multiscale.ts";
import { metresOf } from "../../ome/units.ts";
import { roiLayers } from "../../scene/roi-layers.ts";
import { scaleBar } from "../../scene/scale-bar.ts";
import { selectedObjects } from "../../state/objects.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { labelPaint } from "../image/label-paint.ts";
import { Pictures } from "../image/pictures.ts";
import { roiScene } from "../image/roi-scene.ts";
import { Easel, type Sheet } from "./easel.ts";
import type { DrawnPiece, Painting } from "./picture.worker.ts";
import { type PictureSize, type Piece, piecesOf } from "./picture-size.ts";

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

/** The longest scale bar, in pixels of the screen, and as a part of the picture. */
const BAR_MAX = 160;
const BAR_PART = 0.4;

/**
 * Draws a picture as it is looked at now. Pixels that could not be read are marked in it and told as on the screen.
 * @throws Fault "aborted" when stopped, "unsupported" where the browser cannot hold the picture
 */
export async function drawPicture(
  spec: PictureSpec,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (done: number, of: number) => void;
  },
): Promise<Blob> {
  const { width, height } = spec.size;
  const pieces = await drawnPieces(spec, options);
  const painting: Painting = { width, height, pieces, bar: barOf(spec), about: aboutOf(spec) };
  const pool = new WorkerPool<Painting, Blob>(
    () => new Worker(new URL("./picture.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  try {
    const transfer = pieces.map(({ pixels }) => pixels.buffer);
    return await pool.run(painting, { signal: options.signal, transfer });
  } finally {
    pool.close();
  }
}

async function drawnPieces(
  { session, source, image, device, ...spec }: PictureSpec,
  { signal, onProgress }: Parameters<typeof drawPicture>[1],
): Promise<readonly DrawnPiece[]> {
  // What is drawn stays as it was when it was asked for, whatever is looked at meanwhile.
  const now = session.view.getState();
  const shown = { z: spec.z, overlays: spec.labels, playing: undefined };
  const frozen = { ...session, view: createStore(() => ({ ...now, ...shown })) };
  let changed = Promise.withResolvers<void>();
  let isLatest = false;
  const change = (): void => {
    isLatest = false;
    changed.resolve();
  };
  const pictures = new Pictures(frozen, source, image, change);
  const unsubscribe = frozen.view.subscribe(change);
  const scene = roiScene(frozen, image);
  const selected = selectedObjects(frozen);
  const labels = { paint: labelPaint(frozen), hovered: [], selected };
  const easel = new Easel(device);
  const drawn: DrawnPiece[] = [];
  try {
    const pieces = piecesOf(spec.size);
    for (const piece of pieces) {
      onProgress(drawn.length, pieces.length + 1);
      const sheet = sheetOf(spec.size, piece);
      const rois = layersOfRois(scene(1 / sheet.unit), spec);
      for (;;) {
        throwIfStopped(signal);
        changed = Promise.withResolvers();
        isLatest = true;
        pictures.update(lookOf(sheet));
        // One frame's worth of it is sent to the GPU at a time.
        await easel.prepare(sheet, [...pictures.layers(labels), ...rois]);
        // What came while the GPU was at work is not drawn yet, and labels are asked for only when the image is there.
        if (isLatest && !pictures.busy) break;
        await orStopped(changed.promise, signal);
      }
      const { perScreenPixel: per } = sheet;
      drawn.push({
        left: piece.left * per,
        top: piece.top * per,
        width: piece.width * per,
        pixels: await easel.draw(sheet),
      });
    }
    onProgress(drawn.length, pieces.length + 1);
  } finally {
    unsubscribe();
    easel.close();
    pictures.close();
  }
  return drawn;
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

function sheetOf({ rect, worldPerPixel, perScreenPixel }: PictureSize, piece: Piece): Sheet {
  const unit = worldPerPixel * perScreenPixel;
  const x = rect[0] + (piece.left + piece.width / 2) * unit;
  const y = rect[1] + (piece.top + piece.height / 2) * unit;
  return { width: piece.width, height: piece.height, perScreenPixel, middle: [x, y], unit };
}

function lookOf({ width, height, middle: [x, y], unit, perScreenPixel }: Sheet) {
  const [halfX, halfY] = [(width * unit) / 2, (height * unit) / 2];
  const bounds = [x - halfX, y - halfY, x + halfX, y + halfY] as const;
  return { bounds, worldPerPixel: unit / perScreenPixel };
}

function barOf({ image, size, scaleBar: isWanted }: PictureSpec): Painting["bar"] {
  if (!isWanted) return undefined;
  const { width, worldPerPixel, perScreenPixel: per } = size;
  const unit = image.axes.find(({ name }) => name === "x")?.unit;
  const longest = Math.min(BAR_MAX, (width / per) * BAR_PART);
  return { ...scaleBar(worldPerPixel * per, unit, longest), perScreenPixel: per };
}

/** What the file says of itself, since office programs size a picture by the density that PNG has a place for. */
function aboutOf({ source, image, size }: PictureSpec): string {
  const unit = image.axes.find(({ name }) => name === "x")?.unit ?? "units";
  const metres = metresOf(unit);
  const pixel =
    metres === undefined
      ? `${size.worldPerPixel} ${unit}`
      : `${Number(((size.worldPerPixel * metres) / 1e-6).toPrecision(12))} micrometer`;
  const name = [source.title, image.path].filter(Boolean).join(" ");
  return `${name}; pixel size ${pixel}; x ${size.rect[0]}, y ${size.rect[1]} ${unit}`;
}
