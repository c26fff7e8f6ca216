/** What the images of a collection are called: read from the file's own metadata, in the order of the list. */
import { expect, test } from "vitest";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readCollectionNames } from "./collection-names.ts";

function collectionOf(xml: string | undefined, ...paths: readonly string[]) {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  if (xml !== undefined)
    entries.set(
      "/a/OME/METADATA.ome.xml",
      new TextEncoder().encode(xml) as Uint8Array<ArrayBuffer>,
    );
  return {
    kind: "collection",
    path: "a",
    store: new MemoryStore({ kind: "memory", entries }),
    zarrFormat: 2,
    images: paths.map((path) => ({ path, acquisition: undefined })),
  } as const;
}

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
  <Image ID="Image:0" Name="slide 1 &amp; more > less"><ImagingEnvironmentSettings/><Pixels/></Image>
  <ImageRef ID="Image:9" Name="none of these"/>
  <Image Name='macro "label"' ID="Image:1"/>
  <Image ID="Image:2"><Description>Image Name="not this"</Description></Image>
</OME>`;

test("each image has the name that its element says, and those without one none", async () => {
  const names = ["slide 1 & more > less", 'macro "label"', undefined];
  expect(await readCollectionNames(collectionOf(XML, "0", "1", "2"))).toEqual(names);
  const prefixed = XML.replaceAll("<Image ", "<ome:Image ").replaceAll("</Image>", "</ome:Image>");
  expect(await readCollectionNames(collectionOf(prefixed, "0", "1", "2"))).toEqual(names);
});

test("there are none without the file, and none where it tells of other images", async () => {
  expect(await readCollectionNames(collectionOf(undefined, "0"))).toEqual([]);
  expect(await readCollectionNames(collectionOf(XML, "0", "1"))).toEqual([]);
});
