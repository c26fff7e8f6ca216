/** Opening: one at a time, and what is shown when it fails. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { createPlate, createWell } from "../ome/create-plate.ts";
import { type CountingServer, serve } from "../testing/counting-server.ts";
import { gate } from "../testing/gate.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { messages, sourceOver, testSession } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { closeAll, openBeside, opening, openSource, openUrl, openWellOf } from "./open.ts";
import { openTable } from "./open-table.ts";
import type { Session } from "./session.ts";
import type { Place } from "./source.ts";

let session: Session;
let store: WatchedStore;

beforeEach(() => {
  session = testSession();
  store = new WatchedStore();
});

const servers: CountingServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serving(...args: Parameters<typeof serve>): Promise<CountingServer> {
  const server = await serve(...args);
  servers.push(server);
  return server;
}

/** The image that is open; anything else is an error. */
function placeOf({ opened }: Session): Place {
  const state = opened.getState();
  if (state.kind !== "open") throw new Error(`not open but ${JSON.stringify(state)}`);
  return state.place;
}

test("an opening ends the one before on the wire, and nothing of the first is shown", async () => {
  await smallImage(store);
  await putRois(store, "FOV_ROI_table");
  const reached = gate();
  const slow = await serving(store.spec, (key) => {
    if (key !== "/tables/.zattrs") return;
    reached.open();
    return new Promise<void>(() => {});
  });
  const other = new WatchedStore();
  await smallImage(other);
  await putRois(other, "well_ROI_table");
  const fast = await serving(other.spec);

  const first = openUrl(session, slow.url);
  await reached.passed;
  const second = openUrl(session, fast.url);
  await Promise.all([first, second]);

  expect(placeOf(session).source.origin).toEqual({ kind: "url", url: fast.url });
  expect(session.rois.getState().names).toEqual(["well_ROI_table"]);
  expect(messages(session)).toEqual([]);
});

test.each([
  ["finds its place", () => ({}) as Place],
  [
    "fails",
    () => {
      throw new Fault("invalid", "Late news");
    },
  ],
])("an opening that %s after another began shows nothing", async (_name, end) => {
  await smallImage(store);
  const late = gate();
  const first = opening(session, "first", () => late.passed.then(end));
  await openSource(session, sourceOver(store, session.services));
  const shown = session.opened.getState();
  late.open();
  await first;
  expect(session.opened.getState()).toBe(shown);
  expect(messages(session)).toEqual([]);
});

test("leaving for the landing page ends an opening", async () => {
  const never = opening(session, "first", (signal) => {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error())));
  });
  closeAll(session);
  await never;
  expect(session.opened.getState()).toEqual({ kind: "nothing" });
});

test("a failed opening says what failed, and why", async () => {
  const { url } = await serving({ entries: new Map() });
  await openUrl(session, url);
  expect(session.opened.getState()).toEqual({
    kind: "failed",
    what: url,
    sentence: expect.stringContaining("is not a Zarr"),
  });
  await openUrl(session, "ftp://somewhere");
  expect(session.opened.getState()).toMatchObject({
    sentence:
      '"ftp://somewhere" is not a web address. Give one that starts with https:// or http://',
  });
});

test("a source whose address has a % that means nothing is called by it", async () => {
  const { url } = await serving({ entries: new Map() });
  await openUrl(session, `${url}/100%.zarr`);
  expect(session.opened.getState()).toMatchObject({
    kind: "failed",
    sentence: expect.stringContaining("is not a Zarr"),
  });
});

test("a well that does not open leads back to its plate, with a message", async () => {
  const wells = [{ row: "B", column: "03" }];
  await createPlate(store, "", { format: 2, name: "p", rows: ["B"], columns: ["03"], wells });
  await openSource(session, sourceOver(store, session.services));
  const plate = placeOf(session);
  await openWellOf(session, plate, "B/03");
  expect(placeOf(session)).toEqual({ source: plate.source, plate: plate.plate });
  expect(messages(session)).toEqual([expect.stringMatching(/B\/03.* is not a Zarr/)]);
});

test("an image of a well is opened by way of its well, and leads back to the plate where it is not there", async () => {
  await makeNucleiPlate(store, [{ path: "B/03" }]);
  const { entries } = store.spec;
  for (const [key, bytes] of [...entries])
    if (key.startsWith("/B/03/0/")) entries.set(key.replace("/0/", "/1/"), bytes);
  await createWell(store, "B/03", 2, ["0", "1"]);
  await openSource(session, sourceOver(store, session.services));
  const plate = placeOf(session);
  await openWellOf(session, plate, "B/03/1");
  expect(placeOf(session)).toMatchObject({
    plate: plate.plate,
    well: { path: "B/03" },
    image: { path: "B/03/1" },
  });
  await openWellOf(session, plate, "B/03/2");
  expect(placeOf(session)).toEqual({ source: plate.source, plate: plate.plate });
  expect(messages(session).at(-1)).toMatch(/B\/03\/2.* is not a Zarr/);
});

test("an image beside that does not open leads back to the old one, with the table that was open", async () => {
  await smallImage(store);
  for (const name of ["FOV_ROI_table", "well_ROI_table"]) await putRois(store, name);
  await openSource(session, sourceOver(store, session.services));
  const before = placeOf(session);
  await openTable(session, "well_ROI_table");
  const { names, savedRois } = session.rois.getState();

  await openBeside(session, "0_illum_corr");
  expect(placeOf(session)).toBe(before);
  const { savedRois: again, ...rois } = session.rois.getState();
  expect(rois).toMatchObject({ names, tableName: "well_ROI_table", loading: false });
  expect(again.base.names).toEqual(savedRois.base.names);
  expect(messages(session)).toEqual([expect.stringMatching(/0_illum_corr.* is not a Zarr/)]);
});

test("a table that does not open leaves its image open", async () => {
  await smallImage(store);
  await putRois(store, "FOV_ROI_table");
  await store.delete("/tables/FOV_ROI_table/table.csv");
  await openSource(session, sourceOver(store, session.services));
  expect(placeOf(session).image?.name).toBe("image");
  expect(session.rois.getState()).toMatchObject({ loading: false, table: undefined });
  expect(messages(session)).toEqual([
    expect.stringMatching(/^Table "FOV_ROI_table" cannot be shown: .*table\.csv/),
  ]);
});

test("a list of tables that cannot be read leaves its image open", async () => {
  await smallImage(store);
  await store.set("/tables/.zattrs", new TextEncoder().encode("{"));
  await openSource(session, sourceOver(store, session.services));
  expect(placeOf(session).image?.name).toBe("image");
  expect(messages(session)).toEqual([expect.stringContaining("/tables/.zattrs is not valid JSON")]);
});

test("a source gives back its chunks when another is opened or none, and not for a step inside it", async () => {
  await smallImage(store);
  const source = sourceOver(store, session.services);
  await openSource(session, source);
  const { image } = placeOf(session);
  if (!image) throw new Error("no image");
  const { array } = image.levels[0];
  const coords = array.shape.map(() => 0);
  const has = () => source.reader.peek(array, coords) !== undefined;

  await source.reader.read(array, coords);
  await openSource(session, source);
  expect(has()).toBe(true);
  const other = new WatchedStore();
  await smallImage(other);
  await openSource(session, sourceOver(other, session.services));
  expect(has()).toBe(false);

  await openSource(session, source);
  await source.reader.read(array, coords);
  closeAll(session);
  expect(has()).toBe(false);
});
