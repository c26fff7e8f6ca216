/** A picture is of what was looked at when it was asked for, and nothing of it reaches the page or the next visit. */
import { expect, test } from "vitest";
import { changeLabel, drawnLabels, keepLabelLooks } from "../../state/labels.ts";
import { openSource } from "../../state/open.ts";
import { sourceOver, testServices, testSession } from "../../testing/services.ts";
import { smallImage } from "../../testing/tables.ts";
import { addEmptyLabel } from "../../testing/write-pixels.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { frozenSession } from "./frozen-session.ts";

test("neither side changes what the other looks at, and the picture keeps no habits", async () => {
  const store = new MemoryStore();
  await addEmptyLabel(await smallImage(store), "nuclei");
  const services = testServices();
  const opened = async () => {
    const session = testSession(services);
    keepLabelLooks(session);
    await openSource(session, sourceOver(store, services));
    return session;
  };
  const session = await opened();
  session.view.setState({ z: 2, playing: { axis: "z", fps: 10, count: 4 } });
  let changes = 0;
  const frozen = frozenSession(session, { overlays: false }, () => changes++);
  expect(frozen.view.getState()).toMatchObject({ z: 2, overlays: false, playing: undefined });
  session.view.setState({ z: 3 });
  changeLabel(frozen, "nuclei", { visible: false });
  expect([frozen.view.getState().z, changes]).toEqual([2, 1]);
  expect(session.view.getState().overlays).toBe(true);
  for (const { view } of [session, await opened()])
    expect(drawnLabels(view.getState())).toEqual(["nuclei"]);
});
