/** Spares the canvas a new buffer where its size stays: it would be blank, and what draws waits until all is drawn. */
import type { Device } from "@luma.gl/core";

/** To be called before anything is drawn with the device: luma.gl sets the size anew whenever it is told of it. */
export function sizeOnce({ canvasContext }: Device): void {
  if (!canvasContext) return;
  const setDrawingBufferSize = (width: number, height: number): void => {
    const { canvas } = canvasContext;
    // A canvas takes whole numbers.
    if (canvas.width !== Math.trunc(width)) canvas.width = width;
    if (canvas.height !== Math.trunc(height)) canvas.height = height;
    Object.assign(canvasContext, { drawingBufferWidth: width, drawingBufferHeight: height });
  };
  Object.assign(canvasContext, { setDrawingBufferSize });
}
