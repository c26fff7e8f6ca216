/** What is known of the open plate: what stands for all of its wells, and the picture that was kept of it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isAborted, sentence } from "../base/fault.ts";
import type { Plate } from "../ome/multiscale.ts";
import { openPlateImages, type PlateImages } from "../ome/plate-images.ts";
import type { Options } from "../zarr/store.ts";
import type { Linked } from "./link.ts";
import { takeLinked } from "./look.ts";
import type { Session } from "./session.ts";
import type { Source } from "./source.ts";
import { type Thumbnail, thumbnailOf } from "./thumbnails.ts";
import { lookAt } from "./view.ts";

export type PlateShown =
  | { readonly kind: "opening" }
  /** No image could be read; why, as a sentence. */
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "shown"; readonly images: PlateImages; readonly kept: Thumbnail | undefined };

const OPENING: PlateShown = { kind: "opening" };

export function createPlateShown(): StoreApi<PlateShown> {
  return createStore(() => OPENING);
}

/** The plate is left. */
export function leavePlate({ plate }: Session): void {
  plate.setState(OPENING, true);
}

/** Reads what stands for all wells and looks at it, as a link says if there is one; what fails is shown in its place. */
export async function showPlate(
  session: Session,
  { source, plate }: { readonly source: Source; readonly plate: Plate },
  { linked, ...options }: Options & { readonly linked?: Linked | undefined } = {},
): Promise<void> {
  const { signal } = options;
  session.plate.setState(OPENING, true);
  try {
    const images = await openPlateImages(plate, { ...options, name: linked?.image });
    const { image, name } = images;
    if (signal?.aborted) return;
    source.reader.prepare(image.levels[0].array);
    lookAt(session.view, image);
    if (linked) takeLinked(session, image, linked);
    const { z, t } = session.view.getState();
    const wanted = thumbnailOf(source.origin, plate, { image, name, z, t });
    const found = wanted && (await session.services.thumbnails.of(wanted.key));
    if (signal?.aborted) return;
    const kept = found?.of === wanted?.of ? found : undefined;
    session.plate.setState({ kind: "shown", images, kept }, true);
  } catch (error) {
    if (!signal?.aborted && !isAborted(error))
      session.plate.setState({ kind: "failed", why: sentence(error) }, true);
  }
}
