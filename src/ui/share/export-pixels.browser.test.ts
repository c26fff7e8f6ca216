/** Copies in a folder of the browser's own file system: all of them, or none, and which could not be taken away. */
import { expect, it } from "vitest";
import { Fault } from "../../base/fault.ts";
import { wholeOf } from "../../geometry/pixel-grid.ts";
import { makeImage } from "../../testing/make-image.ts";
import { privateFolderPerTest } from "../../testing/private-folder.ts";
import { testServices } from "../../testing/services.ts";
import { ChunkReader } from "../../zarr/chunk-reader.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { type Export, exportFolders } from "./export-pixels.ts";

const folder = privateFolderPerTest();

/** Copies by name; what is done when the last of them is read ends in this. */
async function exportsThat(end: () => Promise<never>, names: readonly string[]): Promise<Export[]> {
  const image = await makeImage(new MemoryStore(), {
    axes: ["y", "x"],
    shape: [4, 4],
    chunks: [4, 4],
  });
  const [level] = image.levels;
  const crop = { image, level, box: wholeOf(level.grid) };
  const failing = new ChunkReader();
  failing.read = end;
  return names.map((name, i) => ({
    ...{ crop, name, origin: {}, onProgress: () => undefined },
    source: i === names.length - 1 ? failing : new ChunkReader(),
    signal: new AbortController().signal,
  }));
}

async function held(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder().keys()) names.push(name);
  return names.sort();
}

/** Opens a file of a copy for writing: until it is closed again the copy cannot be removed. */
async function hold(name: string): Promise<FileSystemWritableFileStream> {
  const copy = await folder().getDirectoryHandle(`${name}.ome.zarr`);
  return (await copy.getFileHandle(".zattrs")).createWritable();
}

const FULL = new Fault("quota", "There is no room left");

it("leaves nothing where one fails, and says why", async () => {
  const all = await exportsThat(() => Promise.reject(FULL), ["a", "b", "c"]);
  await expect(exportFolders(testServices(), folder(), all)).rejects.toBe(FULL);
  expect(await held()).toEqual([]);
});

it("leaves only what cannot be removed, and says which, and why it was to go", async () => {
  const open: FileSystemWritableFileStream[] = [];
  const all = await exportsThat(async () => {
    open.push(await hold("a"), await hold("c"));
    throw FULL;
  }, ["a", "b", "c", "d"]);
  await expect(exportFolders(testServices(), folder(), all)).rejects.toMatchObject({
    tag: "quota",
    message: `There is no room left; a.ome.zarr, c.ome.zarr in "${folder().name}" are not whole, and could not be removed`,
  });
  expect(await held()).toEqual(["a.ome.zarr", "c.ome.zarr"]);
  for (const file of open) await file.close();
});

it("does not keep to itself what was left of one that was stopped", async () => {
  const open: FileSystemWritableFileStream[] = [];
  const all = await exportsThat(async () => {
    open.push(await hold("a"));
    throw new Fault("aborted", "Stopped on request");
  }, ["a", "b"]);
  await expect(exportFolders(testServices(), folder(), all)).rejects.toMatchObject({
    tag: "denied",
    message: `a.ome.zarr in "${folder().name}" is not whole, and could not be removed`,
  });
  for (const file of open) await file.close();
});
