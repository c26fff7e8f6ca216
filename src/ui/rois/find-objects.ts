/** The objects of a label as a new table, while the page shows how far the search is. */
import { foundObjects } from "../../state/create-rois.ts";
import type { Session } from "../../state/session.ts";
import { mayLeave } from "../leaving.ts";
import type { Page } from "../page.ts";

/** @throws Fault as `foundObjects`; cancelling is an abort */
export async function findObjects(session: Session, page: Page, label: string): Promise<void> {
  if (!mayLeave(session)) return;
  page.shown.getState().search?.controller.abort();
  const controller = new AbortController();
  const search = { label, done: 0, of: 1, controller };
  page.shown.setState({ search });
  const isCurrent = (): boolean => page.shown.getState().search?.controller === controller;
  const onProgress = (done: number, of: number): void => {
    if (isCurrent()) page.shown.setState({ search: { ...search, done, of } });
  };
  const signal = AbortSignal.any([controller.signal, session.opening.controller.signal]);
  try {
    await foundObjects(session, label, { signal, onProgress });
  } finally {
    if (isCurrent()) page.shown.setState({ search: undefined });
  }
}
