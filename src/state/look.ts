/** What a link says of an image, taken into the view; and the view as a link says it. */
import type { StoreApi } from "zustand/vanilla";
import { worldOf } from "../geometry/pixel-grid.ts";
import { countOf } from "../ome/axes.ts";
import { withFewVisible } from "../ome/channels.ts";
import { isLutName } from "../ome/lut-names.ts";
import type { Image } from "../ome/multiscale.ts";
import { showOnly } from "./labels.ts";
import type { Linked, LinkedChannel, LinkedPane } from "./link.ts";
import type { LinkedLabel } from "./link-labels.ts";
import { listOf, selectedNames } from "./look-list.ts";
import { notify } from "./notices.ts";
import type { Session } from "./session.ts";
import type { ChannelView, View } from "./view.ts";

/**
 * Looks at an image as a link says. What the image has no more is left as it is first seen, and told in one message:
 * of many the first would be gone.
 */
export function takeLinked({ view, notices }: Session, image: Image, linked: Linked): void {
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
  const { camera, z, maximum, t, channels, labels, object, panes, orbit, over, crosshair } = linked;
  if (z !== undefined) view.setState({ z: within(z, levels[0].grid.shape[0], "plane") });
  if (t !== undefined) view.setState({ t: within(t, countOf(axes, shape, "t"), "time point") });
  if (maximum !== undefined) {
    const to = within(maximum.to - 1, levels[0].grid.shape[0], "plane") + 1;
    view.setState({ maximum: { from: Math.min(maximum.from, to - 1), to } });
  }
  if (camera !== undefined) view.setState({ camera });
  if (panes !== undefined)
    view.setState({ sidePanes: panes.includes("sides"), boxView: panes.includes("space") });
  if (orbit !== undefined) view.setState({ orbit });
  if (over !== undefined) view.setState({ overWells: over });
  view.setState({ conditions: linked.conditions });
  if (crosshair !== undefined) view.setState({ crosshair: inside(crosshair, image) });
  if (channels !== undefined) takeChannels(view, channels, problems);
  if (labels !== undefined) takeLabels(view, labels, problems);
  if (object !== undefined) {
    if (view.getState().labels.includes(object.label)) view.setState({ picked: object });
    else
      problems.push(
        `The link picks an object of the label "${object.label}", which the image does not have`,
      );
  }
  if (problems.length > 0) notify(notices, "warning", problems.join(". "));
}

/** What is looked at, as a link says it. */
export function linkedOf(session: Session, image: Image): Linked {
  const { view } = session;
  const { camera, z, maximum, t, channels, labelViews, picked } = view.getState();
  const { sidePanes, boxView, orbit, crosshair } = view.getState();
  const { axes, levels } = image;
  const isStack = levels[0].grid.shape[0] > 1;
  const panes: LinkedPane[] = [
    ...(sidePanes && isStack ? ["sides" as const] : []),
    ...(boxView ? ["space" as const] : []),
  ];
  return {
    camera,
    z: isStack ? z : undefined,
    maximum,
    t: countOf(axes, levels[0].array.shape, "t") > 1 ? t : undefined,
    channels: channels.filter(({ visible }) => visible),
    labels: labelViews.length > 0 ? labelViews.filter(({ visible }) => visible) : undefined,
    object: picked,
    rois: selectedNames(session),
    list: listOf(session),
    // Said of a stack also where there are none: who opens the link may have them open by habit.
    panes: isStack || panes.length > 0 ? panes : undefined,
    orbit: boxView ? orbit : undefined,
    crosshair: sidePanes && isStack ? crosshair : undefined,
  };
}

/** The nearest point of an image. */
function inside(at: { readonly x: number; readonly y: number }, image: Image) {
  const { max } = worldOf(image.levels[0].grid);
  return { x: Math.min(max[2], Math.max(0, at.x)), y: Math.min(max[1], Math.max(0, at.y)) };
}

/** Shows the channels that a link lists, as it says, and no others. */
function takeChannels(
  view: StoreApi<View>,
  linked: readonly LinkedChannel[],
  problems: string[],
): void {
  const { channels } = view.getState();
  const shown = new Map(linked.map((channel) => [channel.index, withKnownLut(channel)]));
  view.setState({
    channels: withFewVisible(
      channels.map((channel) => linkedChannel(channel, shown.get(channel.index))),
    ),
  });
  const unknown = [...shown.keys()].filter((index) => !channels[index]);
  if (unknown.length > 0)
    problems.push(
      `The link shows channel ${unknown.map((index) => index + 1).join(", ")}, which the image does not have`,
    );
  for (const { index, lut } of linked)
    if (lut !== undefined && !isLutName(lut))
      problems.push(
        `The link draws channel ${index + 1} through the lookup table "${lut}", which Fovea does not have: its colour is used`,
      );
}

/** Draws the labels that a link lists, in its order and as it says, and no others; where none of them is there, as first seen. */
function takeLabels(
  view: StoreApi<View>,
  linked: readonly LinkedLabel[],
  problems: string[],
): void {
  const { labels, labelViews } = view.getState();
  const there = linked.filter(({ name }) => labels.includes(name));
  for (const { name } of linked)
    if (!labels.includes(name))
      problems.push(`The link shows the label "${name}", which the image does not have`);
  if (there.length === 0 && linked.length > 0) return;
  const shown = new Map(there.map((label) => [label.name, { ...label, visible: true }]));
  view.setState({
    labelViews: [...labelViews.filter(({ name }) => !shown.has(name)), ...shown.values()],
  });
  showOnly(view, [...shown.keys()]);
}

function withKnownLut(channel: LinkedChannel): LinkedChannel {
  const { lut } = channel;
  return lut === undefined || isLutName(lut) ? channel : { ...channel, lut: undefined };
}

function linkedChannel(channel: ChannelView, linked: LinkedChannel | undefined): ChannelView {
  if (linked === undefined) return { ...channel, visible: false };
  return { ...channel, ...linked, visible: true, window: linked.window ?? channel.window };
}
