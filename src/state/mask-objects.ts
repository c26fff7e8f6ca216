/** The objects of the label that masks, as ROIs: found once a task is to go from object to object. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { sentence } from "../base/fault.ts";
import { labelsPath } from "../ome/labels.ts";
import type { Image, Level } from "../ome/multiscale.ts";
import type { FoldLabels } from "../tasks/object-rois.ts";
import type { RecipeRoi } from "../tasks/recipe.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";

export type MaskObjects =
  | { readonly kind: "none" }
  | { readonly kind: "finding" }
  | { readonly kind: "found"; readonly rois: readonly RecipeRoi[] }
  | { readonly kind: "failed"; readonly sentence: string };

export interface MaskPlace {
  readonly image: Image;
  /** The one that is to be processed. */
  readonly level: Level;
  readonly t: number;
  /** The label's name. */
  readonly label: string;
  readonly reader: ChunkSource;
  readonly fold: FoldLabels;
}

export function createMaskObjects(): StoreApi<MaskObjects> {
  return createStore<MaskObjects>(() => ({ kind: "none" }));
}

/**
 * Finds the objects, and again whenever the label is written.
 * @returns how to be done with them
 */
export function keepObjects(store: StoreApi<MaskObjects>, place: MaskPlace): () => void {
  const { image, level, t, label, reader, fold } = place;
  let finding = new AbortController();
  const find = async (): Promise<void> => {
    finding.abort();
    finding = new AbortController();
    const { signal } = finding;
    store.setState({ kind: "finding" }, true);
    try {
      // Few ask for it, and the first pixels need not wait for it.
      const { objectRois } = await import("../tasks/object-rois.ts");
      const rois = await objectRois(image, level, label, t, reader, { signal, fold });
      if (!signal.aborted) store.setState({ kind: "found", rois }, true);
    } catch (error) {
      if (!signal.aborted) store.setState({ kind: "failed", sentence: sentence(error) }, true);
    }
  };
  const own = `${labelsPath(image.path)}/${label}/`;
  const stop = reader.subscribe((path) => {
    if (path.startsWith(own)) void find();
  });
  void find();
  return () => {
    stop();
    finding.abort();
    store.setState({ kind: "none" }, true);
  };
}
