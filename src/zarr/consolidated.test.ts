/** Copies of metadata that other tools would believe are dropped above a change, and nothing else is. */
import { expect, it } from "vitest";
import { dropConsolidated } from "./consolidated.ts";
import { jsonBytes } from "./json-file.ts";
import { type MemorySpec, MemoryStore } from "./memory-store.ts";

function storeOf(documents: Readonly<Record<string, unknown>>) {
  const entries: MemorySpec["entries"] = new Map();
  for (const [key, value] of Object.entries(documents)) entries.set(key, jsonBytes(value));
  return { entries, store: new MemoryStore({ kind: "memory", entries }) };
}

it("drops .zmetadata of a v2 group and of those above, not of its neighbours", async () => {
  const { entries, store } = storeOf({
    "/.zmetadata": {},
    "/.zattrs": { plate: {} },
    "/B/03/0/.zmetadata": {},
    "/B/04/0/.zmetadata": {},
  });
  await dropConsolidated(store, "B/03/0/labels", 2);
  expect([...entries.keys()].sort()).toEqual(["/.zattrs", "/B/04/0/.zmetadata"]);
});

it("takes the copy out of v3 groups and leaves the rest of their metadata", async () => {
  const group = { zarr_format: 3, node_type: "group", attributes: { ome: {} } };
  const { entries, store } = storeOf({
    "/zarr.json": { ...group, consolidated_metadata: { kind: "inline" } },
    "/0/zarr.json": group,
  });
  const before = entries.get("/0/zarr.json");
  await dropConsolidated(store, "0/labels", 3);
  expect(entries.get("/zarr.json")).toEqual(jsonBytes(group));
  expect(entries.get("/0/zarr.json")).toBe(before);
});
