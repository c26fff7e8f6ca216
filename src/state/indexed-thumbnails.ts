/** Pictures of plates in IndexedDB, pixels apart from facts. Where the browser keeps nothing there are none, and nobody is told. */
import type { Pixels } from "../zarr/array.ts";
import { answer, type Indexed, transact } from "./indexed.ts";
import { beyond, type Thumbnail, type ThumbnailShelf, withoutWells } from "./thumbnails.ts";

const FACTS = "facts";
const PIXELS = "pixels";

const DATABASE: Indexed = {
  name: "fovea-thumbnails",
  version: 1,
  upgrade: ({ result }) => {
    result.createObjectStore(FACTS, { keyPath: "key" });
    result.createObjectStore(PIXELS);
  },
};

/** Small, so that all can be looked through. */
interface Facts extends Omit<Thumbnail, "planes"> {
  readonly channels: readonly number[];
  readonly bytes: number;
  /** Milliseconds since 1970 of the last look. */
  readonly seen: number;
}

/** @param most bytes kept; @param now milliseconds since 1970 */
export function indexedThumbnails(now: () => number, most?: number): ThumbnailShelf {
  return {
    of: (key) => quietly(undefined, (stores) => read(stores, key, now())),
    put: (thumbnail) =>
      quietly(undefined, async (stores) => {
        const { planes, ...facts } = thumbnail;
        let bytes = facts.come.byteLength;
        for (const [channel, pixels] of planes) {
          bytes += pixels.byteLength;
          stores.pixels.put(pixels, [facts.key, channel]);
        }
        const channels = [...planes.keys()];
        stores.facts.put({ ...facts, channels, bytes, seen: now() } satisfies Facts);
        const all: readonly Facts[] = await answer(stores.facts.getAll());
        for (const key of beyond(all, most)) remove(stores, key);
      }),
    dropWells: (isDropped) =>
      quietly(undefined, async ({ facts }) => {
        const all: readonly Facts[] = await answer(facts.getAll());
        for (const one of all)
          if (one.wells.some(isDropped)) facts.put(withoutWells(one, isDropped));
      }),
  };
}

interface Stores {
  readonly facts: IDBObjectStore;
  readonly pixels: IDBObjectStore;
}

async function read(stores: Stores, key: string, now: number): Promise<Thumbnail | undefined> {
  const facts: Facts | undefined = await answer(stores.facts.get(key));
  if (!facts) return undefined;
  stores.facts.put({ ...facts, seen: now });
  const { channels, bytes: _bytes, seen: _seen, ...rest } = facts;
  const found = await Promise.all(
    channels.map(
      async (channel): Promise<[number, Pixels]> => [
        channel,
        await answer(stores.pixels.get([key, channel])),
      ],
    ),
  );
  return { ...rest, planes: new Map(found) };
}

function remove({ facts, pixels }: Stores, key: string): void {
  facts.delete(key);
  pixels.delete(IDBKeyRange.bound([key], [key, []]));
}

/** Runs in one transaction; what the browser refuses counts as nothing kept. */
async function quietly<T>(otherwise: T, use: (stores: Stores) => Promise<T>): Promise<T> {
  try {
    return await transact(DATABASE, [FACTS, PIXELS], "readwrite", (transaction) =>
      use({ facts: transaction.objectStore(FACTS), pixels: transaction.objectStore(PIXELS) }),
    );
  } catch {
    return otherwise;
  }
}
