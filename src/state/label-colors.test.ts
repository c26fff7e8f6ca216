/** Objects coloured by a feature: the table is joined where it is not, and what is chosen outlives the page. */
import { beforeEach, expect, test } from "vitest";
import { MOST_PLACE } from "../ome/label-lookup.ts";
import { gate } from "../testing/gate.ts";
import { sourceOver, testServices, testSession } from "../testing/services.ts";
import { putAreas, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { addEmptyLabel } from "../testing/write-pixels.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readFeatures, setFeatureNames } from "./features.ts";
import {
  colorBy,
  colorByTable,
  colorProblem,
  keepLabelColors,
  type LabelColoring,
} from "./label-colors.ts";
import { changeLabel, keepLabelLooks } from "./labels.ts";
import { openSource } from "./open.ts";
import type { Session } from "./session.ts";

const BY_AREA = { table: "areas", column: "area", ends: undefined } as const;

let store: WatchedStore;
let services: ReturnType<typeof testServices>;
beforeEach(async () => {
  store = new WatchedStore();
  services = testServices();
  const image = await smallImage(store);
  for (const name of ["nuclei", "cells"]) await addEmptyLabel(image, name);
  await putAreas(store, "areas", [3, 7]);
});

async function opened(): Promise<Session> {
  const session = testSession(services);
  keepLabelLooks(session);
  keepLabelColors(session);
  await openSource(session, sourceOver(store, services));
  return session;
}

/** What a label is coloured by when nothing is worked out any more, after the next change of it. */
function next({ labelColors }: Session, label = "nuclei"): Promise<LabelColoring | undefined> {
  const before = labelColors.getState().colorings.get(label);
  return new Promise((resolve) => {
    const stop = labelColors.subscribe(({ colorings, busy }) => {
      const now = colorings.get(label);
      if (busy.has(label) || now === before) return;
      stop();
      resolve(now);
    });
  });
}

const valuesIn = (coloring: LabelColoring | undefined) => {
  const { data } = coloring?.lookup ?? { data: new Uint32Array() };
  const rows = Array.from({ length: data.length / 4 }, (_, i) => [
    ...data.subarray(4 * i, 4 * i + 4),
  ]);
  return rows.filter(([low]) => low !== 0).sort(([a = 0], [b = 0]) => a - b);
};

test("its table is read, and each object finds its place between the least and the most", async () => {
  const session = await opened();
  const coming = next(session);
  changeLabel(session, "nuclei", { color: BY_AREA });
  const coloring = await coming;
  expect(coloring).toMatchObject({
    column: "area",
    summary: { kind: "range", min: 30, max: 70, missing: 0 },
  });
  expect(valuesIn(coloring)).toEqual([
    [3, 0, 0, 1],
    [7, 0, MOST_PLACE, 1],
  ]);
  // What stands beside the ROIs is chosen apart from it.
  expect(session.features.getState().chosen).toBeUndefined();
});

test("several labels have colours at once, each of a table of its own", async () => {
  await putAreas(store, "sizes", [1, 2, 5], "cells");
  const session = await opened();
  const nuclei = next(session);
  changeLabel(session, "nuclei", { color: BY_AREA });
  const first = await nuclei;
  const cells = next(session, "cells");
  changeLabel(session, "cells", { visible: true, color: { ...BY_AREA, table: "sizes" } });
  expect(valuesIn(await cells)).toHaveLength(3);
  expect(session.labelColors.getState().colorings.get("nuclei")).toBe(first);
});

test("a label that is hidden, coloured by object or without its table has none", async () => {
  const session = await opened();
  const none = async (act: () => unknown): Promise<void> => {
    const first = next(session);
    setFeatureNames(session, ["areas"]);
    changeLabel(session, "nuclei", { visible: true, color: BY_AREA });
    expect(await first).toBeDefined();
    const last = next(session);
    act();
    expect(await last).toBeUndefined();
  };
  await none(() => changeLabel(session, "nuclei", { color: undefined }));
  await none(() => changeLabel(session, "nuclei", { visible: false }));
  await none(() => setFeatureNames(session, []));
});

test("a table that comes late colours by its first feature, and not where something else was chosen since", async () => {
  const session = await opened();
  const chosen = () => session.view.getState().labelViews.find(({ name }) => name === "nuclei");
  const coming = () => session.labelColors.getState().coming.get("nuclei")?.table;
  const answer = gate();
  store.before = ({ key }) => (key.startsWith("/tables/areas/") ? answer.passed : undefined);
  const early = colorByTable(session, "nuclei", "areas");
  expect(coming()).toBe("areas");
  colorBy(session, "nuclei", undefined);
  expect(coming()).toBeUndefined();
  const others = colorByTable(session, "cells", "areas");
  answer.open();
  await Promise.all([early, others]);
  expect([chosen()?.color, session.labelColors.getState().coming.size]).toEqual([undefined, 0]);
  await colorByTable(session, "nuclei", "areas");
  expect([chosen()?.color, coming()]).toEqual([BY_AREA, undefined]);
});

test("a table that was written anew is read again", async () => {
  const session = await opened();
  const first = next(session);
  changeLabel(session, "nuclei", { color: BY_AREA });
  await first;
  const later = new MemoryStore();
  await smallImage(later);
  await putAreas(later, "areas", [3, 9]);
  const file = "/tables/areas/table.csv";
  await store.set(file, (await later.get(file)) ?? new Uint8Array());
  const gone = next(session);
  setFeatureNames(session, ["areas"], new Set(["areas"]));
  await gone;
  const again = await next(session);
  expect(again?.summary).toMatchObject({ min: 30, max: 90 });
});

test("opened again, the label is coloured as before", async () => {
  changeLabel(await opened(), "nuclei", { color: { ...BY_AREA, ends: [40, 60] } });
  const again = testSession(services);
  keepLabelLooks(again);
  keepLabelColors(again);
  const coming = next(again);
  await openSource(again, sourceOver(store, services));
  expect((await coming)?.column).toBe("area");
  const { labelViews } = again.view.getState();
  expect(labelViews.find(({ name }) => name === "nuclei")?.color?.ends).toEqual([40, 60]);
});

test("of what colours nothing it is told why: no such table, no such column, another label's table", async () => {
  await putAreas(store, "of_cells", [1], "cells");
  const session = await opened();
  for (const table of ["areas", "of_cells"]) await readFeatures(session, table);
  const problem = (table: string, column: string): string | undefined =>
    colorProblem("nuclei", { table, column, ends: undefined }, session.features.getState());
  expect(problem("areas", "area")).toBeUndefined();
  expect(problem("areas", "Area * 2")).toBe('areas has no column "Area * 2"');
  expect(problem("of_cells", "area")).toBe('of_cells is about the label "cells"');
  expect(problem("volumes", "area")).toBe('The image has no feature table "volumes"');
  expect(colorProblem("nuclei", undefined, session.features.getState())).toBeUndefined();
});
