/** Tables copied, renamed and deleted to the byte, cut off at every single operation, and what others do meanwhile. */
import { describe, expect, it } from "vitest";
import { Fault } from "../base/fault.ts";
import {
  type Entries,
  FTC,
  layoutV2,
  layoutV3,
  NGIO,
  putFovTable,
  storeOf,
} from "../testing/anndata-store.ts";
import { CutStore } from "../testing/cut-store.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { keyOf } from "../zarr/store.ts";
import { withRows } from "./columns.ts";
import { copyTable, deleteTable, putTable, renameTable, type Tables } from "./move-tables.ts";
import { readTable } from "./read-table.ts";
import { recoverSaves } from "./recover-saves.ts";
import { saveTable } from "./save-table.ts";
import { listTables } from "./table-list.ts";

const IDENTITY = "plate 7/é";

async function image(format: 2 | 3 = 2): Promise<Entries> {
  const entries: Entries = new Map();
  const layout = format === 2 ? layoutV2(entries) : layoutV3(entries);
  layout.group("tables", { tables: ["FOV", "other"], kept: true });
  await putFovTable(layout, "tables/FOV", FTC);
  await putFovTable(layout, "tables/other", NGIO);
  // What no reader of tables knows goes along.
  entries.set("/tables/FOV/uns/deep/thing", Uint8Array.of(1, 2, 3));
  return entries;
}

const over = (store: Tables["store"], journal: Tables["journal"], format: 2 | 3 = 2): Tables => ({
  store,
  imagePath: "",
  format,
  journal,
  identity: IDENTITY,
});

const filesOf = (entries: Entries, name: string): Record<string, string> =>
  Object.fromEntries(
    [...entries]
      .filter(([key]) => key.startsWith(`/tables/${name}/`))
      .map(([key, bytes]): [string, string] => [
        key.slice(`/tables/${name}/`.length),
        [...bytes].join(),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const namesOf = async (entries: Entries, format: 2 | 3 = 2) =>
  (await listTables(storeOf(entries), "", format)).names;

describe.each([2, 3] as const)("in Zarr v%i", (format) => {
  it("a copy is the same to the byte, and listed last", async () => {
    const entries = await image(format);
    const journal: Entries = new Map();
    await copyTable(over(storeOf(entries), storeOf(journal), format), "FOV", "FOV copy");
    expect(filesOf(entries, "FOV copy")).toEqual(filesOf(entries, "FOV"));
    expect(await namesOf(entries, format)).toEqual(["FOV", "other", "FOV copy"]);
    expect(journal.size).toBe(0);
  });

  it("a renamed table keeps its bytes and its place in the list", async () => {
    const entries = await image(format);
    const before = filesOf(entries, "FOV");
    await renameTable(over(storeOf(entries), undefined, format), "FOV", "Fields");
    expect(filesOf(entries, "Fields")).toEqual(before);
    expect(filesOf(entries, "FOV")).toEqual({});
    expect(await namesOf(entries, format)).toEqual(["Fields", "other"]);
  });

  it("a deleted table comes back as it was, where it was", async () => {
    const entries = await image(format);
    const before = new Map(entries);
    const tables = over(storeOf(entries), storeOf(new Map()), format);
    const gone = await deleteTable(tables, "FOV");
    expect(await namesOf(entries, format)).toEqual(["other"]);
    expect(filesOf(entries, "FOV")).toEqual({});
    await putTable(tables, gone);
    expect(new Map([...entries].sort())).toEqual(new Map([...before].sort()));
  });
});

it.each([
  ["other", 'There is a table named "other" already'],
  ["OTHER", '"OTHER" and "other" differ in case alone, which many disks cannot tell apart'],
  ["a/b", "A table's name cannot hold /"],
  [".hidden", 'A table\'s name cannot begin with "."'],
  ["nul", '"nul" names a device on Windows'],
  [" ", "A table needs a name"],
])("nothing is written under the name %j", async (name, sentence) => {
  const entries = await image();
  const before = new Map(entries);
  const tables = over(storeOf(entries), storeOf(new Map()));
  await expect(copyTable(tables, "FOV", name)).rejects.toThrow(sentence);
  await expect(renameTable(tables, "FOV", name)).rejects.toThrow(sentence);
  expect(entries).toEqual(before);
});

const acts = {
  copy: (tables: Tables) => copyTable(tables, "FOV", "new"),
  rename: (tables: Tables) => renameTable(tables, "FOV", "new"),
  delete: (tables: Tables) => deleteTable(tables, "FOV"),
};

/**
 * For each table the list or a folder names: whole, or broken. One that no list names is read in v2 without its
 * ".zgroup" too, which comes last and goes first.
 */
async function stateOf(entries: Entries, whole: Record<string, string>): Promise<string> {
  const { names, unlisted } = await listTables(storeOf(entries), "", 2);
  const text = (files: Record<string, string>, name: string): string => {
    const { ".zgroup": group, ...others } = files;
    return JSON.stringify(unlisted.includes(name) ? others : { ...others, group });
  };
  return names
    .filter((name) => name !== "other")
    .map((name) => {
      const isWhole = text(filesOf(entries, name), name) === text(whole, name);
      return `${name} ${isWhole ? "whole" : "broken"}`;
    })
    .join();
}

describe.each(Object.entries(acts))("a cut-off %s", (_, act) => {
  it("shows whole tables alone, and is done or undone at the next opening, leaving nothing", async () => {
    const old = await image();
    const whole = filesOf(old, "FOV");
    const done = new Map(old);
    await act(over(storeOf(done), undefined));
    const wanted = JSON.stringify([...done].map(([key, bytes]) => [key, [...bytes]]).sort());
    const started = JSON.stringify([...old].map(([key, bytes]) => [key, [...bytes]]).sort());
    const ends = new Set<string>();
    for (let at = 0; ; at++) {
      const [entries, journal] = [new Map(old), new Map() as Entries];
      const power = { left: at };
      const cut = await act(over(new CutStore(entries, power), new CutStore(journal, power))).then(
        () => false,
        () => true,
      );
      expect(await stateOf(entries, whole)).not.toMatch(/broken/);
      const { conflicts } = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
      expect(conflicts).toEqual([]);
      const now = JSON.stringify([...entries].map(([key, bytes]) => [key, [...bytes]]).sort());
      expect([wanted, started]).toContain(now);
      ends.add(now === wanted ? "done" : "undone");
      expect(journal.size).toBe(0);
      if (!cut) break;
    }
    expect([...ends]).toEqual(["undone", "done"]);
  });
});

describe("what others did since a renaming was cut off", () => {
  /** Cut off when the list has changed, before the first old file is gone. */
  async function renamed(): Promise<{ entries: Entries; journal: Entries }> {
    const old = await image();
    for (let at = 0; ; at++) {
      const [entries, journal] = [new Map(old), new Map() as Entries];
      const power = { left: at };
      const tables = over(new CutStore(entries, power), new CutStore(journal, power));
      await renameTable(tables, "FOV", "new").catch(() => undefined);
      const { names, unlisted } = await listTables(storeOf(entries), "", 2);
      if (names.includes("new") && !unlisted.includes("new")) return { entries, journal };
    }
  }

  const THERE = new Uint8Array();

  it("to the new table stays", async () => {
    const { entries, journal } = await renamed();
    entries.set("/tables/new/X/0.0", Uint8Array.of(9));
    const { conflicts } = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
    expect(conflicts).toEqual([]);
    expect(entries.get("/tables/new/X/0.0")).toEqual(Uint8Array.of(9));
    expect(filesOf(entries, "FOV")).toEqual({});
  });

  it("under the old name stays, and is told once", async () => {
    const { entries, journal } = await renamed();
    entries.set(keyOf("tables/FOV/X/0.0"), Uint8Array.of(9));
    const before = filesOf(entries, "FOV");
    const { conflicts } = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
    expect(conflicts.map(({ fault }) => fault.tag)).toEqual(["conflict"]);
    expect(filesOf(entries, "FOV")).toEqual(before);
    expect(journal.size).toBe(0);
  });

  it("to a table half deleted is told until what was deleted is somewhere else", async () => {
    const [before, journal] = [await image(), new Map() as Entries];
    const store = new WatchedStore(new Map(before));
    const { entries } = store.spec;
    let deletions = 0;
    store.before = ({ kind, key }) => {
      const isFile = kind === "delete" && key.startsWith("/tables/FOV/");
      if (isFile && ++deletions > 2) throw new Fault("denied", "The disk is gone");
    };
    await expect(deleteTable(over(store, storeOf(journal)), "FOV")).rejects.toThrow();
    const gone = [...before.keys()].filter((key) => !entries.has(key));
    expect(gone.length).toBeGreaterThan(0);
    entries.set("/tables/FOV/X/0.0", Uint8Array.of(9));
    const told = async () => {
      const { conflicts } = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
      return conflicts.map(({ path }) => path);
    };
    expect(await told()).toEqual(["tables/FOV"]);
    expect(await told()).toEqual(["tables/FOV"]);
    for (const key of gone)
      entries.set(keyOf(key.replace("/FOV/", "/copy/").slice(1)), before.get(key) ?? THERE);
    expect(await told()).toEqual(["tables/FOV"]);
    expect(await told()).toEqual([]);
    expect(entries.get("/tables/FOV/X/0.0")).toEqual(Uint8Array.of(9));
  });
});

describe("what others write under the new name meanwhile", () => {
  /** Somebody else writes `theirs` once the first new file was asked about, or the first was written. */
  async function taken(after: "get" | "set"): Promise<{ entries: Entries; journal: Entries }> {
    const [store, journal] = [new WatchedStore(await image()), new Map() as Entries];
    store.before = ({ kind, key }) => {
      if (kind !== after || !key.startsWith("/tables/new/")) return;
      store.before = () => undefined;
      for (const [name, bytes] of Object.entries(THEIRS))
        store.spec.entries.set(keyOf(`tables/new/${name}`), bytes);
      if (after === "set") throw new Fault("denied", "The disk is full");
    };
    await expect(renameTable(over(store, storeOf(journal)), "FOV", "new")).rejects.toThrow();
    return { entries: store.spec.entries, journal };
  }
  const THEIRS = { "table.csv": Uint8Array.of(7), "obs/.zgroup": Uint8Array.of(8) };

  it.each(["get", "set"] as const)(
    "stays, and nothing else is left (after a %s)",
    async (after) => {
      const { entries, journal } = await taken(after);
      expect(filesOf(entries, "new")).toEqual({ "table.csv": "7", "obs/.zgroup": "8" });
      expect(filesOf(entries, "FOV")).toEqual(filesOf(await image(), "FOV"));
      expect(await namesOf(entries)).toEqual(["FOV", "other"]);
      expect(journal.size).toBe(0);
    },
  );

  it("does not stand for a renaming that was cut off before it, of a table no list named", async () => {
    const [old, journal] = [await image(), new Map() as Entries];
    old.set("/tables/.zattrs", jsonBytes({ tables: ["other"] }));
    const store = new WatchedStore(old);
    store.before = ({ kind, key }) => {
      if (kind !== "get" && key.startsWith("/tables/new")) throw new Fault("denied", "Gone");
    };
    await expect(renameTable(over(store, storeOf(journal)), "FOV", "new")).rejects.toThrow("Gone");
    expect(journal.size).toBeGreaterThan(0);
    const entries = store.spec.entries;
    await copyTable(over(storeOf(entries), undefined), "other", "new");
    const { conflicts } = await recoverSaves(storeOf(entries), storeOf(journal), IDENTITY);
    expect(conflicts.map(({ fault }) => fault.tag)).toEqual(["conflict"]);
    expect(filesOf(entries, "FOV")).toEqual(filesOf(await image(), "FOV"));
    expect(filesOf(entries, "new")).toEqual(filesOf(entries, "other"));
  });
});

it.each(Object.entries(acts))(
  "a %s first finishes a save of the table that was cut off",
  async (_, act) => {
    const saved = async (left: number): Promise<{ entries: Entries; journal: Entries }> => {
      const [entries, journal] = [await image(), new Map() as Entries];
      const store = new CutStore(entries, { left });
      const previous = await readTable(store, "tables/FOV", 2);
      const table = withRows(previous, Int32Array.of(1));
      const save = { store, journal: storeOf(journal), identity: IDENTITY, previous, table };
      await saveTable(save).catch(() => undefined);
      return { entries, journal };
    };
    const { entries, journal } = await saved(1);
    const whole = await saved(Number.POSITIVE_INFINITY);
    expect(journal.size).toBeGreaterThan(0);
    await act(over(storeOf(entries), storeOf(journal)));
    await act(over(storeOf(whole.entries), storeOf(whole.journal)));
    expect(new Map([...entries].sort())).toEqual(new Map([...whole.entries].sort()));
    expect(journal.size).toBe(0);
  },
);

it("a copy reads as its original does, and is saved on its own", async () => {
  const entries = await image();
  const store = storeOf(entries);
  await copyTable(over(store, storeOf(new Map())), "other", "mine");
  const [one, two] = await Promise.all([
    readTable(store, "tables/other", 2),
    readTable(store, "tables/mine", 2),
  ]);
  expect([two.index, two.columns, two.backend]).toEqual([one.index, one.columns, one.backend]);
});
