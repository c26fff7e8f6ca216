/** A channel set by hand is so at the next visit and in the next well; presets go by the channels' names. */
import { expect, test } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { makeImage } from "../testing/make-image.ts";
import { habitsInMemory, testServices, testSession } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import {
  applyPreset,
  changeLook,
  keepChannelLooks,
  presetsOf,
  removePreset,
  savePreset,
} from "./channel-looks.ts";
import type { Session } from "./session.ts";
import { sourceOf } from "./source.ts";
import { changeChannel, lookAt } from "./view.ts";

const image = await makeImage(new MemoryStore(), {
  axes: ["c", "y", "x"],
  shape: [2, 4, 4],
  chunks: [1, 4, 4],
});

function open(session: Session, name: string, of: Image = image): void {
  const origin = { kind: "url", url: `https://example.org/${name}.zarr` } as const;
  const source = sourceOf(origin, { kind: "memory", entries: new Map() }, testServices());
  lookAt(session.view, of);
  session.opened.setState({ kind: "open", place: { source, image: of } }, true);
}

const shown = ({ view }: Session) => view.getState().channels;
const named = (...labels: string[]): Image => ({
  ...image,
  channels: image.channels.map((channel, i) => ({ ...channel, label: labels[i] ?? "" })),
});

test("what was set by hand comes back with the source, by the channels' names, and nothing else does", () => {
  const habits = habitsInMemory();
  const first = testSession({ habits });
  keepChannelLooks(first);
  open(first, "a", named("DAPI", "GFP"));
  changeLook(first, 0, { window: [5, 50] });
  changeLook(first, 0, { lut: "viridis", gamma: 0.5 });
  changeChannel(first.view, 1, { window: [1, 2] });

  const later = testSession({ habits });
  keepChannelLooks(later);
  open(later, "a", named("GFP", "DAPI"));
  expect(shown(later)[1]).toMatchObject({ window: [5, 50], lut: "viridis", gamma: 0.5 });
  expect(shown(later)[0]).toMatchObject({ window: undefined, lut: undefined, gamma: 1 });
  open(later, "b", named("DAPI", "GFP"));
  expect(shown(later)[0]).toMatchObject({ window: undefined, lut: undefined });
});

test("of two channels with one name each keeps its own look, and each takes its own of a preset", () => {
  const habits = habitsInMemory();
  const session = testSession({ habits });
  keepChannelLooks(session);
  open(session, "a", named("DAPI", "DAPI"));
  changeLook(session, 1, { lut: "viridis" });
  savePreset(session, "mine");
  open(session, "a", named("DAPI", "DAPI"));
  expect(shown(session).map(({ lut }) => lut)).toEqual([undefined, "viridis"]);
  open(session, "b", named("DAPI", "DAPI"));
  for (const preset of presetsOf(session)) expect(applyPreset(session, preset)).toBe(2);
  expect(shown(session).map(({ lut }) => lut)).toEqual([undefined, "viridis"]);
});

test("a table that was left for a colour stays left", () => {
  const habits = habitsInMemory();
  const session = testSession({ habits });
  keepChannelLooks(session);
  open(session, "a", named("DAPI"));
  changeLook(session, 0, { lut: "hot" });
  changeLook(session, 0, { lut: undefined, color: [1, 2, 3] });
  open(session, "b");
  open(session, "a", named("DAPI"));
  expect(shown(session)[0]).toMatchObject({ lut: undefined, color: [1, 2, 3] });
});

test("a preset is taken by the channels of its names, in any image, until it is removed", () => {
  const habits = habitsInMemory();
  const first = testSession({ habits });
  open(first, "a", named("DAPI", "GFP"));
  changeChannel(first.view, 0, { color: [0, 0, 255], window: [10, 99] });
  changeChannel(first.view, 1, { visible: false });
  savePreset(first, "nuclei");
  savePreset(first, "also");

  const other = testSession({ habits });
  open(other, "b", named("RFP", "DAPI"));
  expect(presetsOf(other).map(({ name }) => name)).toEqual(["also", "nuclei"]);
  const [, preset] = presetsOf(other);
  expect(preset && applyPreset(other, preset)).toBe(1);
  expect(shown(other)[1]).toMatchObject({ color: [0, 0, 255], window: [10, 99] });
  expect(shown(other)[0]).toMatchObject({ visible: true, window: undefined });
  removePreset(other, "nuclei");
  expect(presetsOf(first).map(({ name }) => name)).toEqual(["also"]);
});

test("nonsense in the storage is no look", () => {
  const look = { color: [1, 2], window: [9, 3], gamma: -1, visible: "yes", lut: 4 };
  const looks = [["https://example.org/a.zarr", [["channel 0", look], 7]], 3];
  const presets = [["p", [["channel 0", look]]], [4], "x"];
  const habits = habitsInMemory({ "channel-looks": looks, "channel-presets": presets });
  const session = testSession({ habits });
  keepChannelLooks(session);
  open(session, "a");
  const before = shown(session);
  expect(before[0]).toMatchObject({ window: undefined, gamma: 1, visible: true, lut: undefined });
  expect(presetsOf(session).map(({ name }) => name)).toEqual(["p"]);
});
