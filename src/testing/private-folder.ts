/** A folder of its own in the browser's private file system, for one test; gone after it. */
import { afterEach, beforeEach } from "vitest";

/** @returns what gives the folder of the test that runs */
export function privateFolderPerTest(): () => FileSystemDirectoryHandle {
  let name = "";
  let handle: FileSystemDirectoryHandle | undefined;
  beforeEach(async () => {
    name = crypto.randomUUID();
    handle = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, {
      create: true,
    });
  });
  afterEach(async () => {
    await (await navigator.storage.getDirectory()).removeEntry(name, { recursive: true });
  });
  return () => {
    if (handle === undefined) throw new Error("There is a folder only while a test runs");
    return handle;
  };
}
