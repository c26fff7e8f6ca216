/** What is sent for the work on all ROIs: the table once, then edits alone; a newer list takes an older one's place. */
import { serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import { remembered } from "../base/remembered.ts";
import { worldBox } from "../geometry/box.ts";
import { ListHost, type ListRequest } from "../roi/list-host.ts";
import { packedTexts } from "../roi/packed-texts.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import { applied, type Rois, roiAt, takenBack } from "../roi/rois.ts";
import { roiNo, tableOfRow } from "../testing/roi-builder.ts";
import { listsHere } from "../testing/services.ts";
import { type Listed, ListJobs, type RunListRequest } from "./list-jobs.ts";

const COUNT = 5000;
const table = tableOfRow(COUNT);
const { rois: loaded } = roisFromTable(table);
const listed = (rois: Rois): Listed => ({ table, features: undefined, rois });

const byName = {
  kind: "arrange",
  query: "",
  sort: { column: "x", descending: true },
  added: [],
} as const;
const find = (query: string) => ({ ...byName, sort: undefined, query });

/** With the host on this thread, and all that was sent to it. */
function watched(run: RunListRequest = listsHere()) {
  const sent: { loaded: boolean; since: number; rows: number }[] = [];
  const jobs = new ListJobs((request, options) => {
    const { loaded: whole, since, edits } = request;
    sent.push({ loaded: whole !== undefined, since, rows: edits.ids.length });
    return run(request, options);
  });
  return { jobs, sent };
}

function moved(rois: Rois, id: number, x: number): Rois {
  const from = roiAt(rois, id);
  const to = from && { ...from, box: worldBox([0, 0, x], [1, 1, x + 1]) };
  return applied(rois, new Map([[id, { from, to }]]));
}

/** The bytes of each message that a hand's edits of a table of so many ROIs make, as the platform clones them. */
async function bytesSent(count: number): Promise<readonly number[]> {
  const table = tableOfRow(count);
  const { rois: before } = roisFromTable(table);
  const here = listsHere();
  const sent: number[] = [];
  const jobs = new ListJobs((request, options) => {
    sent.push(serialize(request).byteLength);
    return here(request, options);
  });
  const ask = (rois: Rois) => jobs.run(find("x > 1e9"), { table, features: undefined, rois });
  await ask(before);
  const once = moved(before, 3, 9000);
  const from = roiAt(once, 4);
  const named = applied(once, new Map([[4, { from, to: from && { ...from, name: "renamed" } }]]));
  const gone = applied(named, new Map([[5, { from: roiAt(named, 5), to: undefined }]]));
  for (const edited of [once, named, gone, gone, before]) await ask(edited);
  const [, ...edits] = sent;
  return edits;
}

/** So many that none of the work on them is done before the first pause. */
const manyRois = remembered(() => tableOfRow(100_000));

describe("the work on all ROIs", () => {
  it("sends as many bytes for an edit as it touches, however many ROIs there are", async () => {
    const few = await bytesSent(10);
    const [move = 0, rename = 0, remove = 0, nothing = 0] = few;
    // Its id, kind, copied id, values and name's length, its label, its box; a new name in letters.
    const row = 4 + 1 + 4 + 4 + 4 + 8 + 48;
    expect([move, rename, remove].map((bytes) => bytes - nothing)).toEqual([
      row,
      row + "renamed".length,
      row,
    ]);
    expect(await bytesSent(20_000)).toEqual(few);
  });

  it("sends the table once, then what was edited since", async () => {
    const { jobs, sent } = watched();
    const first = await jobs.run(byName, listed(loaded));
    expect([...first.ids.slice(0, 2)]).toEqual([4999, 4998]);
    const once = moved(loaded, 3, 9000);
    expect([...(await jobs.run(byName, listed(once))).ids.slice(0, 2)]).toEqual([3, 4999]);
    const twice = moved(once, 4, 9001);
    expect([...(await jobs.run(byName, listed(twice))).ids.slice(0, 2)]).toEqual([4, 3]);
    // Undone: what is as it was loaded again is sent as such.
    expect([...(await jobs.run(byName, listed(loaded))).ids.slice(0, 2)]).toEqual([4999, 4998]);
    expect([...(await jobs.run(byName, listed(loaded))).ids.slice(0, 1)]).toEqual([4999]);
    expect(sent).toEqual([
      { loaded: true, since: 0, rows: 0 },
      { loaded: false, since: 1, rows: 1 },
      { loaded: false, since: 2, rows: 1 },
      { loaded: false, since: 3, rows: 2 },
      { loaded: false, since: 4, rows: 0 },
    ]);
  });

  it("gives the table again to a worker that was started anew", async () => {
    let run = listsHere();
    const { jobs, sent } = watched((request, options) => run(request, options));
    const edited = moved(loaded, 3, 9000);
    await jobs.run(byName, listed(edited));
    run = listsHere();
    const { ids } = await jobs.run(byName, listed(edited));
    expect(ids[0]).toBe(3);
    expect(sent.map((one) => [one.loaded, one.rows])).toEqual([
      [true, 1],
      [false, 0],
      [true, 1],
    ]);
  });

  it("gives the table again where a request was stopped before it was sent", async () => {
    const here = listsHere();
    let lost = false;
    const { jobs, sent } = watched((request, options) =>
      lost ? Promise.reject(new Fault("aborted", "Stopped")) : here(request, options),
    );
    await jobs.run(byName, listed(loaded));
    lost = true;
    await expect(jobs.run(byName, listed(moved(loaded, 3, 9000)))).rejects.toThrow("Stopped");
    lost = false;
    const { ids } = await jobs.run(byName, listed(moved(loaded, 4, 9000)));
    expect([...ids.slice(0, 2)]).toEqual([4, 4999]);
    expect(sent.map(({ loaded: whole }) => whole)).toEqual([true, false, false, true]);
  });

  it("gives up an older job of a kind for a newer one, which still builds on what was sent", async () => {
    const { jobs, sent } = watched();
    const older = jobs.run(find("len_x > 0"), listed(loaded));
    const newer = jobs.run(find("x < 2"), listed(moved(loaded, 0, 50)));
    await expect(older).rejects.toMatchObject({ tag: "aborted" });
    expect([...(await newer).ids]).toEqual([1]);
    expect(sent.map((one) => one.loaded)).toEqual([true, false]);
  });

  it("carries every kind of edit, and encodes what the page would", async () => {
    const { jobs } = watched();
    const from = roiAt(loaded, 1);
    const cells = new Map([["triage", "keep"]]);
    const diff = new Map([
      [0, { from: roiAt(loaded, 0), to: undefined }],
      [1, { from, to: from && { ...from, name: "other", cells } }],
      [COUNT, { from: undefined, to: { ...roiNo(COUNT), name: "new", copiedFrom: 1 } }],
    ]);
    const rois = applied(loaded, diff);
    const added = { ...find("triage = keep"), added: ["triage"] };
    expect([...(await jobs.run(added, listed(rois))).ids]).toEqual([1]);
    const { files, table: now } = await jobs.run({ kind: "encode" }, listed(rois));
    const rows = new TextDecoder().decode(files.get("table.csv")).trimEnd().split("\n");
    expect(rows.length).toBe(COUNT + 1);
    expect(rows[1]).toContain("other");
    expect(rows.at(-1)).toContain("new");
    expect(now.index.values.length).toBe(COUNT);
    const back = await jobs.run({ kind: "encode" }, listed(takenBack(rois, diff)));
    expect(back.table.index.values).toEqual(table.index.values);
  });

  it("writes out each table it was asked to, also when another is opened and saved meanwhile", async () => {
    const { jobs } = watched();
    const other = { ...table, path: "tables/other" };
    const { rois: others } = roisFromTable(other);
    const saves = [
      jobs.run({ kind: "encode" }, listed(moved(loaded, 0, 7))),
      jobs.run({ kind: "encode" }, { ...listed(moved(others, 0, 8)), table: other }),
    ];
    const written = await Promise.all(saves);
    const first = written.map(({ files }) => new TextDecoder().decode(files.get("table.csv")));
    expect(first.map((text) => text.split("\n")[1])).toEqual([
      expect.stringMatching(/^"roi_0",7,/),
      expect.stringMatching(/^"roi_0",8,/),
    ]);
  });

  it.each<ListRequest["job"]>([
    byName,
    { kind: "encode" },
    { kind: "csv" },
    {
      kind: "check",
      options: {
        grid: { shape: [1, 1, 200_000], scale: [1, 1, 1] },
        chunk: [1, 1, 64],
        masking: false,
      },
    },
  ])("tells how far it is, and is stopped in the middle: %o", async (job) => {
    const many = manyRois();
    const edited = moved(roisFromTable(many).rois, 3, 9000);
    const host = new ListHost();
    // Only the host itself can end it here.
    const jobs = new ListJobs(async (request, { signal, transfer }) => {
      const sent = structuredClone(request, { transfer: [...transfer] });
      return (await host.answer(sent, { signal })).value;
    });
    const stop = new AbortController();
    const told: number[] = [];
    const onProgress = (done: number): void => {
      told.push(done);
      stop.abort();
    };
    const about = { table: many, features: undefined, rois: edited };
    const stopped = jobs.run(job, about, { onProgress, signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
    expect(told[0]).toBeGreaterThan(0);
    expect(told[0]).toBeLessThan(1);
  });

  it("is not begun once it is stopped", async () => {
    const host = new ListHost();
    const stop = new AbortController();
    stop.abort();
    const request: ListRequest = {
      opening: 1,
      loaded: { table, base: loaded.base, features: undefined },
      since: 0,
      revision: 1,
      edits: emptyEdits,
      job: byName,
    };
    await expect(host.answer(request, { signal: stop.signal })).rejects.toMatchObject({
      tag: "aborted",
    });
  });
});

const emptyEdits: ListRequest["edits"] = {
  ids: new Int32Array(),
  kinds: new Uint8Array(),
  bounds: new Float64Array(),
  labels: new Float64Array(),
  names: packedTexts([]),
  copied: new Int32Array(),
  values: [],
  valuesOf: new Int32Array(),
};
