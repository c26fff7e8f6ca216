/** The folder store in a real file system: the browser's own. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FIVE, rangeCases } from "../testing/range-cases.ts";
import { DirectoryStore } from "./directory-store.ts";
import { sweep } from "./leftovers.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const name = crypto.randomUUID();
let handle: FileSystemDirectoryHandle;
let store: DirectoryStore;

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  handle = await root.getDirectoryHandle(name, { create: true });
  store = new DirectoryStore({ kind: "directory", handle });
});

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true });
});

/** Makes a file past the store, as another program would. */
async function put(path: string, ...values: number[]): Promise<FileSystemFileHandle> {
  const parts = path.split("/");
  const last = parts.pop() ?? "";
  let folder = handle;
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
  const file = await folder.getFileHandle(last, { create: true });
  const writing = await file.createWritable();
  await writing.write(bytes(...values));
  await writing.close();
  return file;
}

describe("reading", () => {
  test("bytes and ranges come as they were written, in buffers of their own", async () => {
    await store.set("/a/b/0.0", bytes(1, 2, 3, 4, 5));
    expect(await store.get("/a/b/0.0")).toEqual(bytes(1, 2, 3, 4, 5));
    const part = await store.getRange("/a/b/0.0", { offset: 1, length: 2 });
    expect(part).toEqual(bytes(2, 3));
    expect(part?.buffer.byteLength).toBe(2);
  });

  test.each(rangeCases)("%s of a file, a part is what there is of it", async (_, range, found) => {
    await store.set("/a", FIVE);
    expect(await store.getRange("/a", range)).toEqual(bytes(...found));
  });

  test("a name that is not there, a folder as a file and a file as a folder are missing", async () => {
    await store.set("/a/b", bytes(1));
    expect(await store.get("/none")).toBeUndefined();
    expect(await store.get("/none/deep/0")).toBeUndefined();
    expect(await store.get("/a")).toBeUndefined();
    expect(await store.get("/a/b/0")).toBeUndefined();
    expect(await store.getRange("/none", { suffixLength: 1 })).toBeUndefined();
  });

  test("what a killed write leaves is missing", async () => {
    await put("a/zarr.json");
    await put("a/0");
    await put("a/1.crswap", 1);
    expect(await store.get("/a/zarr.json")).toBeUndefined();
    expect(await store.get("/a/0")).toBeUndefined();
    expect(await store.get("/a/1.crswap")).toBeUndefined();
  });

  test("a file that another program replaces is read as it is now", async () => {
    await put("0", 1);
    expect(await store.get("/0")).toEqual(bytes(1));
    await put("0", 2, 3);
    expect(await store.get("/0")).toEqual(bytes(2, 3));
  });

  test("what was missing is found once it is there", async () => {
    expect(await store.get("/a/b/0")).toBeUndefined();
    await put("a/b/0", 1);
    expect(await store.get("/a/b/0")).toEqual(bytes(1));
  });
});

describe("writing", () => {
  test("replaces the whole file", async () => {
    await store.set("/0", bytes(1, 2, 3));
    await store.set("/0", bytes(9));
    expect(await store.get("/0")).toEqual(bytes(9));
  });

  test("that is stopped keeps the old file, and leaves no new one", async () => {
    await store.set("/old", bytes(1));
    for (const key of ["/old", "/new"] as const) {
      const stopping = new AbortController();
      const stopped = store.set(key, bytes(2), stopping);
      stopping.abort();
      await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
    }
    expect(await store.get("/old")).toEqual(bytes(1));
    const left: string[] = [];
    for await (const entry of handle.keys()) left.push(entry);
    expect(left).toEqual(["old"]);
  });

  test("where someone else is writing is a conflict, and both old file and writer go on", async () => {
    const file = await put("0", 1);
    const other = await file.createWritable();
    await expect(store.set("/0", bytes(2))).rejects.toMatchObject({ tag: "conflict", where: "/0" });
    await other.write(bytes(3));
    await other.close();
    expect(await store.get("/0")).toEqual(bytes(3));
  });

  test("below a folder that someone else removed makes it again", async () => {
    await store.set("/a/b/0", bytes(1));
    await handle.removeEntry("a", { recursive: true });
    await store.set("/a/b/1", bytes(2));
    expect(await store.get("/a/b/0")).toBeUndefined();
    expect(await store.get("/a/b/1")).toEqual(bytes(2));
  });

  test("below a file is a conflict", async () => {
    await store.set("/a", bytes(1));
    await expect(store.set("/a/0", bytes(1))).rejects.toMatchObject({ tag: "conflict" });
  });

  test("many files of new folders at once", async () => {
    const keys = Array.from({ length: 30 }, (_, i) => `/a/${i % 3}/${i}` as const);
    await Promise.all(keys.map((key, i) => store.set(key, bytes(i + 1))));
    const read = await Promise.all(keys.map((key) => store.get(key)));
    expect(read.map((b) => b?.[0])).toEqual(keys.map((_, i) => i + 1));
  });

  test.each([["/a\\b"], ["/.."]] as const)("the name %s is refused as input", async (key) => {
    await expect(store.set(key, bytes(1))).rejects.toMatchObject({ tag: "input", where: key });
  });
});

test("deleting takes a file, a folder with all below it, or nothing", async () => {
  for (const key of ["/a/b/0", "/a/c", "/d"] as const) await store.set(key, bytes(1));
  await store.delete("/d");
  await store.delete("/a");
  await store.delete("/a");
  await store.delete("/none/0");
  expect(await store.list("/")).toEqual([]);
  await store.set("/a/b/0", bytes(2));
  expect(await store.get("/a/b/0")).toEqual(bytes(2));
});

test("a folder lists what is directly below it, without leftovers", async () => {
  await store.set("/a/b/0", bytes(1));
  await store.set("/a/c", bytes(1));
  await put("a/d");
  await put("a/e.crswap", 1);
  const entries = [...(await store.list("/a"))].sort((x, y) => x.name.localeCompare(y.name));
  expect(entries).toEqual([
    { name: "b", kind: "directory" },
    { name: "c", kind: "file" },
  ]);
  expect(await store.list("/none")).toEqual([]);
  expect(await store.list("/a/c")).toEqual([]);
});

describe("sweep", () => {
  test("removes leftovers below a folder and nothing else", async () => {
    for (const leftover of ["a/zarr.json", "a/.zattrs", "a/c/0/1", "a/0.0.1", "a/c.0"])
      await put(leftover);
    await put("a/c/0/2.crswap", 1);
    await put("a/notes.txt");
    await put("a/table.csv");
    await put("a/c/0/3", 1);
    await put("beside/0");
    expect([...(await sweep(store, "a"))].sort()).toEqual(
      ["/a/.zattrs", "/a/0.0.1", "/a/c.0", "/a/c/0/1", "/a/c/0/2.crswap", "/a/zarr.json"].sort(),
    );
    expect(await sweep(store, "a")).toEqual([]);
    expect(await sweep(store, "")).toEqual(["/beside/0"]);
    const folder = await handle.getDirectoryHandle("a");
    await expect(folder.getFileHandle("notes.txt")).resolves.toBeDefined();
  });

  test("of a folder that is not there removes nothing", async () => {
    expect(await sweep(store, "none")).toEqual([]);
  });
});
