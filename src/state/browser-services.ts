/** The services as a browser gives them: IndexedDB, Web Locks, the private file system, folder permissions. */
import { Fault } from "../base/fault.ts";
import { habitsOn, type Shelf } from "../base/habits.ts";
import { type Json, textAt } from "../base/json.ts";
import { startRun } from "../tasks/start-run.ts";
import { decodeInWorkers } from "../zarr/decode-pool.ts";
import { openStore } from "../zarr/open-store.ts";
import { writable } from "../zarr/store.ts";
import { fetchAfter, takeEarly } from "./early-answers.ts";
import { fetchAway } from "./fetch-away.ts";
import { indexedDrafts } from "./indexed-drafts.ts";
import { indexedFolders } from "./indexed-folders.ts";
import { indexedThumbnails } from "./indexed-thumbnails.ts";
import type { FolderMode, Renamed, SaveNews, Services } from "./services.ts";
import { workerServices } from "./worker-services.ts";

/** Decoding is memory-bound: more workers than this only cost memory. */
const DECODERS = 4;

/** What Chromium adds to a handle and TypeScript's libraries do not have yet. */
type PermissionHandle = FileSystemDirectoryHandle & {
  queryPermission?(options: { mode: FolderMode }): Promise<PermissionState>;
  requestPermission?(options: { mode: FolderMode }): Promise<PermissionState>;
};

/**
 * @param version Fovea's
 * @param shelf the page's storage, which only its own thread has
 */
export function browserServices(version: string, shelf: () => Shelf): Services {
  const workers = Math.max(1, Math.min(DECODERS, navigator.hardwareConcurrency - 1));
  const early = takeEarly();
  const pool = decodeInWorkers(workers, early?.workers.decode);
  return {
    version,
    decode: pool.decode,
    prepareDecoding: pool.prepare,
    ...workerServices(workers),
    fetch: fetchAfter(early?.answers, fetchAway(early?.workers.fetch)),
    folders: indexedFolders(),
    drafts: indexedDrafts(),
    thumbnails: indexedThumbnails(() => Date.now()),
    privateFolder,
    journal: async () => {
      const handle = await privateFolder("journal");
      return handle && writable(openStore({ kind: "directory", handle }));
    },
    runFolder: async (name) => {
      const handle = await privateFolder(name);
      return handle && { kind: "directory", handle };
    },
    startRun,
    permitted,
    locked,
    saves: saveNews(),
    habits: habitsOn(shelf),
    now: () => new Date(),
  };
}

async function privateFolder(name: string): Promise<FileSystemDirectoryHandle | undefined> {
  // Private windows of some browsers, and insecure origins, have none.
  if (!navigator.storage?.getDirectory) return undefined;
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(name, {
      create: true,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "SecurityError") return undefined;
    throw new Fault("quota", "The browser's private file system cannot be used", { cause: error });
  }
}

async function permitted(
  handle: PermissionHandle,
  mode: FolderMode,
  ask: boolean,
): Promise<boolean> {
  if (!handle.queryPermission || !handle.requestPermission) return true;
  if ((await handle.queryPermission({ mode })) === "granted") return true;
  return ask && (await handle.requestPermission({ mode })) === "granted";
}

async function locked<T>(names: readonly string[], run: () => Promise<T>): Promise<T> {
  const [name, ...others] = names;
  // Without Web Locks (insecure origins) there is no folder access either, so nothing to lock.
  if (name === undefined || !navigator.locks) return run();
  return navigator.locks.request(`fovea:${name}`, { ifAvailable: true }, (lock) => {
    if (lock === null)
      throw new Fault(
        "conflict",
        "Another tab is writing here. Wait until it is done, then try again",
      );
    return locked(others, run);
  }) as Promise<T>;
}

function saveNews(): SaveNews {
  const channel = new BroadcastChannel("fovea:saves");
  return {
    tell: (renamed) => channel.postMessage(renamed),
    hear: (listener) => {
      const heard = ({ data }: MessageEvent<unknown>): void => listener(renamedOf(data));
      channel.addEventListener("message", heard);
      return () => channel.removeEventListener("message", heard);
    },
  };
}

/** What a tab has told; one of another version of Fovea may say anything. */
function renamedOf(data: unknown): Renamed | undefined {
  const json = data as Json;
  const [key, name] = [textAt(json, "key"), textAt(json, "name")];
  return key === undefined || name === undefined ? undefined : { key, name };
}
