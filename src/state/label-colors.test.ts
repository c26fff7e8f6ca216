/** Objects coloured by a feature: the table is joined where it is not, and what is chosen outlives the page. */
import { beforeEach, expect, test } from "vitest";
import { MOST_PLACE } from "../ome/label-lookup.ts";
import { sourceOver, testServices, testSession } from "../testing/services.ts";
import { putAreas, smallImage } from "../testing/tables.ts";
import { addLabel } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { chooseFeatures } from "./features.ts";
import { colorLabel, keepLabelColors, type LabelColoring } from "./label-colors.ts";
import { changeLabel, keepLabelLooks } from "./labels.ts";
import { openSource } from "./open.ts";
import type { Session } from "./session.ts";

const BY_AREA = { table: "areas", column: "area", ends: undefined } as const;

let store: MemoryStore;
let services: ReturnType<typeof testServices>;
beforeEach(async () => {
  store = new MemoryStore({ kind: "memory", entries: new Map() });
  services = testServices();
  await addLabel(await smallImage(store), {
    name: "nuclei",
    axes: ["y", "x"],
    shape: [9, 9],
    scale: [1, 1],
    dtype: "uint8",
    data: new Uint8Array(81),
  });
  await putAreas(store, "areas", [3, 7]);
});

async function opened(): Promise<Session> {
  const session = testSession(services);
  keepLabelLooks(session);
  keepLabelColors(session);
  await openSource(session, sourceOver(store, services));
  return session;
}

/** The next colouring that there is, or the next none. */
function next({ labelColors }: Session): Promise<LabelColoring | undefined> {
  return new Promise((resolve) => {
    const stop = labelColors.subscribe(({ coloring, isBusy }) => {
      if (isBusy) return;
      stop();
      resolve(coloring);
    });
  });
}

test("its table is joined, and each object finds its place between the least and the most", async () => {
  const session = await opened();
  const coming = next(session);
  await colorLabel(session, "nuclei", BY_AREA);
  expect(session.features.getState().chosen?.name).toBe("areas");
  const coloring = await coming;
  expect(coloring).toMatchObject({
    label: "nuclei",
    column: "area",
    summary: { kind: "range", min: 30, max: 70, missing: 0 },
  });
  const { data } = coloring?.lookup ?? { data: new Uint32Array() };
  const rows = Array.from({ length: data.length / 4 }, (_, i) => [
    ...data.subarray(4 * i, 4 * i + 4),
  ]);
  expect(rows.filter(([low]) => low !== 0).sort(([a = 0], [b = 0]) => a - b)).toEqual([
    [3, 0, 0, 1],
    [7, 0, MOST_PLACE, 1],
  ]);
});

test("a label that is hidden or coloured by object has none, nor one whose table is joined no more", async () => {
  const session = await opened();
  const none = async (act: () => unknown): Promise<void> => {
    const first = next(session);
    await colorLabel(session, "nuclei", BY_AREA);
    changeLabel(session, "nuclei", { visible: true });
    if (session.features.getState().chosen === undefined) await chooseFeatures(session, "areas");
    expect(await first).toBeDefined();
    const last = next(session);
    await act();
    expect(await last).toBeUndefined();
  };
  await none(() => colorLabel(session, "nuclei", undefined));
  await none(() => changeLabel(session, "nuclei", { visible: false }));
  await none(() => chooseFeatures(session, undefined));
});

test("opened again, the label is coloured as before", async () => {
  await colorLabel(await opened(), "nuclei", { ...BY_AREA, ends: [40, 60] });
  const again = testSession(services);
  keepLabelLooks(again);
  keepLabelColors(again);
  const coming = next(again);
  await openSource(again, sourceOver(store, services));
  expect((await coming)?.column).toBe("area");
  expect(again.view.getState().labelViews[0]?.color?.ends).toEqual([40, 60]);
});
