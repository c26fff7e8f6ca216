/** A store in a folder the user picked, or in the browser's own file system (OPFS). */
import { stopped, throwIfStopped } from "../base/abort.ts";
import { Fault, isAborted } from "../base/fault.ts";
import { isSwap } from "./leftovers.ts";
import type { Entry, Key, Options, Range, StoreSpec, WritableStore } from "./store.ts";

export type DirectorySpec = Extract<StoreSpec, { kind: "directory" }>;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A file being written exists with no bytes until it is closed, and stays so if the browser is killed: a file of no
 * bytes is therefore missing, as is a `*.crswap` (the part written so far).
 */
export class DirectoryStore implements WritableStore {
  readonly spec: DirectorySpec;
  readonly #folders = new Map<string, Promise<FileSystemDirectoryHandle>>();

  constructor(spec: DirectorySpec) {
    this.spec = spec;
  }

  get(key: Key, options: Options = {}): Promise<Bytes | undefined> {
    return this.#read(key, (file) => file, options);
  }

  getRange(key: Key, range: Range, options: Options = {}): Promise<Bytes | undefined> {
    return this.#read(key, (file) => partOf(file, range), options);
  }

  /** Replaces the file when all bytes are in; until then, and if anything fails, the old file stays. */
  async set(key: Key, bytes: Bytes, { signal }: Options = {}): Promise<void> {
    throwIfStopped(signal);
    try {
      const file = await this.#fileToWrite(key);
      // "exclusive": a second writer of the same file is refused instead of the last one to close winning.
      const options: FileSystemCreateWritableOptions & { mode: "exclusive" } = {
        mode: "exclusive",
      };
      const writing = await file.createWritable(options);
      try {
        await writing.write(bytes);
        throwIfStopped(signal);
        await writing.close();
      } catch (error) {
        await writing.abort().catch(() => {});
        // A new file has no bytes yet, and is better not there. If this fails too, `sweep` finds it.
        const isNew = await file.getFile().then(
          ({ size }) => size === 0,
          () => false,
        );
        if (isNew) await this.delete(key).catch(() => {});
        throw error;
      }
    } catch (error) {
      throw faultOf(error, "write", key, signal);
    }
  }

  async delete(key: Key, { signal }: Options = {}): Promise<void> {
    throwIfStopped(signal);
    const { folder, name } = split(key);
    try {
      const parent = await this.#folder(folder, false);
      await parent.removeEntry(name, { recursive: true });
    } catch (error) {
      if (!isMissing(error)) throw faultOf(error, "delete", key, signal);
    } finally {
      // A handle of what was deleted may never find what is made there again.
      this.#folders.clear();
    }
  }

  async list(key: Key, { signal }: Options = {}): Promise<readonly Entry[]> {
    throwIfStopped(signal);
    const found: Entry[] = [];
    try {
      const folder = await this.#folder(key, false);
      for await (const [name, handle] of folder.entries()) {
        throwIfStopped(signal);
        if (isSwap(name)) continue;
        if (handle.kind === "file" && (await handle.getFile()).size === 0) continue;
        found.push({ name, kind: handle.kind });
      }
    } catch (error) {
      if (!isMissing(error)) throw faultOf(error, "list", key, signal);
    }
    return found;
  }

  async #read(
    key: Key,
    part: (file: File) => Blob,
    { signal }: Options,
  ): Promise<Bytes | undefined> {
    throwIfStopped(signal);
    const { folder, name } = split(key);
    if (isSwap(name)) return undefined;
    try {
      const handle = await (await this.#folder(folder, false)).getFileHandle(name);
      const read = async () => {
        const file = await handle.getFile();
        return file.size === 0 ? undefined : new Uint8Array(await part(file).arrayBuffer());
      };
      // A file replaced between the two calls is not readable through the old File.
      const bytes = await read().catch((error) => {
        if (nameOf(error) === "NotReadableError") return read();
        throw error;
      });
      throwIfStopped(signal);
      return bytes;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw faultOf(error, "read", key, signal);
    }
  }

  async #fileToWrite(key: Key): Promise<FileSystemFileHandle> {
    const { folder, name } = split(key);
    try {
      return await (await this.#folder(folder, true)).getFileHandle(name, { create: true });
    } catch (error) {
      if (nameOf(error) !== "NotFoundError") throw error;
      // Someone else removed a folder whose handle is kept here.
      this.#folders.clear();
      return (await this.#folder(folder, true)).getFileHandle(name, { create: true });
    }
  }

  /** Handles are kept: finding a folder again costs as much as writing a small file. */
  #folder(key: Key, create: boolean): Promise<FileSystemDirectoryHandle> {
    if (key === "/") return Promise.resolve(this.spec.handle);
    const kept = this.#folders.get(key);
    if (kept !== undefined) return kept;
    const { folder, name } = split(key);
    const found = this.#folder(folder, create).then((parent) =>
      parent.getDirectoryHandle(name, { create }),
    );
    if (create) this.#keep(key, found);
    else
      found.then(
        () => this.#keep(key, found),
        () => {},
      );
    return found;
  }

  #keep(key: string, found: Promise<FileSystemDirectoryHandle>): void {
    this.#folders.set(key, found);
    found.catch(() => this.#folders.delete(key));
  }
}

function split(key: Key): { folder: Key; name: string } {
  const end = key.lastIndexOf("/");
  return { folder: end === 0 ? "/" : (key.slice(0, end) as Key), name: key.slice(end + 1) };
}

function partOf(file: File, range: Range): Blob {
  if ("suffixLength" in range) return file.slice(Math.max(0, file.size - range.suffixLength));
  return file.slice(range.offset, range.offset + range.length);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** No such name, or a file where a folder was meant. */
function isMissing(error: unknown): boolean {
  return nameOf(error) === "NotFoundError" || nameOf(error) === "TypeMismatchError";
}

/** What browsers do not tell apart. */
const PERHAPS = {
  read: "",
  list: "",
  write: ": it may be read-only, or its disk full or gone",
  delete: ": it may be read-only, or its disk gone",
} as const;

function faultOf(
  cause: unknown,
  verb: "read" | "write" | "delete" | "list",
  key: Key,
  signal: AbortSignal | undefined,
): Fault {
  if (cause instanceof Fault) return cause;
  if (isAborted(cause) && signal?.aborted) return stopped(signal);
  const detail = { where: key, cause };
  switch (nameOf(cause)) {
    case "NotAllowedError":
    case "SecurityError":
      return new Fault("denied", `The browser does not allow Fovea to ${verb} ${key}`, detail);
    case "QuotaExceededError":
      return new Fault("quota", `There is no room left to ${verb} ${key}`, detail);
    case "NoModificationAllowedError":
      return new Fault(
        "conflict",
        `${key} cannot be changed: it is read-only, or someone else is writing it`,
        detail,
      );
    case "TypeError":
      return new Fault("input", `The file system does not allow the name ${key}`, detail);
    case "TypeMismatchError":
      return new Fault(
        "conflict",
        `A file is where a folder is needed, or the reverse: ${key}`,
        detail,
      );
    default:
      return new Fault("denied", `The file system cannot ${verb} ${key}${PERHAPS[verb]}`, detail);
  }
}
