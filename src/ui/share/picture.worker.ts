/** Puts a picture together from its pieces, draws the scale bar on it and makes a PNG of it, away from the page. */
import { Fault } from "../../base/fault.ts";
import { serve } from "../../base/worker-serve.ts";
import { paintPlate } from "./paint-plate.ts";
import type { PlateSheet } from "./plate-sheet.ts";
import { withText } from "./png-text.ts";

/** 8-bit RGBA, the lower left pixel first as GPUs have it; in pixels of the picture. */
export interface DrawnPiece {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

export interface Painting {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly DrawnPiece[];
  /** What lies over a plate's pixels. */
  readonly plate?: PlateSheet & { readonly perScreenPixel: number };
  /** Its length in pixels of the screen, of which each takes so many of the picture. */
  readonly bar:
    | { readonly pixels: number; readonly text: string; readonly perScreenPixel: number }
    | undefined;
  /** What the file says of itself. */
  readonly about: string;
}

serve<Painting, Blob>(async ({ width, height, pieces, plate, bar, about }) => {
  const canvas = new OffscreenCanvas(width, height);
  const paper = canvas.getContext("2d", { alpha: false });
  if (!paper)
    throw new Fault(
      "unsupported",
      `The browser cannot hold a picture of ${width} × ${height} pixels: choose a smaller size`,
    );
  for (const piece of pieces) paper.putImageData(upright(piece), piece.left, piece.top);
  if (plate) paintPlate(paper, plate, plate.perScreenPixel);
  if (bar) drawBar(paper, bar);
  return { value: await withText(await canvas.convertToBlob({ type: "image/png" }), about) };
});

/** Opaque, whatever was blended: it was drawn on black. */
function upright({ width, pixels }: DrawnPiece): ImageData {
  const row = 4 * width;
  const turned = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < pixels.length; at += row)
    turned.set(pixels.subarray(at, at + row), pixels.length - row - at);
  for (let alpha = 3; alpha < turned.length; alpha += 4) turned[alpha] = 255;
  return new ImageData(turned, width);
}

/** As it lies on the screen: lower right, white on a dark ground, so that it is seen on any picture. */
function drawBar(
  paper: OffscreenCanvasRenderingContext2D,
  { pixels, text, perScreenPixel: per }: Exclude<Painting["bar"], undefined>,
): void {
  const { width, height } = paper.canvas;
  paper.setTransform(per, 0, 0, per, width, height);
  paper.font = "500 13px system-ui, sans-serif";
  paper.textAlign = "center";
  const wide = Math.max(pixels, paper.measureText(text).width);
  const middle = -22 - wide / 2;
  paper.fillStyle = "#000a";
  paper.beginPath();
  paper.roundRect(-wide - 32, -46, wide + 20, 36, 4);
  paper.fill();
  paper.fillStyle = "#fff";
  paper.fillText(text, middle, -28);
  paper.fillRect(middle - pixels / 2, -21, pixels, 4);
}
