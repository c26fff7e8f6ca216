/** An image that is made beside another is listed in its well, and taken off the list again. */
import { expect, it } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { writeGroup } from "../zarr/hierarchy.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readNode } from "../zarr/node.ts";
import { omeAttributes, withOme } from "./attributes.ts";
import { isInWell, registerInWell, unregisterInWell } from "./register-well-image.ts";

it("lists an image beside another one, in its acquisition, and takes it off again", async () => {
  for (const format of [2, 3] as const) {
    const store = new MemoryStore();
    const made = await makeImage(store, {
      axes: ["y", "x"],
      shape: [2, 2],
      chunks: [2, 2],
      format,
    });
    const image = { ...made, path: "B/03/0" };
    const images = [{ path: "1" }, { path: "0", acquisition: 4 }];
    const own = { note: "kept" };
    await writeGroup(
      store,
      "B/03",
      format,
      withOme(format, own, { well: { images, version: "x" } }),
    );
    const listed = async () => {
      const node = await readNode(store, "B/03", { format });
      expect(node?.attributes["note"]).toBe("kept");
      return node && omeAttributes(node)["well"];
    };
    await registerInWell(image, "0_corrected");
    await registerInWell(image, "0_corrected");
    expect(await listed()).toEqual({
      images: [...images, { path: "0_corrected", acquisition: 4 }],
      version: "x",
    });
    expect(await isInWell(image, "0_corrected")).toBe(true);
    await unregisterInWell(image, "0_corrected");
    expect(await listed()).toEqual({ images, version: "x" });
    expect(await isInWell(image, "0_corrected")).toBe(false);
  }
});

it("does nothing where the image lies in no well", async () => {
  const store = new MemoryStore();
  const image = await makeImage(store, { axes: ["y", "x"], shape: [2, 2], chunks: [2, 2] });
  const before = new Map(store.spec.entries);
  await registerInWell(image, "other");
  await registerInWell({ ...image, path: "a/b" }, "other");
  expect(await isInWell(image, "other")).toBe(false);
  expect(store.spec.entries).toEqual(before);
});
