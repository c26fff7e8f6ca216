/** Pictures of plates in IndexedDB, pixels apart from facts. Where the browser keeps nothing there are none, and nobody is told. */
import type { Pixels } from "../zarr/array.ts";
import { beyond, type Thumbnail, type ThumbnailShelf, withoutWells } from "./thumbnails.ts";

const DATABASE = "fovea-thumbnails";
const FACTS = "facts";
const PIXELS = "pixels";

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

/** Runs in one transaction and waits until it is through; what the browser refuses counts as nothing kept. */
async function quietly<T>(otherwise: T, use: (stores: Stores) => Promise<T>): Promise<T> {
  try {
    const database = await opened();
    try {
      const transaction = database.transaction([FACTS, PIXELS], "readwrite");
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      const [, found] = await Promise.all([
        done,
        use({ facts: transaction.objectStore(FACTS), pixels: transaction.objectStore(PIXELS) }),
      ]);
      return found;
    } finally {
      database.close();
    }
  } catch {
    return otherwise;
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(FACTS, { keyPath: "key" });
    request.result.createObjectStore(PIXELS);
  };
  return answer(request);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
