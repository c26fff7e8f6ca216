/** Leftovers of killed writes, on a real file system: cleared away by leave, and never under a writer's hands. */
import { beforeEach, expect, test } from "vitest";
import { privateFolderPerTest } from "../testing/private-folder.ts";
import { messages, testServices } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { openStore } from "../zarr/open-store.ts";
import { remember } from "./identity.ts";
import { openFolder } from "./open.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import { type Source, sourceOf } from "./source.ts";
import { writing } from "./writing.ts";

const folder = privateFolderPerTest();

beforeEach(async () => {
  const store = openStore({ kind: "directory", handle: folder() });
  await smallImage(store);
  await putRois(store, "FOV_ROI_table", { backend: "anndata" });
  for (const name of ["tables/FOV_ROI_table/X/7.7", "labels/a/0/0.0", "labels/a/0/0.1"])
    await leave(name);
  await leave("labels/notes.txt");
});

/** An empty file, as a write that was killed leaves it. */
async function leave(path: string): Promise<void> {
  const parts = path.split("/");
  const last = parts.pop() ?? "";
  let at = folder();
  for (const part of parts) at = await at.getDirectoryHandle(part, { create: true });
  await at.getFileHandle(last, { create: true });
}

/** The empty files that are there. */
async function empties(at = folder(), path = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const [name, handle] of at.entries()) {
    if (handle.kind === "directory") found.push(...(await empties(handle, `${path}${name}/`)));
    else if ((await handle.getFile()).size === 0) found.push(path + name);
  }
  return found.sort();
}

async function opened(services: Services): Promise<Session> {
  const session = createSession(services);
  await openFolder(session, folder());
  return session;
}

const removedLabels = "Removed 2 files that a cut-off write had left in labels";

test("leftovers beside an image are cleared away, which is said; a file of the user is not", async () => {
  const session = await opened(testServices());
  expect(await empties()).toEqual(["labels/notes.txt"]);
  expect(messages(session)).toEqual([
    "Removed a file that a cut-off write had left in tables",
    removedLabels,
  ]);
});

test("without leave to write nothing is touched, and nobody is asked", async () => {
  const asked: boolean[] = [];
  const services = testServices({
    permitted: async (_handle, mode, ask) => {
      if (mode === "readwrite") asked.push(ask);
      return mode === "read";
    },
  });
  const session = await opened(services);
  expect(await empties()).toHaveLength(4);
  expect([asked, messages(session)]).toEqual([[false], []]);
});

test("what another tab is saving is none", async () => {
  const services = testServices();
  const { id } = await remember(services.folders, folder(), 1);
  const origin = { kind: "folder", handle: folder(), id } as const;
  const source: Source = sourceOf(origin, { kind: "directory", handle: folder() }, services);
  await writing(createSession(services), source, "tables", async () => {
    const session = await opened(services);
    expect(messages(session)).toEqual([removedLabels]);
  });
  expect(await empties()).toEqual(["labels/notes.txt", "tables/FOV_ROI_table/X/7.7"]);
});
