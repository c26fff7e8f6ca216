/** Pixels of a part of an image as files: OME-Zarr, zipped or in a folder, and OME-TIFF. */
import { downloadZip } from "client-zip";
import { orStopped } from "../../base/abort.ts";
import { nounOf } from "../../base/counted.ts";
import { Fault, isAborted, isFault, sentence } from "../../base/fault.ts";
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
 * Makes the files of a format, each whole before the next, and hands them to the user: one as it is, several in one zip,
 * as a browser asks before it takes several.
 * @param together what the zip is called, without an ending
 * @throws Fault as `omeTiff` does
 */
export async function exportFiles(
  format: Exclude<Format, "folder">,
  all: readonly [Export, ...Export[]],
  together: string,
): Promise<void> {
  const [first, ...others] = all;
  if (others.length > 0) downloadBlob(`${together}.zip`, await zipOfAll(format, all));
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
  } catch (error) {
    // Files that are being written cannot be removed.
    await pool.run({ kind: "stop" }).catch(() => {});
    throw error;
  } finally {
    pool.close();
  }
}

/**
 * Makes an OME-Zarr each in a new folder of one that the user has picked; stopped or failed, all of them are removed again.
 * @throws Fault "denied", "conflict" where there is something of one of their names
 */
export async function exportFolders(
  { permitted }: Services,
  parent: FileSystemDirectoryHandle,
  all: readonly Export[],
): Promise<void> {
  if (!(await permitted(parent, "readwrite", true)))
    throw new Fault("denied", `The browser was not allowed to write to "${parent.name}"`);
  const entries = await openStore({ kind: "directory", handle: parent }).list("/");
  const there = new Set(entries.map(({ name }) => name.toLowerCase()));
  const taken = all.map(folderName).find((name) => there.has(name.toLowerCase()));
  if (taken !== undefined)
    throw new Fault("conflict", `"${parent.name}" holds ${taken} already: move that first`);
  const begun: string[] = [];
  try {
    for (const made of all) {
      const name = folderName(made);
      const handle = await parent.getDirectoryHandle(name, { create: true });
      begun.push(name);
      await copied(made, { kind: "directory", handle });
    }
  } catch (error) {
    const left = await notRemoved(parent, begun);
    if (left.length === 0) throw error;
    const text = `${left.join(", ")} in "${parent.name}" ${nounOf(left.length, "is", "are")} not whole, and could not be removed`;
    // Of what was only stopped nobody is told, and of this somebody has to be.
    if (isAborted(error)) throw new Fault("denied", text, { cause: error });
    const tag = isFault(error) ? error.tag : "denied";
    throw new Fault(tag, `${sentence(error)}; ${text}`, { cause: error });
  }
}

/** Removes folders; @returns those that could not be */
async function notRemoved(
  parent: FileSystemDirectoryHandle,
  names: readonly string[],
): Promise<string[]> {
  const tries = await Promise.allSettled(
    names.map((name) => parent.removeEntry(name, { recursive: true })),
  );
  return names.filter((_, i) => tries[i]?.status === "rejected");
}

const folderName = ({ name }: Export): string => `${name}.ome.zarr`;
