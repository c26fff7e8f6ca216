/** What a worker does that writes a copy of a part of an image: it is begun, given its pixels, and finished or stopped. */
import { Fault } from "../base/fault.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Patch } from "../zarr/patch.ts";
import { type Store, type StoreSpec, writable } from "../zarr/store.ts";
import type { ImageSpec } from "./create-image.ts";
import { writeInto } from "./crop.ts";
import type { PyramidWriter } from "./pyramid-writer.ts";

export type CropRequest =
  | { readonly kind: "begin"; readonly spec: ImageSpec; readonly to: StoreSpec }
  /** The pixels are given away. */
  | { readonly kind: "put"; readonly patch: Patch }
  | { readonly kind: "finish" }
  /** Answered when no file is being written any more, so that all of them can be removed. */
  | { readonly kind: "stop" };

/** What was written, once it is whole, where that was to memory; as Blobs it need not stay there. */
export type CropAnswer = ReadonlyMap<string, Blob>;

const NO_FILES: CropAnswer = new Map();

interface Begun {
  readonly store: Store;
  readonly writer: PyramidWriter;
}

export class CropHost {
  #begun: Begun | undefined;

  /** @throws Fault "missing" for pixels of a copy that was not begun; as the store and the writer do */
  async answer(request: CropRequest): Promise<CropAnswer> {
    switch (request.kind) {
      case "begin": {
        const store = writable(openStore(request.to));
        this.#begun = { store, writer: await writeInto(store)(request.spec) };
        return NO_FILES;
      }
      case "put":
        await this.#copy().writer.put(request.patch);
        return NO_FILES;
      case "finish": {
        const { store, writer } = this.#copy();
        await writer.finish();
        return filesOf(store.spec);
      }
      case "stop":
        await this.#begun?.writer.drain();
        return NO_FILES;
    }
  }

  #copy(): Begun {
    if (this.#begun) return this.#begun;
    throw new Fault("missing", "The copy that these pixels are of was not begun");
  }
}

function filesOf(spec: StoreSpec): CropAnswer {
  if (spec.kind !== "memory") return NO_FILES;
  return new Map([...spec.entries].map(([key, bytes]) => [key, new Blob([bytes])]));
}
