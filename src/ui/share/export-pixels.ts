/** Pixels of a part of an image as files: OME-Zarr, zipped or in a folder, and OME-TIFF. */
import { downloadZip } from "client-zip";
import { orStopped } from "../../base/abort.ts";
import { Fault } from "../../base/fault.ts";
import type { JsonObject } from "../../base/json.ts";
import { breaks } from "../../base/steps.ts";
import { WorkerPool } from "../../base/worker-pool.ts";
import { type BeginCopy, type Crop, type CropOptions, copyCrop } from "../../ome/crop.ts";
import type { CropAnswer, CropRequest } from "../../ome/crop-host.ts";
import { omeTiff } from "../../ome/ome-tiff.ts";
import type { Services } from "../../state/services.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { openStore } from "../../zarr/open-store.ts";
import type { StoreSpec } from "../../zarr/store.ts";
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
  else downloadBlob(`${first.name}.ome.zarr.zip`, await zipOf(await zarrFiles(first), first));
}

/** How long the page may be kept busy at a time, in milliseconds, and what it copies without a break. */
const SLICE_MS = 12;
const PIECE_BYTES = 4 * 2 ** 20;

/** Makes an OME-TIFF. @throws Fault as `omeTiff` does */
async function tiffOf({ crop, source, name, ...options }: Export): Promise<Blob> {
  const pieces: Blob[] = [];
  const pause = breaks(SLICE_MS, options.signal);
  // As Blobs of their own they need not stay in memory.
  for await (const part of omeTiff(source, crop, { name, ...options }))
    for (let at = 0; at < part.length; at += PIECE_BYTES) {
      await pause();
      pieces.push(new Blob([part.subarray(at, at + PIECE_BYTES)]));
    }
  return new Blob(pieces, { type: "image/tiff" });
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
  return zipOf(files, all[0]);
}

interface ZipFile {
  readonly name: string;
  readonly input: Blob;
}

/** Nothing in it is compressed twice. */
export function zipOf(files: readonly ZipFile[], { signal }: Pick<Export, "signal">) {
  return orStopped(downloadZip(files).blob(), signal);
}

async function zarrFiles(made: Export): Promise<ZipFile[]> {
  return filesOfZarr(await copied(made, { kind: "memory", entries: new Map() }));
}

/** The files of a store in the order of a zip: metadata of the root first (OME-NGFF RFC 9). */
export function filesOfZarr(entries: CropAnswer): ZipFile[] {
  const files = [...entries].map(([key, input]) => ({ name: key.slice(1), input }));
  return files.sort((a, b) => a.name.split("/").length - b.name.split("/").length);
}

/** Writes a copy in a worker, where encoding keeps nobody waiting. @returns its files, where that was to memory */
async function copied({ origin, source, crop, ...made }: Export, to: StoreSpec) {
  const pool = new WorkerPool<CropRequest, CropAnswer>(
    () => new Worker(new URL("../../ome/crop.worker.ts", import.meta.url), { type: "module" }),
    1,
  );
  let files: CropAnswer = new Map();
  const begin: BeginCopy = async (spec) => {
    await pool.run({ kind: "begin", spec, to });
    return {
      put: async (patch) => {
        await pool.run({ kind: "put", patch }, { transfer: [patch.data.buffer] });
      },
      finish: async () => {
        files = await pool.run({ kind: "finish" });
      },
    };
  };
  try {
    await copyCrop(source, crop, begin, { ...made, attributes: { fovea: origin } });
    return files;
  } finally {
    pool.close();
  }
}

/**
 * Makes an OME-Zarr in a new folder of one that the user has picked; stopped or failed, it is removed again.
 * @throws Fault "denied", "conflict" where there is something of that name
 */
async function exportFolder(
  { permitted }: Services,
  parent: FileSystemDirectoryHandle,
  made: Export,
): Promise<void> {
  if (!(await permitted(parent, "readwrite", true)))
    throw new Fault("denied", `The browser was not allowed to write to "${parent.name}"`);
  const name = `${made.name}.ome.zarr`;
  const folder = openStore({ kind: "directory", handle: parent });
  if ((await folder.list("/")).some((entry) => entry.name === name))
    throw new Fault("conflict", `"${parent.name}" holds ${name} already: move that first`);
  const handle = await parent.getDirectoryHandle(name, { create: true });
  try {
    await copied(made, { kind: "directory", handle });
  } catch (error) {
    await parent.removeEntry(name, { recursive: true });
    throw error;
  }
}
