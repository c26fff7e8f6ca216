/** Pixels of a part of an image as files: OME-Zarr, zipped or in a folder, and OME-TIFF. */
import { downloadZip } from "client-zip";
import { orStopped } from "../../base/abort.ts";
import { Fault } from "../../base/fault.ts";
import type { JsonObject } from "../../base/json.ts";
import { type Crop, type CropOptions, copyCrop } from "../../ome/crop.ts";
import { omeTiff } from "../../ome/ome-tiff.ts";
import type { Services } from "../../state/services.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { openStore } from "../../zarr/open-store.ts";
import { downloadBlob } from "../download.ts";

export type Format = "tiff" | "zip" | "folder";

export interface Export extends CropOptions {
  readonly crop: Crop;
  readonly source: ChunkSource;
  /** Without an ending. */
  readonly name: string;
  /** What the copy says of where it is from. */
  readonly origin: JsonObject;
}

/** Makes an OME-TIFF and hands it to the user. @throws Fault as `omeTiff` does */
export async function exportTiff({ crop, source, name, ...options }: Export): Promise<void> {
  const planes: Blob[] = [];
  // As Blobs of their own they need not stay in memory.
  for await (const part of omeTiff(source, crop, { name, ...options }))
    planes.push(new Blob([part]));
  downloadBlob(`${name}.ome.tif`, new Blob(planes, { type: "image/tiff" }));
}

/** Makes a zipped OME-Zarr and hands it to the user. */
export async function exportZip(made: Export): Promise<void> {
  downloadBlob(`${made.name}.ome.zarr.zip`, await zipOf(made));
}

/** A zipped OME-Zarr, nothing in it compressed twice. */
export async function zipOf({ origin, ...made }: Export): Promise<Blob> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = openStore({ kind: "memory", entries });
  await copyCrop(made.source, made.crop, store, { ...made, attributes: { fovea: origin } });
  const files = [...entries].map(([key, input]) => ({ name: key.slice(1), input }));
  // Metadata of the root first (OME-NGFF RFC 9).
  files.sort((a, b) => a.name.split("/").length - b.name.split("/").length);
  return orStopped(downloadZip(files).blob(), made.signal);
}

/**
 * Makes an OME-Zarr in a new folder of one that the user has picked; stopped or failed, it is removed again.
 * @throws Fault "denied", "conflict" where there is something of that name
 */
export async function exportFolder(
  { permitted }: Services,
  parent: FileSystemDirectoryHandle,
  { origin, ...made }: Export,
): Promise<void> {
  if (!(await permitted(parent, "readwrite", true)))
    throw new Fault("denied", `The browser was not allowed to write to "${parent.name}"`);
  const name = `${made.name}.ome.zarr`;
  const folder = openStore({ kind: "directory", handle: parent });
  if ((await folder.list("/")).some((entry) => entry.name === name))
    throw new Fault("conflict", `"${parent.name}" holds ${name} already: move that first`);
  const handle = await parent.getDirectoryHandle(name, { create: true });
  const store = openStore({ kind: "directory", handle });
  try {
    await copyCrop(made.source, made.crop, store, { ...made, attributes: { fovea: origin } });
  } catch (error) {
    await parent.removeEntry(name, { recursive: true });
    throw error;
  }
}
