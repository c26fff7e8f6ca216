/** A table of very many rows is opened without the page decoding its numbers, and takes the place of another with all its words. */
import { expect, test } from "vitest";
import { gate } from "../testing/gate.ts";
import { sourceOver, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { type Decode, decodeChunk } from "../zarr/decode.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { deleteSelected } from "./delete-rois.ts";
import { notify } from "./notices.ts";
import { openSource } from "./open.ts";
import { openTable } from "./open-table.ts";
import { select } from "./rois.ts";
import { saveRois } from "./save.ts";
import { createSession } from "./session.ts";

/** Opens a table of so many rows. */
async function opened(rows: number) {
  const store = new MemoryStore();
  await smallImage(store);
  const names = Array.from({ length: rows }, (_, i) => `roi_${i}`);
  await putRois(store, "FOV_ROI_table", { backend: "anndata", names });
  const away: string[] = [];
  const decode: Decode = (array, bytes, options) => {
    away.push(array.path);
    const given = structuredClone(bytes, { transfer: [bytes.buffer] });
    return decodeChunk(array, given, options);
  };
  const services = { ...testServices(), decode };
  const session = createSession(services);
  await openSource(session, sourceOver(store, services));
  return { away, ...session.rois.getState() };
}

test("many numbers are decoded where chunks are, and come as they were stored", async () => {
  const { away, document, table } = await opened(20_000);
  expect(away).toEqual(["tables/FOV_ROI_table/X"]);
  const { bounds, names } = document.rois.base;
  expect([...bounds.subarray(6 * 19_999)]).toEqual([0, 0, 399_980, 1, 10, 399_990]);
  expect(names.at(-1)).toBe("roi_19999");
  // What was given away is kept for the save all the same.
  const chunk = table?.origin?.files.get("X/0.0");
  expect(chunk?.length).toBeGreaterThan(0);
});

test("a few are decoded at once", async () => {
  const { away, document } = await opened(3);
  expect(away).toEqual([]);
  expect(document.rois.base.names).toHaveLength(3);
});

test("what was said of a table goes when another is chosen, and what was said of the image stays", async () => {
  const store = new MemoryStore();
  await smallImage(store);
  const wrong = { backend: "csv", names: ["same", "same"] } as const;
  await putRois(store, "FOV_ROI_table", wrong);
  await putRois(store, "other_ROI_table", { backend: "csv", names: ["one"] });
  const services = testServices();
  const session = createSession(services);
  await openSource(session, sourceOver(store, services));
  const said = () => session.notices.getState().list.map(({ text }) => text);
  expect(said()).toEqual([expect.stringContaining("in FOV_ROI_table")]);
  const [one = 0] = session.rois.getState().document.rois.base.names.keys();
  notify(session.notices, "warning", "The image is odd");
  session.rois.setState({ locked: new Set([one]) });
  select(session, new Set([one]));
  deleteSelected(session);
  await saveRois(session);
  expect(said()).toHaveLength(4);
  await openTable(session, "other_ROI_table");
  expect(said()).toEqual(["The image is odd"]);
  // One that cannot be shown is told of until then, too.
  await openTable(session, "no_such_table");
  expect(said()).toEqual(["The image is odd", expect.stringContaining("cannot be shown")]);
  await openTable(session, "other_ROI_table");
  expect(said()).toEqual(["The image is odd"]);
});

test("while the list of tables is on its way, none is said to be missing; then it is", async () => {
  const store = new WatchedStore();
  await smallImage(store);
  const list = gate();
  store.before = ({ key }) => (key.startsWith("/tables/") ? list.passed : undefined);
  const services = testServices();
  const session = createSession(services);
  const opening = openSource(session, sourceOver(store, services));
  await expect.poll(() => session.opened.getState().kind).toBe("open");
  expect(session.rois.getState()).toMatchObject({ loading: true, tableName: undefined });
  list.open();
  await opening;
  expect(session.rois.getState()).toMatchObject({ loading: false, names: [] });
});
