/** Messages for the user: shown in the page's live region until dismissed. */

import { createStore, type StoreApi } from "zustand/vanilla";
import { isAborted, sentence } from "../base/fault.ts";

export interface Notice {
  readonly id: number;
  readonly tone: "info" | "warning" | "error";
  readonly text: string;
}

export interface Notices {
  readonly list: readonly Notice[];
  readonly nextId: number;
}

export function createNotices(): StoreApi<Notices> {
  return createStore<Notices>(() => ({ list: [], nextId: 0 }));
}

/** Shows a message; one that is already shown is not shown twice. */
export function notify(notices: StoreApi<Notices>, tone: Notice["tone"], text: string): void {
  notices.setState(({ list, nextId }) =>
    list.some((notice) => notice.text === text)
      ? {}
      : { list: [...list, { id: nextId, tone, text }], nextId: nextId + 1 },
  );
}

/** Shows an error once; that work was stopped on request is no error. */
export function notifyError(notices: StoreApi<Notices>, error: unknown): void {
  if (!isAborted(error)) notify(notices, "error", sentence(error));
}

export function dismiss(notices: StoreApi<Notices>, id: number): void {
  notices.setState(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }));
}

export function dismissAll(notices: StoreApi<Notices>): void {
  notices.setState({ list: [] });
}
