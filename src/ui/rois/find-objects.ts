/** The objects of a label, as a new table or beside the open one, while the page shows how far the search is. */
import { Fault } from "../../base/fault.ts";
import { foundObjects } from "../../state/create-rois.ts";
import type { Session } from "../../state/session.ts";
import { labelOf } from "../../table/feature-table.ts";
import { mayLeave } from "../leaving.ts";
import type { Page } from "../page.ts";

/** @throws Fault as `foundObjects`; cancelling is an abort */
export async function findObjects(session: Session, page: Page, label: string): Promise<void> {
  if (mayLeave(session))
    await searching(session, page, label, (options) => foundObjects(session, label, options));
}

/** Compares the open masking table with the objects of its label. @throws as `comparedObjects` */
export async function compareObjects(session: Session, page: Page): Promise<void> {
  const { table } = session.rois.getState();
  const label = table && labelOf(table);
  if (label === undefined) throw new Fault("input", "The table does not say which label it is of");
  if (!session.view.getState().labels.includes(label))
    throw new Fault(
      "input",
      `The table is about the label "${label}", which this image does not have`,
    );
  const { comparedObjects } = await import("../../state/compare-objects.ts");
  await searching(session, page, label, (options) => comparedObjects(session, label, options));
}

async function searching(
  session: Session,
  page: Page,
  label: string,
  search: (options: Parameters<typeof foundObjects>[2]) => Promise<void>,
): Promise<void> {
  page.shown.getState().search?.controller.abort();
  const controller = new AbortController();
  const shown = { label, done: 0, of: 1, controller };
  page.shown.setState({ search: shown });
  const isCurrent = (): boolean => page.shown.getState().search?.controller === controller;
  const onProgress = (done: number, of: number): void => {
    if (isCurrent()) page.shown.setState({ search: { ...shown, done, of } });
  };
  const signal = AbortSignal.any([controller.signal, session.opening.controller.signal]);
  try {
    await search({ signal, onProgress });
  } finally {
    if (isCurrent()) page.shown.setState({ search: undefined });
  }
}
