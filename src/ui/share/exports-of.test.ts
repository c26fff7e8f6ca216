/** What is exported, of an image whose chunks come when a test says so: channels as they are looked at, until it is stopped. */
import { expect, test } from "vitest";
import { wholeOf, worldOf } from "../../geometry/pixel-grid.ts";
import { lookAt } from "../../state/view.ts";
import { makeImage } from "../../testing/make-image.ts";
import { ManualChunks } from "../../testing/manual-chunks.ts";
import { sourceOver, testSession } from "../../testing/services.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { Histograms } from "../image/histograms.ts";
import { exportsOf } from "./exports-of.ts";

/** An image of three channels without a window, and its export. */
async function exporting() {
  const store = new MemoryStore();
  const image = await makeImage(store, {
    axes: ["c", "y", "x"],
    shape: [3, 1, 2],
    chunks: [1, 1, 2],
  });
  const session = testSession();
  lookAt(session.view, image);
  const chunks = new ManualChunks();
  const histograms = new Histograms(session, image, () => ({ multiscale: image, source: chunks }));
  const [level] = image.levels;
  const box = worldOf(level.grid);
  const stopping = new AbortController();
  const exported = exportsOf(
    {
      desk: { session, image, stage: { histograms } },
      source: sourceOver(store, session.services),
      parts: {
        kind: "image",
        title: "",
        each: [{ kind: "image", title: "", box, z: 0, suffix: "" }],
      },
      ...{ level, planes: "all" },
    },
    { signal: stopping.signal, onProgress: () => undefined },
  );
  return { chunks, exported, stopping, whole: wholeOf(level.grid) };
}

test("channels have the contrast found in their pixels, but for those whose pixels cannot be read", async () => {
  const { chunks, exported, whole } = await exporting();
  await chunks.answer("0 0,0,0", { data: Uint16Array.of(10, 20), shape: [1, 1, 2] });
  await chunks.fail("0 1,0,0", new Error("cut short"));
  await chunks.answer("0 2,0,0", "missing");
  const [{ crop }] = await exported;
  expect(crop.box).toEqual(whole);
  expect(crop.image.channels.map(({ window }) => window)).toEqual([
    { start: 10, end: 20 },
    undefined,
    undefined,
  ]);
});

test("it can be stopped while pixels for that are on their way", async () => {
  const { exported, stopping } = await exporting();
  stopping.abort();
  await expect(exported).rejects.toMatchObject({ tag: "aborted" });
});
