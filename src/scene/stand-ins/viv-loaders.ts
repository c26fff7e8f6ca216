/**
 * Stands in for `@vivjs/loaders` in the bundle: Viv's layers import it for three small things that only the layers
 * Fovea does not use call, and it would bring geotiff, zod and a second zarrita along.
 */

export const SIGNAL_ABORTED = "__vivSignalAborted";

export function isInterleaved(): never {
  throw new Error("Viv's loaders are not part of this bundle; see vite.config.ts");
}

export const getImageSize: () => never = isInterleaved;
