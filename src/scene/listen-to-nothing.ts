/** Spares luma.gl a listener that it never takes off: what is closed would stay in memory, with the pixels that it drew last. */
import type { Device } from "@luma.gl/core";

/**
 * To be called before anything is drawn with the device. It would ask to be told when the page comes to a screen of other
 * pixels, which a canvas is told of by its own size.
 */
export function listenToNothing({ canvasContext }: Device): void {
  if (canvasContext) Object.assign(canvasContext, { _observeDevicePixelRatio: () => {} });
}
