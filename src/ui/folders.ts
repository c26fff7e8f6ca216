/** Folders as a browser hands them over: picked in a dialog or dropped on the page. */
import { Fault } from "../base/fault.ts";

declare global {
  interface Window {
    showDirectoryPicker?(options?: { id?: string }): Promise<FileSystemDirectoryHandle>;
  }
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}

export function canPickFolders(): boolean {
  return typeof window.showDirectoryPicker === "function";
}

/** Why there is no folder access here, and what works instead. */
export function secureReason(): string {
  return window.isSecureContext
    ? "This browser gives pages no access to folders (Chrome, Edge and other Chromium browsers do). The demo and web addresses work here; edited tables can be downloaded."
    : "Folders and saving need a secure page: open Fovea over https or on localhost. Web addresses work here; edited tables can be downloaded.";
}

/** The folder the user picks, or undefined if the dialog was closed. */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await window.showDirectoryPicker?.({ id: "fovea" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw new Fault("denied", "The browser would not open a folder", { cause: error });
  }
}

/** The file of a drop that is a recipe by its name; what else is dropped is a folder. */
export function droppedRecipe({ files }: DataTransfer): File | undefined {
  return [...files].find(({ name }) => name.endsWith(".json"));
}

/** The files of a drop that a microscope wrote about its fields of view, by their names. */
export function droppedMetadata({ files }: DataTransfer): readonly File[] {
  return [...files].filter(({ name }) => /\.m[lr]f$/i.test(name));
}

/** The file of a drop that holds ROIs, by its name: as QuPath exports them, or a table. */
export function droppedRois({ files }: DataTransfer): File | undefined {
  return [...files].find(({ name }) => /\.(?:geojson|[ct]sv)$/i.test(name));
}

/** The folder of a drop; @throws Fault where something else was dropped, or folders cannot be had here. */
export async function droppedFolder(transfer: DataTransfer): Promise<FileSystemDirectoryHandle> {
  const item = [...transfer.items].find(({ kind }) => kind === "file");
  if (item === undefined) throw new Fault("input", "Drop a folder: a plate, a well or an image");
  if (!item.getAsFileSystemHandle) throw new Fault("unsupported", secureReason());
  const handle = await item.getAsFileSystemHandle();
  if (handle?.kind !== "directory")
    throw new Fault(
      "input",
      `"${handle?.name ?? "That"}" is a file. Drop the folder that holds it: a plate, a well or an image`,
    );
  return handle as FileSystemDirectoryHandle;
}
