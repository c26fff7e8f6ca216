/** The demo as the page makes it: on workers, into the browser's own file system. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openImage } from "../ome/open-image.ts";
import { openNode } from "../ome/open-node.ts";
import { openStore } from "../zarr/open-store.ts";
import type { WritableStore } from "../zarr/store.ts";
import { type DemoPool, wellsInWorkers } from "./demo-pool.ts";
import { demoState, makeDemo } from "./make-demo.ts";

let store: WritableStore;
let maker: DemoPool;

// A folder of its own each time: workers that are ended let go of their files only later.
beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getDirectoryHandle(`demo-${crypto.randomUUID()}`, { create: true });
  store = openStore({ kind: "directory", handle });
  maker = wellsInWorkers(2);
});

afterEach(() => maker.close());

test("a well can be opened while others are made, and stopping leaves a demo to go on with", async () => {
  const controller = new AbortController();
  let first = "";
  const made = makeDemo(store, {
    maker,
    signal: controller.signal,
    onProgress: ({ well }) => {
      first ||= well;
      controller.abort();
    },
  });
  await expect(made).rejects.toMatchObject({ tag: "aborted" });
  expect(first).toMatch(/^B\/0[345]$/);
  expect(await demoState(store)).toBe("partial");
  expect(await openNode(store, first)).toMatchObject({ kind: "well" });
  const image = await openImage(store, `${first}/0`);
  expect(image.problems).toEqual([]);
  expect(image.levels).toHaveLength(4);
});
