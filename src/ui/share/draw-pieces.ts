/** Draws a picture off the screen, piece by piece, and makes a PNG of it: what is drawn is for others to say. */
import type { Layer } from "@deck.gl/core";
import type { Device } from "@luma.gl/core";
import { orStopped, throwIfStopped } from "../../base/abort.ts";
import { WorkerPool } from "../../base/worker-pool.ts";
import type { Image } from "../../ome/multiscale.ts";
import { metresOf } from "../../ome/units.ts";
import type { Rect } from "../../scene/rect.ts";
import { scaleBar } from "../../scene/scale-bar.ts";
import { Easel, type Sheet } from "./easel.ts";
import type { DrawnPiece, Painting } from "./picture.worker.ts";
import { type PictureSize, type Piece, piecesOf } from "./picture-size.ts";

/** A part of the world, the same object for as long as it is drawn. */
export interface SubjectPiece {
  readonly bounds: Rect;
  /** World units per pixel of the picture. */
  readonly worldPerPixel: number;
  /** World units per pixel of the screen: lines and names are as large as there. */
  readonly unit: number;
}

/** What is drawn: it reads what a piece shows, and says when there is more of it. */
export interface Subject {
  /** Asks for what a piece shows. @returns what there is of it, lowest first */
  layers(piece: SubjectPiece): readonly Layer[];
  /** Whether there is more to come of what was asked for last. */
  readonly busy: boolean;
  close(): void;
}

export interface Drawing {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/** @param open told what to call when there is more to draw */
export async function drawPieces(
  size: PictureSize,
  device: Device,
  open: (onChange: () => void) => Subject,
  { signal, onProgress }: Drawing,
): Promise<readonly DrawnPiece[]> {
  let changed = Promise.withResolvers<void>();
  let isLatest = false;
  const subject = open(() => {
    isLatest = false;
    changed.resolve();
  });
  const easel = new Easel(device);
  const drawn: DrawnPiece[] = [];
  try {
    const pieces = piecesOf(size);
    for (const piece of pieces) {
      onProgress(drawn.length, pieces.length + 1);
      const sheet = sheetOf(size, piece);
      const look = lookOf(sheet);
      for (;;) {
        throwIfStopped(signal);
        changed = Promise.withResolvers();
        isLatest = true;
        // One frame's worth of it is sent to the GPU at a time.
        await easel.prepare(sheet, subject.layers(look));
        // What came while the GPU was at work is not drawn yet, and some is asked for only when the rest is there.
        if (isLatest && !subject.busy) break;
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
    easel.close();
    subject.close();
  }
  return drawn;
}

/** Puts the pieces together, away from the page. */
export async function paintPicture(painting: Painting, signal: AbortSignal): Promise<Blob> {
  const pool = new WorkerPool<Painting, Blob>(
    () => new Worker(new URL("./picture.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  try {
    const transfer = painting.pieces.map(({ pixels }) => pixels.buffer);
    return await pool.run(painting, { signal, transfer });
  } finally {
    pool.close();
  }
}

/** The longest scale bar, in pixels of the screen, and as a part of the picture. */
const BAR_MAX = 160;
const BAR_PART = 0.4;

export function barOf(size: PictureSize, axes: Image["axes"]): Painting["bar"] {
  const { width, worldPerPixel, perScreenPixel: per } = size;
  const longest = Math.min(BAR_MAX, (width / per) * BAR_PART);
  return { ...scaleBar(worldPerPixel * per, unitOf(axes), longest), perScreenPixel: per };
}

/** What the file says of itself, since office programs size a picture by the density that PNG has a place for. */
export function pixelText({ worldPerPixel }: PictureSize, axes: Image["axes"]): string {
  const unit = unitOf(axes);
  const metres = metresOf(unit ?? "units");
  return metres === undefined
    ? `pixel size ${worldPerPixel} ${unit ?? "units"}`
    : `pixel size ${Number(((worldPerPixel * metres) / 1e-6).toPrecision(12))} micrometer`;
}

function unitOf(axes: Image["axes"]): string | undefined {
  return axes.find(({ name }) => name === "x")?.unit;
}

function sheetOf({ rect, worldPerPixel, perScreenPixel }: PictureSize, piece: Piece): Sheet {
  const unit = worldPerPixel * perScreenPixel;
  const x = rect[0] + (piece.left + piece.width / 2) * unit;
  const y = rect[1] + (piece.top + piece.height / 2) * unit;
  return { width: piece.width, height: piece.height, perScreenPixel, middle: [x, y], unit };
}

function lookOf({ width, height, middle: [x, y], unit, perScreenPixel }: Sheet): SubjectPiece {
  const [halfX, halfY] = [(width * unit) / 2, (height * unit) / 2];
  const bounds = [x - halfX, y - halfY, x + halfX, y + halfY] as const;
  return { bounds, worldPerPixel: unit / perScreenPixel, unit };
}
