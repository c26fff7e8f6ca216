/** Creating an image, its pixels still to be written. */
import type { Options, WritableStore } from "../zarr/store.ts";
import { createMultiscale, type MultiscaleSpec } from "./create-multiscale.ts";
import { type NewChannel, omeroOf } from "./metadata.ts";
import type { Image } from "./multiscale.ts";

export interface ImageSpec extends MultiscaleSpec {
  /** One per entry of the c axis. */
  readonly channels: readonly NewChannel[];
}

/** Writes all metadata of a new image and returns it as `openImage` would. Missing chunks read as 0. */
export async function createImage(
  store: WritableStore,
  path: string,
  spec: ImageSpec,
  options: Options = {},
): Promise<Image> {
  const omero = omeroOf(spec.channels, spec.dtype);
  const multiscale = await createMultiscale(store, path, spec, omero, options);
  const channels = spec.channels.map((channel, index) => ({ ...channel, index }));
  return { ...multiscale, channels, labels: [] };
}
