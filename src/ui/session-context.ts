/** How components reach the session and select from its stores. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { BatchState } from "../state/batch-state.ts";
import type { DeletedTables } from "../state/deleted-tables.ts";
import type { DraftState } from "../state/draft.ts";
import type { Features } from "../state/features.ts";
import type { LabelColors } from "../state/label-colors.ts";
import type { MaskObjects } from "../state/mask-objects.ts";
import type { Notices } from "../state/notices.ts";
import type { PlateShown } from "../state/plate.ts";
import type { Preview } from "../state/preview.ts";
import type { RoiColors } from "../state/roi-colors.ts";
import type { RoiList } from "../state/roi-list.ts";
import type { RoiState } from "../state/rois.ts";
import type { RunState } from "../state/run-state.ts";
import type { DemoProgress, Session } from "../state/session.ts";
import type { Opened } from "../state/source.ts";
import type { TaskForm } from "../state/task-form.ts";
import type { Triage } from "../state/triage.ts";
import type { View } from "../state/view.ts";

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("A component is used outside its session");
  return session;
}

/** A hook that selects from one of the session's stores; the component draws again when what it selects changes. */
function selector<T>(store: (session: Session) => StoreApi<T>) {
  return <V>(select: (state: T) => V): V => useStore(store(useSession()), select);
}

type Selector<T> = <V>(select: (state: T) => V) => V;

export const useOpened: Selector<Opened> = selector((session) => session.opened);
export const useView: Selector<View> = selector((session) => session.view);
export const usePlateShown: Selector<PlateShown> = selector((session) => session.plate);
export const useRois: Selector<RoiState> = selector((session) => session.rois);
export const useDeletedTables: Selector<DeletedTables> = selector(
  (session) => session.deletedTables,
);
export const useDrafts: Selector<DraftState> = selector((session) => session.drafts);
export const useFeatures: Selector<Features> = selector((session) => session.features);
export const useTriage: Selector<Triage> = selector((session) => session.triage);
export const useRoiList: Selector<RoiList> = selector((session) => session.list);
export const useRoiColors: Selector<RoiColors> = selector((session) => session.colors);
export const useLabelColors: Selector<LabelColors> = selector((session) => session.labelColors);
export const useTaskForm: Selector<TaskForm> = selector((session) => session.taskForm);
export const useMaskObjects: Selector<MaskObjects> = selector((session) => session.maskObjects);
export const usePreview: Selector<Preview> = selector((session) => session.preview);
export const useBatch: Selector<BatchState> = selector((session) => session.batch);
export const useRun: Selector<RunState> = selector((session) => session.run);
export const useDemo: Selector<DemoProgress> = selector((session) => session.demo);
export const useNotices: Selector<Notices> = selector((session) => session.notices);
