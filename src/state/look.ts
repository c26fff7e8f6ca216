/** What a link says of an image, taken into the view; and the view as a link says it. */
import type { StoreApi } from "zustand/vanilla";
import { onlyOf } from "../editor/selection.ts";
import { countOf } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import { nameAt } from "../roi/rois.ts";
import type { Linked, LinkedChannel } from "./link.ts";
import { notify } from "./notices.ts";
import { select } from "./rois.ts";
import type { Session } from "./session.ts";
import type { ChannelView, View } from "./view.ts";

/**
 * Looks at an image as a link says. What the image has no more is left as it is first seen.
 * @returns a sentence for each thing that was left out
 */
export function takeLinked(view: StoreApi<View>, image: Image, linked: Linked): readonly string[] {
  const problems: string[] = [];
  const { axes, levels } = image;
  const { shape } = levels[0].array;
  const within = (value: number, end: number, what: string): number => {
    if (value < end) return value;
    problems.push(
      `The link shows ${what} ${value + 1}, and the image has ${end}: the last is shown`,
    );
    return end - 1;
  };
  const { camera, z, t, channels, label } = linked;
  if (z !== undefined) view.setState({ z: within(z, levels[0].grid.shape[0], "plane") });
  if (t !== undefined) view.setState({ t: within(t, countOf(axes, shape, "t"), "time point") });
  if (camera !== undefined) view.setState({ camera });
  if (channels !== undefined) {
    const shown = new Map(channels.map((channel) => [channel.index, channel]));
    view.setState((now) => ({
      channels: now.channels.map((channel) => linkedChannel(channel, shown.get(channel.index))),
    }));
    const unknown = [...shown.keys()].filter((index) => !image.channels[index]);
    if (unknown.length > 0)
      problems.push(
        `The link shows channel ${unknown.map((index) => index + 1).join(", ")}, which the image does not have`,
      );
  }
  if (label === "" || (label !== undefined && image.labels.includes(label)))
    view.setState({ label: label || undefined });
  else if (label !== undefined)
    problems.push(`The link shows the label "${label}", which the image does not have`);
  return problems;
}

/** Selects the ROI that a link names, in the table that is open; one that is not there is told. */
export function selectLinked(session: Session, name: string): void {
  const { document, tableName, table } = session.rois.getState();
  if (table === undefined) return;
  const [id] = document.rois.names.idsOf(name);
  if (id !== undefined) select(session, new Set([id]));
  else
    notify(
      session.notices,
      "warning",
      `The link selects the ROI "${name}", which ${tableName} does not have`,
    );
}

/** What is looked at, as a link says it. */
export function linkedOf({ view, rois }: Session, image: Image): Linked {
  const { camera, z, t, channels, label } = view.getState();
  const { rois: all, selection } = rois.getState().document;
  const selected = onlyOf(selection);
  const { axes, levels } = image;
  return {
    camera,
    z: levels[0].grid.shape[0] > 1 ? z : undefined,
    t: countOf(axes, levels[0].array.shape, "t") > 1 ? t : undefined,
    channels: channels.filter(({ visible }) => visible),
    label: image.labels.length > 0 ? (label ?? "") : undefined,
    roi: selected === undefined ? undefined : nameAt(all, selected),
  };
}

function linkedChannel(channel: ChannelView, linked: LinkedChannel | undefined): ChannelView {
  if (linked === undefined) return { ...channel, visible: false };
  return { ...channel, ...linked, visible: true, window: linked.window ?? channel.window };
}
