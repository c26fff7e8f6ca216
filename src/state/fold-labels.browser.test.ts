/** The objects of a label folded in a real worker, as on the page's own thread. */
import { expect, test } from "vitest";
import { extentsOf } from "../roi/object-extents.ts";
import { noShelf } from "../testing/services.ts";
import { browserServices } from "./browser-services.ts";

test("a worker finds the extents that this thread finds, is given the pixels, and stops on request", async () => {
  const { foldLabels } = browserServices("test", noShelf);
  const labels = Uint32Array.from({ length: 64 * 64 }, (_, i) => (i % 7 === 0 ? i % 5 : 0));
  const place = { min: [3, 10, 20], shape: [1, 64, 64] };
  const here = extentsOf(labels, place);
  expect(await foldLabels({ labels, ...place }, {})).toEqual(here);
  expect(labels.length).toBe(0);

  const stop = new AbortController();
  const stopped = foldLabels({ labels: new Uint32Array(64 * 64), ...place }, stop);
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ tag: "aborted" });
});
