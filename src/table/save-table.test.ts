/** Saves cut off at every single operation, and what is found afterwards. */
import { describe, expect, it } from "vitest";
import { isFault } from "../base/fault.ts";
import {
  type Entries,
  layoutV2,
  NGIO,
  putFovTable,
  storeOf,
  twoTables,
} from "../testing/anndata-store.ts";
import { CutStore, type Power } from "../testing/cut-store.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { keyOf } from "../zarr/store.ts";
import { withColumn, withRows } from "./columns.ts";
import { readTable } from "./read-table.ts";
import { recoverSaves } from "./recover-saves.ts";
import { saveTable } from "./save-table.ts";
import type { Table } from "./table.ts";

const PATH = "tables/FOV_ROI_table";
const IDENTITY = "plate 7/é";

function moved(table: Table): Table {
  const x = table.columns.get("x_micrometer");
  if (x?.kind !== "number") throw new Error("no x");
  return withColumn(table, "x_micrometer", { ...x, values: x.values.map((value) => value + 8) });
}

function textOf(entries: Entries): Record<string, string> {
  return Object.fromEntries(
    [...entries]
      .map(([key, bytes]) => [key, [...bytes].join()])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}

function same(a: Entries, b: Entries): boolean {
  return JSON.stringify(textOf(a)) === JSON.stringify(textOf(b));
}

const withoutTable = (entries: Entries): Entries =>
  new Map([...entries].filter(([key]) => !key.startsWith(`/${PATH}/`)));

describe("a save", () => {
  it("of one file needs no journal, writes that file and reads back", async () => {
    const entries = await twoTables();
    const store = storeOf(entries);
    const previous = await readTable(store, PATH, 2);
    const before = new Map(entries);
    const table = moved(previous);
    await saveTable({ store, table, previous, journal: undefined, identity: IDENTITY });
    const changed = [...entries.keys()].filter((key) => entries.get(key) !== before.get(key));
    expect(changed).toEqual([`/${PATH}/X/0.0`]);
    expect((await readTable(store, PATH, 2)).columns).toEqual(table.columns);
  });

  it("of nothing writes nothing", async () => {
    const entries = await twoTables();
    const store = new CutStore(entries, { left: 0 });
    const previous = await readTable(store, PATH, 2);
    const saved = await saveTable({
      store,
      table: previous,
      previous,
      journal: undefined,
      identity: IDENTITY,
    });
    expect(saved.origin?.files).toEqual(previous.origin?.files);
  });

  it("gives the table the next save is to start from, back to the first bytes", async () => {
    const entries = await twoTables();
    const store = storeOf(entries);
    const journal = storeOf();
    const before = textOf(entries);
    const opened = await readTable(store, PATH, 2);
    const common = { store, journal, identity: IDENTITY };
    const fewer = withRows(opened, Int32Array.of(1, 2));
    const first = await saveTable({ ...common, table: fewer, previous: opened });
    expect((await readTable(store, PATH, 2)).index.values).toEqual(["FOV_2", "FOV_3"]);
    await saveTable({ ...common, table: opened, previous: first });
    expect(textOf(entries)).toEqual(before);
    expect(journal.spec.entries.size).toBe(0);
  });

  it("of several files is refused without a journal, and nothing is touched", async () => {
    const entries = await twoTables();
    const store = new CutStore(entries, { left: 0 });
    const previous = await readTable(store, PATH, 2);
    const table = withRows(previous, Int32Array.of(0));
    await expect(
      saveTable({ store, table, previous, journal: undefined, identity: IDENTITY }),
    ).rejects.toSatisfy((error) => isFault(error, "unsupported"));
  });

  it.each(["X/0.0", "obs/.zattrs"])("is refused where %s changed on disk", async (key) => {
    const entries = await twoTables();
    const store = storeOf(entries);
    const previous = await readTable(store, PATH, 2);
    entries.set(`/${PATH}/${key}`, jsonBytes({}));
    const before = textOf(entries);
    await expect(
      saveTable({
        store,
        table: moved(previous),
        previous,
        journal: undefined,
        identity: IDENTITY,
      }),
    ).rejects.toThrow(/changed on disk/);
    expect(textOf(entries)).toEqual(before);
  });

  it("of a table that can only be read is refused", async () => {
    const entries = await twoTables();
    layoutV2(entries).group(PATH, { "encoding-type": "anndata", table_version: "2" });
    const store = storeOf(entries);
    const previous = await readTable(store, PATH, 2);
    await expect(
      saveTable({
        store,
        table: moved(previous),
        previous,
        journal: undefined,
        identity: IDENTITY,
      }),
    ).rejects.toThrow(/table_version is "2"/);
  });

  it("does not take rows from a group that holds more for each of them", async () => {
    const entries = await twoTables();
    const store = storeOf(entries);
    layoutV2(entries).group(`${PATH}/obsm/umap`, {});
    const previous = await readTable(store, PATH, 2);
    const common = { store, previous, journal: storeOf(), identity: IDENTITY };
    await expect(
      saveTable({ ...common, table: withRows(previous, Int32Array.of(0)) }),
    ).rejects.toThrow(/obsm/);
    await saveTable({ ...common, table: moved(previous) });
  });
});

describe("a save that is cut off", () => {
  /** Saves until the power goes. */
  async function cut(at: number): Promise<{ entries: Entries; journal: Entries; done: boolean }> {
    const entries = await twoTables();
    const journal: Entries = new Map();
    const power: Power = { left: at };
    const store = new CutStore(entries, power);
    const previous = await readTable(store, PATH, 2);
    const table = withRows(moved(previous), Int32Array.of(2, 0));
    const save = {
      store,
      table,
      previous,
      journal: new CutStore(journal, power),
      identity: IDENTITY,
    };
    try {
      await saveTable(save);
      return { entries, journal, done: true };
    } catch {
      return { entries, journal, done: false };
    }
  }

  it("anywhere ends up wholly old or wholly new, and leaves all else alone", async () => {
    const old = await twoTables();
    const { entries: wholeNew } = await cut(Number.POSITIVE_INFINITY);
    const stateOf = (entries: Entries): string =>
      [old, wholeNew].map((whole) => (same(entries, whole) ? "whole" : "no")).join();
    const seen = new Set<string>();
    for (let at = 0, done = false; !done; at++) {
      const { entries, journal, done: uncut } = await cut(at);
      const cutOff = stateOf(entries);
      const { conflicts } = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
      expect(conflicts).toEqual([]);
      expect(stateOf(entries)).toMatch(cutOff === "whole,no" ? /whole/ : /no,whole/);
      expect(textOf(withoutTable(entries))).toEqual(textOf(withoutTable(old)));
      expect(journal.size).toBe(0);
      seen.add(`${cutOff} → ${stateOf(entries)}`);
      done = uncut;
    }
    expect([...seen]).toEqual([
      "whole,no → whole,no",
      "whole,no → no,whole",
      "no,no → no,whole",
      "no,whole → no,whole",
    ]);
  });

  it("in its recovery is finished by the next", async () => {
    const { entries: wholeNew } = await cut(Number.POSITIVE_INFINITY);
    const { entries, journal } = await middle();
    for (let at = 0; ; at++) {
      const power: Power = { left: at };
      const [source, kept] = [new Map(entries), new Map(journal)];
      try {
        await recoverSaves(new CutStore(source, power), new CutStore(kept, power), IDENTITY);
        break;
      } catch {
        await recoverSaves(storeOf(source), storeOf(kept), IDENTITY);
        expect(textOf(source)).toEqual(textOf(wholeNew));
        expect(kept.size).toBe(0);
      }
    }
  });

  /** Cut off between the first and the last file. */
  async function middle(): Promise<{ entries: Entries; journal: Entries }> {
    const old = await twoTables();
    for (let at = 0; ; at++) {
      const { entries, journal } = await cut(at);
      if (!same(entries, old)) return { entries, journal };
    }
  }

  it("is told and kept where the disk changed since, until the table as it is then is saved", async () => {
    const { entries, journal } = await middle();
    entries.set(`/${PATH}/X/0.0`, Uint8Array.of(1, 2, 3));
    const before = textOf(entries);
    const { finished, conflicts } = await recoverSaves(
      storeOf(entries),
      storeOf(journal),
      IDENTITY,
    );
    expect(finished).toEqual([]);
    expect(conflicts.map(({ path, fault }) => [path, fault.tag])).toEqual([[PATH, "conflict"]]);
    expect(textOf(entries)).toEqual(before);
    expect(journal.size).toBeGreaterThan(0);
    // Another program writes the whole table anew, and the user opens that.
    for (const key of entries.keys()) if (key.startsWith(`/${PATH}/`)) entries.delete(key);
    await putFovTable(layoutV2(entries), PATH, NGIO);
    const store = storeOf(entries);
    const save = { store, journal: storeOf(journal), identity: IDENTITY };
    const previous = await readTable(store, PATH, 2);
    await saveTable({ ...save, previous, table: moved(previous) });
    expect((await readTable(store, PATH, 2)).columns).toEqual(moved(previous).columns);
    expect(journal.size).toBe(0);
  });

  it("is finished although an entry before it cannot be understood, which is told and kept", async () => {
    const { entries, journal } = await middle();
    const mid = textOf(entries);
    const kept = { '{"version": 2}': "0-newer", "no JSON": "1-broken" };
    for (const [text, name] of Object.entries(kept))
      journal.set(
        keyOf(encodeURIComponent(IDENTITY), name, "header.json"),
        new TextEncoder().encode(text),
      );
    const saved = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
    expect(saved.finished).toEqual([PATH]);
    expect(saved.conflicts.map(({ path, fault }) => [path, fault.tag])).toEqual([
      [undefined, "invalid"],
      [undefined, "invalid"],
    ]);
    expect(textOf(entries)).not.toEqual(mid);
    expect(journal.size).toBe(2);
    const previous = await readTable(storeOf(entries), PATH, 2);
    const table = withRows(previous, Int32Array.of(0));
    await saveTable({
      store: storeOf(entries),
      table,
      previous,
      journal: storeOf(journal),
      identity: IDENTITY,
    });
    expect((await readTable(storeOf(entries), PATH, 2)).index.values).toHaveLength(1);
  });

  it("is not played on another source", async () => {
    const { journal } = await middle();
    const entries = await twoTables();
    const before = textOf(entries);
    const report = await recoverSaves(storeOf(entries), storeOf(journal), "plate 8");
    expect(report).toEqual({ finished: [], conflicts: [] });
    expect(textOf(entries)).toEqual(before);
    expect(journal.size).toBeGreaterThan(0);
  });

  it("is finished by the next save of the same table", async () => {
    const { entries, journal } = await middle();
    const store = storeOf(entries);
    const previous = await readTable(storeOf(await twoTables()), PATH, 2);
    const table = withRows(moved(previous), Int32Array.of(1));
    await saveTable({ store, table, previous, journal: storeOf(journal), identity: IDENTITY });
    const saved = await readTable(store, PATH, 2);
    expect(saved.index.values).toEqual(["FOV_2"]);
    expect(journal.size).toBe(0);
  });
});
