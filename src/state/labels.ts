/** Which labels are drawn over the image, in what order and how; what the user chose is kept with the source. */
import type { StoreApi } from "zustand/vanilla";
import { isJsonObject } from "../base/json.ts";
import { keepFor, keptFor, onImage } from "./kept-by-source.ts";
import { FIRST_LOOK, type LabelLook, type LabelView, labelLookOf } from "./label-look.ts";
import type { Session } from "./session.ts";
import type { View } from "./view.ts";

const LOOKS = "label-looks";

/** As an image is first seen: its first label is drawn, and lies over all others. */
export function firstLabels(names: readonly string[]): Pick<View, "labels" | "labelViews"> {
  const labelViews = names.map((name, i) => ({ ...FIRST_LOOK, name, visible: i === 0 })).reverse();
  return { labels: names, labelViews };
}

/** Takes the names that the image has now; those that stay look as before, and new ones are not drawn. */
export function setLabels(view: StoreApi<View>, names: readonly string[]): void {
  view.setState(({ labelViews }) => {
    const known = new Set(labelViews.map(({ name }) => name));
    const fresh = names.filter((name) => !known.has(name));
    return {
      labels: names,
      labelViews: [
        ...labelViews.filter(({ name }) => names.includes(name)),
        ...fresh.map((name) => ({ ...FIRST_LOOK, name, visible: false })),
      ],
    };
  });
}

/** Puts a label's name into the list, where it is not there yet. */
export function addLabel(view: StoreApi<View>, name: string): void {
  const { labels } = view.getState();
  if (!labels.includes(name)) setLabels(view, [...labels, name]);
}

/** The names of the labels that are drawn, lowest first. */
export function drawnLabels({ labelViews }: Pick<View, "labelViews">): readonly string[] {
  return labelViews.filter(({ visible }) => visible).map(({ name }) => name);
}

/** The label that lies over all others; undefined where none is drawn. */
export function topLabel(view: Pick<View, "labelViews">): string | undefined {
  return drawnLabels(view).at(-1);
}

/** Draws these labels and no others; names that the image does not have are nothing. */
export function showOnly(view: StoreApi<View>, names: readonly string[]): void {
  view.setState(({ labelViews }) => ({
    labelViews: labelViews.map((label) => ({ ...label, visible: names.includes(label.name) })),
  }));
}

/** Changes how a label is drawn: in all images of the source, from now on. */
export function changeLabel(
  session: Session,
  name: string,
  change: Partial<LabelLook & Pick<LabelView, "visible">>,
): void {
  session.view.setState(({ labelViews }) => ({
    labelViews: labelViews.map((label) => (label.name === name ? { ...label, ...change } : label)),
  }));
  keepLabels(session);
}

/** Draws a label over the next one above it, or under the one below. */
export function moveLabel(session: Session, name: string, by: 1 | -1): void {
  const { labelViews } = session.view.getState();
  const from = labelViews.findIndex((label) => label.name === name);
  const moved = labelViews[from];
  if (moved === undefined || labelViews[from + by] === undefined) return;
  session.view.setState({
    labelViews: labelViews.toSpliced(from, 1).toSpliced(from + by, 0, moved),
  });
  keepLabels(session);
}

/** Looks at the labels of each image that is opened as at its source before. */
export function keepLabelLooks(session: Session): void {
  const { view, services } = session;
  onImage(session, (source) => {
    const kept = looksIn(keptFor(services.habits, LOOKS, source));
    if (kept.length === 0) return;
    const { labelViews } = view.getState();
    const known = new Map(kept.map((label) => [label.name, label]));
    const names = new Set(labelViews.map(({ name }) => name));
    const first = labelViews.filter(({ name }) => !known.has(name));
    view.setState({
      labelViews: [
        ...first.map((label) => ({ ...label, visible: false })),
        ...kept.filter(({ name }) => names.has(name)),
      ],
    });
  });
}

/** Those of other images of the source stay. */
function keepLabels({ view, opened, services }: Session): void {
  const state = opened.getState();
  if (state.kind !== "open") return;
  const { source } = state.place;
  const { labels, labelViews } = view.getState();
  const others = looksIn(keptFor(services.habits, LOOKS, source)).filter(
    ({ name }) => !labels.includes(name),
  );
  keepFor(services.habits, LOOKS, source, [...others, ...labelViews]);
}

/** Lowest first; whatever is no look is left out. */
function looksIn(kept: unknown): readonly LabelView[] {
  return (Array.isArray(kept) ? kept : []).flatMap((each: unknown): LabelView[] => {
    if (!isJsonObject(each) || typeof each["name"] !== "string") return [];
    return [{ ...labelLookOf(each), name: each["name"], visible: each["visible"] === true }];
  });
}
