/** What the state needs of a browser, handed in so that it runs in Node as well. */
import type { Habits } from "../base/habits.ts";
import type { ChannelHistogram } from "../ome/channel-histogram.ts";
import type { LabelLookup, LookupRequest } from "../ome/label-lookup.ts";
import type { FindMaximum } from "../ome/maximum-source.ts";
import type { FeatureRows } from "../table/feature-rows.ts";
import type { FoldLabels } from "../tasks/object-rois.ts";
import type { Job, JobOptions } from "../tasks/run-job.ts";
import type { Summary } from "../tasks/summary.ts";
import type { ArrayMeta, Pixels } from "../zarr/array.ts";
import type { Decode } from "../zarr/decode.ts";
import type { Options, StoreSpec, WritableStore } from "../zarr/store.ts";
import type { Patience } from "../zarr/url-store.ts";
import type { DraftShelf } from "./draft.ts";
import type { HandleRegistry } from "./identity.ts";
import type { RunListRequest } from "./list-jobs.ts";
import type { ThumbnailShelf } from "./thumbnails.ts";

/** What may be asked of a picked folder; not yet in TypeScript's libraries. */
export type FolderMode = "read" | "readwrite";

export interface SaveNews {
  /** @param renamed where a table got another name, and all else stayed */
  tell(renamed?: Renamed): void;
  /** @returns ends the listening */
  hear(listener: (renamed: Renamed | undefined) => void): () => void;
}

export interface Renamed {
  /** The table as it was called, as `tableKey` says it. */
  readonly key: string;
  /** What it is called now. */
  readonly name: string;
}

export interface Services {
  /** Fovea's, kept with what it makes. */
  readonly version: string;
  /** Decodes chunks, off the main thread where there is one. */
  readonly decode: Decode;
  /** Counts a channel's pixels, off the main thread where there is one; the pixels are given away. */
  readonly countPixels: (planes: readonly Pixels[], options: Options) => Promise<ChannelHistogram>;
  /** Builds what finds the values of a label's objects, off the main thread where there is one. */
  readonly buildLookup: (request: LookupRequest, options: Options) => Promise<LabelLookup>;
  /** Finds the row of each label, off the main thread where there is one. */
  readonly joinFeatures: (
    labels: Float64Array<ArrayBuffer>,
    options: Options,
  ) => Promise<FeatureRows>;
  /** Finds largest values along z, off the main thread where there is one; `best` is given away. */
  readonly findMaximum: FindMaximum;
  /** Finds the objects in a part of a label, off the main thread where there is one. */
  readonly foldLabels: FoldLabels;
  /** Makes ready what decodes an array's chunks; absent where there is nothing to make ready. */
  readonly prepareDecoding?: (array: ArrayMeta) => void;
  /** Asks web addresses; the global `fetch` where it is absent. */
  readonly fetch?: Patience["fetch"];
  /** The folders opened before, with their identities. */
  readonly folders: HandleRegistry;
  /** What was edited and not saved. */
  readonly drafts: DraftShelf;
  /** Pictures of plates seen before. */
  readonly thumbnails: ThumbnailShelf;
  /** The browser's private file system, or undefined with the reason why there is none. */
  readonly privateFolder: (name: string) => Promise<FileSystemDirectoryHandle | undefined>;
  /** Where a save of several files is kept whole until it is done; undefined where there is no private file system. */
  readonly journal: () => Promise<WritableStore | undefined>;
  /** A folder to keep a run in, so that it can be paused, resumed and taken back; undefined as for `privateFolder`. */
  readonly runFolder: (name: string) => Promise<StoreSpec | undefined>;
  /** Starts what does the long work on all ROIs of a table, off the page's thread where it can; each keeps a table. */
  readonly startLists: () => RunListRequest;
  /** Runs a job, off the page's thread where it can; as `startRun`. */
  readonly startRun: (job: Job, options: JobOptions) => Promise<Summary>;
  /** Whether the folder may be used so, asking the user if `ask` and needed. */
  readonly permitted: (
    handle: FileSystemDirectoryHandle,
    mode: FolderMode,
    ask: boolean,
  ) => Promise<boolean>;
  /** Runs a function while holding exclusive locks on all names; @throws Fault "conflict" where one is held. */
  readonly locked: <T>(names: readonly string[], run: () => Promise<T>) => Promise<T>;
  /** Word between the tabs that something was saved; a tab does not hear its own. */
  readonly saves: SaveNews;
  /** How the user likes things, from visit to visit. */
  readonly habits: Habits;
  readonly now: () => Date;
}
