/**
 * Stands in for `@loaders.gl/core` and `@loaders.gl/images` in the bundle: deck.gl would load what its layers are given by
 * address with them, and Fovea's layers are given what they draw.
 */

export const ImageLoader: object = {};

export function registerLoaders(): void {
  // None is ever asked.
}

export function load(): never {
  throw new Error("deck.gl's loaders are not part of this bundle; see vite.config.ts");
}
