/** All that one page has open: its stores, and the services they use. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type BatchState, createBatchState } from "./batch-state.ts";
import { createDeletedTables, type DeletedTables } from "./deleted-tables.ts";
import { createDrafts, type DraftState } from "./draft.ts";
import { createFeatures, type Features } from "./features.ts";
import { createLabelColors, type LabelColors } from "./label-colors.ts";
import { ListJobs } from "./list-jobs.ts";
import { createMaskObjects, type MaskObjects } from "./mask-objects.ts";
import { createNotices, type Notices } from "./notices.ts";
import { createPlateShown, type PlateShown } from "./plate.ts";
import { createPreview, type Preview } from "./preview.ts";
import { createRoiColors, type RoiColors } from "./roi-colors.ts";
import { createRoiList, type RoiList } from "./roi-list.ts";
import { createRoiState, type RoiState } from "./rois.ts";
import { createRunState, type RunState } from "./run-state.ts";
import type { Services } from "./services.ts";
import type { Opened, Source } from "./source.ts";
import { createTaskForm, type TaskForm } from "./task-form.ts";
import { createTriage, type Triage } from "./triage.ts";
import { createView, type View } from "./view.ts";

export interface Session {
  readonly services: Services;
  readonly notices: StoreApi<Notices>;
  readonly opened: StoreApi<Opened>;
  readonly view: StoreApi<View>;
  /** Of the open plate. */
  readonly plate: StoreApi<PlateShown>;
  readonly rois: StoreApi<RoiState>;
  readonly deletedTables: StoreApi<DeletedTables>;
  readonly drafts: StoreApi<DraftState>;
  readonly features: StoreApi<Features>;
  readonly triage: StoreApi<Triage>;
  readonly list: StoreApi<RoiList>;
  /** The long work on all ROIs of the open table. */
  readonly listJobs: ListJobs;
  readonly colors: StoreApi<RoiColors>;
  readonly labelColors: StoreApi<LabelColors>;
  readonly taskForm: StoreApi<TaskForm>;
  readonly maskObjects: StoreApi<MaskObjects>;
  readonly preview: StoreApi<Preview>;
  readonly run: StoreApi<RunState>;
  readonly batch: StoreApi<BatchState>;
  readonly demo: StoreApi<DemoProgress>;
  readonly opening: Opening;
}

/** What was opened last. */
interface Opening {
  /** Aborted when something else is opened. */
  controller: AbortController;
  /** The source that was open last; what it keeps of its chunks is given back when another is opened, or none. */
  source: Source | undefined;
  /** Settles, and never rejects, once leftovers beside the image are cleared away. */
  tidied: Promise<void>;
}

/** How far the demo plate is written; undefined while it is not being written. */
export interface DemoProgress {
  readonly progress: { readonly done: number; readonly total: number } | undefined;
}

export function createSession(services: Services): Session {
  return {
    services,
    notices: createNotices(),
    opened: createStore<Opened>(() => ({ kind: "nothing" })),
    view: createView(),
    plate: createPlateShown(),
    rois: createRoiState(),
    deletedTables: createDeletedTables(),
    drafts: createDrafts(),
    features: createFeatures(),
    triage: createTriage(services.habits),
    list: createRoiList(),
    listJobs: new ListJobs(services.startLists()),
    colors: createRoiColors(),
    labelColors: createLabelColors(),
    taskForm: createTaskForm(),
    maskObjects: createMaskObjects(),
    preview: createPreview(),
    run: createRunState(),
    batch: createBatchState(),
    demo: createStore<DemoProgress>(() => ({ progress: undefined })),
    opening: {
      controller: new AbortController(),
      source: undefined,
      tidied: Promise.resolve(),
    },
  };
}
