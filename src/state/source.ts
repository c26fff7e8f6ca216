/** What is open: a source and, inside it, a plate, a well, an image. Opening something cancels the opening before it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { decoded } from "../base/decoded.ts";
import { Fault } from "../base/fault.ts";
import type { Image, OmeNode, Plate, Well, WellRef } from "../ome/multiscale.ts";
import { openNode } from "../ome/open-node.ts";
import { ChunkReader } from "../zarr/chunk-reader.ts";
import { openStore } from "../zarr/open-store.ts";
import { below, isWritable, type Store, type StoreSpec } from "../zarr/store.ts";
import type { Services } from "./services.ts";

/** Decoded pixels kept for one source: of half a gigabyte, the rest is for what is on its way and on the GPU. */
const CACHE_BYTES = 256 * 2 ** 20;

/** Where the user got it from. */
export type Origin =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "folder"; readonly handle: FileSystemDirectoryHandle; readonly id: string }
  /** Without a handle it lives in memory. */
  | { readonly kind: "demo"; readonly handle: FileSystemDirectoryHandle | undefined };

export interface Source {
  readonly origin: Origin;
  readonly store: Store;
  readonly reader: ChunkReader;
  readonly title: string;
  /** How many requests wait to be made again, since the server did not answer them. */
  readonly waiting: StoreApi<number>;
  /** Makes anew the requests that have no whole answer yet; who waits for one goes on waiting. */
  readonly askAgain: () => void;
}

/** A place inside a source; each step down keeps the way it came. */
export interface Place {
  readonly source: Source;
  readonly plate?: Plate;
  readonly well?: Well & { readonly ref?: WellRef };
  readonly image?: Image;
}

export type Opened =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "opening";
      readonly what: string;
      /** What is asked; undefined while that is not known. */
      readonly source?: Source | undefined;
    }
  | { readonly kind: "failed"; readonly what: string; readonly sentence: string }
  | { readonly kind: "open"; readonly place: Place };

/** Where one is; undefined while nothing is open. */
export function openPlace(opened: Opened): Place | undefined {
  return opened.kind === "open" ? opened.place : undefined;
}

/** The source of a StoreSpec; nothing is read yet. */
export function sourceOf(origin: Origin, spec: StoreSpec, services: Services): Source {
  const waiting = createStore(() => 0);
  const onTrouble = (): (() => void) => {
    waiting.setState((count) => count + 1);
    return () => waiting.setState((count) => count - 1);
  };
  let impatience = new AbortController();
  const askAgain = (): void => {
    impatience.abort();
    impatience = new AbortController();
  };
  const store = openStore(spec, {
    onTrouble,
    hurry: () => impatience.signal,
    ...(services.fetch ? { fetch: services.fetch } : {}),
  });
  return {
    origin,
    store,
    waiting,
    askAgain,
    reader: new ChunkReader({
      decode: services.decode,
      cacheBytes: CACHE_BYTES,
      ...(services.prepareDecoding ? { prepare: services.prepareDecoding } : {}),
    }),
    title: titleOf(origin),
  };
}

function titleOf(origin: Origin): string {
  switch (origin.kind) {
    case "url":
      return lastName(origin.url);
    case "folder":
      return origin.handle.name;
    case "demo":
      return "Demo plate";
  }
}

function lastName(url: string): string {
  const path = new URL(url).pathname.replace(/\/+$/, "");
  return decoded(path.slice(path.lastIndexOf("/") + 1)) || url;
}

/** What tells the source from all others, in the journal of saves. */
export function journalName(origin: Origin): string {
  switch (origin.kind) {
    case "url":
      return origin.url;
    case "folder":
      return origin.id;
    case "demo":
      return "demo";
  }
}

/** Why the source cannot be written, or undefined if it can. */
export function readOnlyReason(source: Source): string | undefined {
  return isWritable(source.store)
    ? undefined
    : "This source is read-only: it is a web address. Edit freely, and keep the table with Download";
}

/** Reads what is at a path and says where that leads; a well with one image leads to the image. */
export async function descend(
  from: Place,
  path: string,
  options: { readonly signal: AbortSignal },
): Promise<Place> {
  return enter(from, await openNode(from.source.store, path, options), options);
}

/** Goes down to a well or an image inside a plate, by way of the well, so that the place knows how it was reached. */
export async function descendInside(
  from: Place,
  path: string,
  options: { readonly signal: AbortSignal },
): Promise<Place> {
  if (path === "") return from;
  const well = from.plate?.wells
    .map((ref) => joinPath(from.plate, ref.path))
    .find((wellPath) => path.startsWith(`${wellPath}/`));
  const above = well === undefined ? from : await descend(from, well, options);
  return above.image?.path === path ? above : descend(above, path, options);
}

async function enter(
  from: Place,
  node: OmeNode,
  options: { readonly signal: AbortSignal },
): Promise<Place> {
  switch (node.kind) {
    case "plate":
      return { source: from.source, plate: node.plate };
    case "image":
      return { ...from, image: node.image };
    case "well": {
      const ref = from.plate?.wells.find(
        ({ path }) => joinPath(from.plate, path) === node.well.path,
      );
      const well = { ...node.well, ...(ref ? { ref } : {}) };
      const [only, ...more] = well.images;
      const place: Place = {
        source: from.source,
        ...(from.plate ? { plate: from.plate } : {}),
        well,
      };
      if (only === undefined)
        throw new Fault(
          "invalid",
          `Well ${well.path || "at the root"} lists no image in its "well" attribute`,
          {
            where: well.path,
          },
        );
      return more.length > 0 ? place : descend(place, below(well.path, only.path), options);
    }
  }
}

/** A path as the plate's metadata has it, from the root of the store. */
export function joinPath(plate: Plate | undefined, path: string): string {
  return below(plate?.path ?? "", path);
}
