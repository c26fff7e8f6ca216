/**
 * Which data a folder is, across tabs and openings: a plate in one tab and its well in another share names.
 * Locks, journals and drafts are keyed by these names.
 */

export interface KnownFolder {
  readonly id: string;
  readonly handle: FileSystemDirectoryHandle;
  /** Milliseconds since 1970 of the last opening. */
  readonly openedAt: number;
}

/** The folders this browser has opened; kept in IndexedDB. */
export interface HandleRegistry {
  all(): Promise<readonly KnownFolder[]>;
  put(folder: KnownFolder): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The folder's entry in the registry, made or brought up to date. */
export async function remember(
  registry: HandleRegistry,
  handle: FileSystemDirectoryHandle,
  openedAt: number,
): Promise<KnownFolder> {
  for (const known of await registry.all()) {
    if (await known.handle.isSameEntry(handle)) {
      const renewed = { ...known, handle, openedAt };
      await registry.put(renewed);
      return renewed;
    }
  }
  const fresh = { id: randomId(), handle, openedAt };
  await registry.put(fresh);
  return fresh;
}

/** The known folders that share data with a folder: itself, those around it and those within it. */
export async function overlapping(
  registry: HandleRegistry,
  handle: FileSystemDirectoryHandle,
): Promise<readonly KnownFolder[]> {
  const found: KnownFolder[] = [];
  for (const known of await registry.all())
    if (
      (await known.handle.resolve(handle)) !== null ||
      (await handle.resolve(known.handle)) !== null
    )
      found.push(known);
  return found;
}

/**
 * Every name under which tabs may know a path inside a folder: one per known folder that holds the path, be it
 * this folder, one around it or one within it. Whoever locks all of them excludes whoever locks any of them.
 */
export async function namesOf(
  registry: HandleRegistry,
  handle: FileSystemDirectoryHandle,
  path: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const known of await registry.all()) {
    const inside = await known.handle.resolve(handle);
    if (inside !== null) names.push(`${known.id}:${joined([...inside, path])}`);
    else {
      const within = await handle.resolve(known.handle);
      const prefix = within === null ? undefined : joined(within);
      if (prefix !== undefined && (path === prefix || path.startsWith(`${prefix}/`)))
        names.push(`${known.id}:${path.slice(prefix.length + 1)}`);
    }
  }
  return names.sort();
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("/");
}

/** 128 random bits as text; `crypto.randomUUID` exists only on secure origins. */
function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
