/**
 * Stands in for `@vivjs/loaders` in the bundle: Viv's layers import it for three small things that only the layers
 * Fovea does not use call, and it would bring geotiff, zod and a second zarrita along.
 */

const isAbsent = (): never => {
  throw new Error("Viv's loaders are not part of this bundle; see vite.config.ts");
};

export const SIGNAL_ABORTED = "__vivSignalAborted";

export const isInterleaved: () => never = isAbsent;
export const getImageSize: () => never = isAbsent;
