/** What the state needs of a browser, in memory and for tests: the same promises kept, nothing of it a recording. */
import { orStopped } from "../base/abort.ts";
import { Fault } from "../base/fault.ts";
import type { Habits, Shelf } from "../base/habits.ts";
import { channelHistogram } from "../ome/channel-histogram.ts";
import { buildLookup } from "../ome/label-lookup.ts";
import { maximumOf } from "../ome/maximum.ts";
import { ListHost } from "../roi/list-host.ts";
import { extentsOf } from "../roi/object-extents.ts";
import { type Draft, type DraftShelf, lastSeen } from "../state/draft.ts";
import type { HandleRegistry, KnownFolder } from "../state/identity.ts";
import type { RunListRequest } from "../state/list-jobs.ts";
import type { Services } from "../state/services.ts";
import { createSession, type Session } from "../state/session.ts";
import { type Source, sourceOf } from "../state/source.ts";
import { type Thumbnail, type ThumbnailShelf, withoutWells } from "../state/thumbnails.ts";
import { joinByLabel } from "../table/feature-rows.ts";
import { startRun } from "../tasks/start-run.ts";
import { decodeChunk } from "../zarr/decode.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Store } from "../zarr/store.ts";

/** Four minutes past noon, wherever the test runs. */
const NOON = new Date(2026, 0, 1, 12, 4);

/** One browser's services; sessions that share them are its tabs. */
export function testServices(over: Partial<Services> = {}): Services {
  const journal = openStore({ kind: "memory", entries: new Map() });
  return {
    version: "test",
    decode: decodeChunk,
    countPixels: async (planes) => channelHistogram(planes),
    joinFeatures: async (labels) => joinByLabel(labels),
    buildLookup: async (request) => buildLookup(request),
    findMaximum: async (request) => maximumOf(request),
    foldLabels: async (part) => extentsOf(part.labels, part),
    folders: registryInMemory(),
    drafts: shelfInMemory(),
    thumbnails: thumbnailsInMemory(),
    privateFolder: async () => undefined,
    journal: async () => journal,
    runFolder: async () => undefined,
    startLists: listsHere,
    startRun,
    permitted: async () => true,
    locked: exclusive(),
    habits: habitsInMemory(),
    saves: { tell: () => undefined, hear: () => () => undefined },
    now: () => NOON,
    ...over,
  };
}

/** Lists on this thread; what goes to and fro is copied as between threads. */
export function listsHere(): RunListRequest {
  const host = new ListHost();
  return async (request, { signal, transfer }) => {
    const sent = structuredClone(request, { transfer: [...transfer] });
    const answered = host.answer(sent, { signal });
    return structuredClone((await orStopped(answered, signal)).value);
  };
}

function registryInMemory(): HandleRegistry {
  const folders = new Map<string, KnownFolder>();
  return {
    all: async () => [...folders.values()],
    put: async (folder) => void folders.set(folder.id, folder),
    remove: async (id) => void folders.delete(id),
  };
}

function shelfInMemory(): DraftShelf {
  const drafts = new Map<string, Draft>();
  return {
    of: async (key) => [...drafts.values()].filter((draft) => draft.key === key),
    under: async (prefix) => [...drafts.values()].filter(({ key }) => key.startsWith(prefix)),
    put: async (draft) => void drafts.set(draft.id, structuredClone(draft)),
    remove: async (id) => void drafts.delete(id),
    expire: async (before) => {
      for (const draft of drafts.values()) if (lastSeen(draft) < before) drafts.delete(draft.id);
    },
  };
}

function thumbnailsInMemory(): ThumbnailShelf {
  const pictures = new Map<string, Thumbnail>();
  return {
    of: async (key) => pictures.get(key),
    put: async (picture) => void pictures.set(picture.key, structuredClone(picture)),
    dropWells: async (isDropped) => {
      for (const [key, picture] of pictures) pictures.set(key, withoutWells(picture, isDropped));
    },
  };
}

/** @param kept what an earlier visit left */
export function habitsInMemory(kept: Readonly<Record<string, unknown>> = {}): Habits {
  const all = new Map(Object.entries(kept));
  return {
    read: (name) => all.get(name),
    write: (name, value) => void all.set(name, structuredClone(value)),
  };
}

/** A browser's storage that keeps nothing. */
export function noShelf(): Shelf {
  return { getItem: () => null, setItem: () => undefined };
}

/** Locks by name, refused where one is held. */
function exclusive(): Services["locked"] {
  const held = new Set<string>();
  return async (names, run) => {
    if (names.some((name) => held.has(name)))
      throw new Fault("conflict", "Another tab is writing here");
    for (const name of names) held.add(name);
    try {
      return await run();
    } finally {
      for (const name of names) held.delete(name);
    }
  };
}

/** A source over any store, to be written like the demo where it has no file system. */
export function sourceOver(store: Store, services: Services): Source {
  const empty = { kind: "memory", entries: new Map() } as const;
  return { ...sourceOf({ kind: "demo", handle: undefined }, empty, services), store };
}

export function testSession(over: Partial<Services> = {}): Session {
  return createSession(testServices(over));
}

/** What the page's live region says, in order. */
export function messages({ notices }: Session): readonly string[] {
  return notices.getState().list.map(({ text }) => text);
}
