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
import { pickFolder } from "../folders.ts";

export type Format = "tiff" | "zip" | "folder";

export interface Export extends CropOptions {
  readonly crop: Crop;
  readonly source: ChunkSource;
  /** Without an ending. */
  readonly name: string;
  /** What the copy says of where it is from. */
  readonly origin: JsonObject;
}

/**
 * Makes the files of a format, each whole before the next, and hands them to the user: in a folder that is picked, else
 * one as it is and several in one zip, as a browser asks before it takes several.
 * @param together what the zip is called, without an ending
 * @throws Fault as `omeTiff` and `exportFolder`
 */
export async function exportFiles(
  services: Services,
  format: Format,
  all: readonly [Export, ...Export[]],
  together: string,
): Promise<void> {
  const [first, ...others] = all;
  if (format === "folder") {
    const parent = await pickFolder();
    if (parent) for (const made of all) await exportFolder(services, parent, made);
  } else if (others.length > 0) downloadBlob(`${together}.zip`, await zipOfAll(format, all));
  else if (format === "tiff") downloadBlob(`${first.name}.ome.tif`, await tiffOf(first));
  else downloadBlob(`${first.name}.ome.zarr.zip`, await zipOf(first));
}

/** Makes an OME-TIFF. @throws Fault as `omeTiff` does */
async function tiffOf({ crop, source, name, ...options }: Export): Promise<Blob> {
  const planes: Blob[] = [];
  // As Blobs of their own they need not stay in memory.
  for await (const part of omeTiff(source, crop, { name, ...options }))
    planes.push(new Blob([part]));
  return new Blob(planes, { type: "image/tiff" });
}

async function zipOfAll(
  format: Exclude<Format, "folder">,
  all: readonly [Export, ...Export[]],
): Promise<Blob> {
  const files: ZipFile[] = [];
  for (const made of all)
    if (format === "tiff") files.push({ name: `${made.name}.ome.tif`, input: await tiffOf(made) });
    else
      for (const file of await zarrFiles(made))
        files.push({ ...file, name: `${made.name}.ome.zarr/${file.name}` });
  return orStopped(downloadZip(files).blob(), all[0].signal);
}

interface ZipFile {
  readonly name: string;
  readonly input: Blob | Uint8Array<ArrayBuffer>;
}

/** A zipped OME-Zarr, nothing in it compressed twice. */
export async function zipOf(made: Export): Promise<Blob> {
  return orStopped(downloadZip(await zarrFiles(made)).blob(), made.signal);
}

async function zarrFiles({ origin, ...made }: Export): Promise<ZipFile[]> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const store = openStore({ kind: "memory", entries });
  await copyCrop(made.source, made.crop, store, { ...made, attributes: { fovea: origin } });
  const files = [...entries].map(([key, input]) => ({ name: key.slice(1), input }));
  // Metadata of the root first (OME-NGFF RFC 9).
  return files.sort((a, b) => a.name.split("/").length - b.name.split("/").length);
}

/**
 * Makes an OME-Zarr in a new folder of one that the user has picked; stopped or failed, it is removed again.
 * @throws Fault "denied", "conflict" where there is something of that name
 */
async function exportFolder(
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
