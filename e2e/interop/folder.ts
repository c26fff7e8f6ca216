/** Takes a store in memory to a folder on disk and back: Fovea's own stores are the web's and the browser's. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { openStore } from "../../src/zarr/open-store.ts";
import type { StoreSpec, WritableStore } from "../../src/zarr/store.ts";

type MemorySpec = Extract<StoreSpec, { kind: "memory" }>;

export interface OpenedFolder {
  readonly spec: MemorySpec;
  readonly store: WritableStore;
}

/** An empty store, or one with all that a folder holds. */
export function openFolder(folder?: string): OpenedFolder {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of folder === undefined ? [] : filesBelow(folder)) {
    const key = `/${relative(folder ?? "", file)
      .split(sep)
      .join("/")}`;
    entries.set(key, Uint8Array.from(readFileSync(file)));
  }
  const spec: MemorySpec = { kind: "memory", entries };
  return { spec, store: openStore(spec) };
}

/** Writes every file of a store below a new folder. */
export function saveFolder({ spec }: Pick<OpenedFolder, "spec">, folder: string): void {
  for (const [key, bytes] of spec.entries) {
    const file = join(folder, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes, { flag: "wx" });
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
