/** Where a run's profiles lie: in its own folder, so that it can go on with them, or in memory where it has none. */
import { Fault } from "../base/fault.ts";
import { numberAt, objectAt, textAt } from "../base/json.ts";
import type { ZarrArray } from "../zarr/array.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { openArray } from "../zarr/open-array.ts";
import { below, type Key, type Options, type WritableStore } from "../zarr/store.ts";
import { type Profile, storeProfile, typeOf } from "./profiles.ts";

/** Which array each profile is, and its largest value. */
const INDEX: Key = "/profiles/index.json";

/**
 * Profiles of the same pixels are one array, and others never have its path: a worker that lives longer than a run keeps
 * chunks by their path.
 */
export class ProfileShelf {
  readonly #image: string;
  readonly #folder: WritableStore | undefined;
  /** Until they are in the folder, if there is one. */
  readonly #memory = new MemoryStore();
  readonly #known = new Map<string, { readonly path: string; readonly most: number }>();

  /** @param image its path. @param folder the run's. */
  constructor(image: string, folder: WritableStore | undefined) {
    this.#image = image;
    this.#folder = folder;
  }

  async put(name: string, profile: Profile): Promise<void> {
    const path = below("profiles", this.#image, await hashOf(profile));
    await storeProfile(this.#memory, path, profile);
    let most = 0;
    for (const value of profile.pixels) most = Math.max(most, value);
    this.#known.set(name, { path, most });
  }

  /** An array that can be read once a run has begun; one that was not put is looked for in the folder. */
  async array(name: string, options: Options): Promise<ZarrArray> {
    const store = this.#folder ?? this.#memory;
    const known = this.#known.get(name);
    const from = known ? this.#memory : store;
    const { path } = known ?? (await this.#kept(name, options));
    return { ...(await openArray(from, path, 2, options)), store };
  }

  /** The largest value of a profile. */
  async most(name: string, options: Options): Promise<number> {
    return (this.#known.get(name) ?? (await this.#kept(name, options))).most;
  }

  /** Puts all into a run's folder. */
  async keep(folder: WritableStore, options: Options): Promise<void> {
    for (const [key, bytes] of this.#memory.spec.entries)
      await folder.set(key as Key, bytes, options);
    await folder.set(INDEX, jsonBytes(Object.fromEntries(this.#known)), options);
    this.#memory.spec.entries.clear();
  }

  async #kept(
    name: string,
    options: Options,
  ): Promise<{ readonly path: string; readonly most: number }> {
    const index = await readJson(this.#folder ?? this.#memory, INDEX, options);
    const found = objectAt(index, name);
    const [path, most] = [textAt(found, "path"), numberAt(found, "most")];
    if (path !== undefined && most !== undefined) return { path, most };
    throw new Fault(
      "missing",
      `The run's profile "${name}" is gone, so it cannot go on; cancel it`,
    );
  }
}

async function hashOf({ width, pixels }: Profile): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", pixels);
  const bytes = new Uint8Array(digest).subarray(0, 12);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex}-${width}-${typeOf(pixels)}`;
}
