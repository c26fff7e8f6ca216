/** Messages for the user: shown in the page's live region until dismissed. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { isAborted, sentence } from "../base/fault.ts";

export interface Notice {
  readonly id: number;
  readonly tone: "info" | "warning" | "error";
  readonly text: string;
  /** How often it was said. */
  readonly times: number;
  /** What it is about: a later message about the same takes its place. Of the open table it is "table/…". */
  readonly about: string | undefined;
  /** What can be done about it. */
  readonly button: NoticeButton | undefined;
}

export interface NoticeButton {
  readonly text: string;
  readonly press: () => void;
}

export interface Notices {
  readonly list: readonly Notice[];
  readonly nextId: number;
}

export function createNotices(): StoreApi<Notices> {
  return createStore<Notices>(() => ({ list: [], nextId: 0 }));
}

/** Shows a message; one that is already shown is counted. */
export function notify(
  notices: StoreApi<Notices>,
  tone: Notice["tone"],
  text: string,
  about?: string,
  button?: NoticeButton,
): void {
  notices.setState(({ list, nextId }) => {
    if (list.some((notice) => notice.text === text))
      return {
        list: list.map((one) => (one.text === text ? { ...one, times: one.times + 1 } : one)),
      };
    const others = list.filter((notice) => about === undefined || notice.about !== about);
    const notice = { id: nextId, tone, text, times: 1, about, button };
    return { list: [...others, notice], nextId: nextId + 1 };
  });
}

/** Shows an error once; that work was stopped on request is no error. */
export function notifyError(notices: StoreApi<Notices>, error: unknown, about?: string): void {
  if (!isAborted(error)) notify(notices, "error", sentence(error), about);
}

export function dismiss(notices: StoreApi<Notices>, id: number): void {
  notices.setState(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }));
}

/** Takes back what was said about something, or about a part of it: of "table", also what is about "table/save". */
export function withdraw(notices: StoreApi<Notices>, about: string): void {
  const isOf = (notice: Notice): boolean =>
    notice.about === about || notice.about?.startsWith(`${about}/`) === true;
  notices.setState(({ list }) => ({ list: list.filter((notice) => !isOf(notice)) }));
}

export function dismissAll(notices: StoreApi<Notices>): void {
  notices.setState({ list: [] });
}
