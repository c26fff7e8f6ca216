/** What a worker does that writes a copy of a part of an image: it is begun, given its pixels, and finished. */
import { openStore } from "../zarr/open-store.ts";
import type { Patch } from "../zarr/patch.ts";
import { type Store, type StoreSpec, writable } from "../zarr/store.ts";
import type { ImageSpec } from "./create-image.ts";
import { type CopyWriter, writeInto } from "./crop.ts";

export type CropRequest =
  | { readonly kind: "begin"; readonly spec: ImageSpec; readonly to: StoreSpec }
  /** The pixels are given away. */
  | { readonly kind: "put"; readonly patch: Patch }
  | { readonly kind: "finish" };

/** What was written, once it is whole, where that was to memory; as Blobs it need not stay there. */
export type CropAnswer = ReadonlyMap<string, Blob>;

const NO_FILES: CropAnswer = new Map();

export class CropHost {
  #begun: { readonly store: Store; readonly writer: CopyWriter } | undefined;

  async answer(request: CropRequest): Promise<CropAnswer> {
    switch (request.kind) {
      case "begin": {
        const store = writable(openStore(request.to));
        this.#begun = { store, writer: await writeInto(store)(request.spec) };
        return NO_FILES;
      }
      case "put":
        await this.#begun?.writer.put(request.patch);
        return NO_FILES;
      case "finish":
        await this.#begun?.writer.finish();
        return filesOf(this.#begun?.store.spec);
    }
  }
}

function filesOf(spec: StoreSpec | undefined): CropAnswer {
  if (spec?.kind !== "memory") return NO_FILES;
  return new Map([...spec.entries].map(([key, bytes]) => [key, new Blob([bytes])]));
}
