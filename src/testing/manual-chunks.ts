/** A chunk source that answers when the test says so, and notes what it was asked. */
import type { Chunk, ZarrArray } from "../zarr/array.ts";
import type { ChunkListener, ChunkSource } from "../zarr/chunk-source.ts";
import type { Options } from "../zarr/store.ts";

interface Asked {
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (chunk: Chunk | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Chunks are named by array path and coordinates: "img/0 0,1". */
export class ManualChunks implements ChunkSource {
  /** Every read, in order. */
  readonly asked: string[] = [];
  readonly aborted: string[] = [];
  readonly atHand: Map<string, Chunk | "missing"> = new Map();
  readonly #open: Asked[] = [];
  readonly #listeners = new Set<ChunkListener>();

  read(
    array: ZarrArray,
    coords: readonly number[],
    { signal }: Options = {},
  ): Promise<Chunk | undefined> {
    const name = nameOf(array.path, coords);
    this.asked.push(name);
    return new Promise((resolve, reject) => {
      this.#open.push({ name, signal, resolve, reject });
      signal?.addEventListener("abort", () => {
        this.aborted.push(name);
        reject(signal.reason);
      });
    });
  }

  peek(
    { path }: { readonly path: string },
    coords: readonly number[],
  ): Chunk | "missing" | undefined {
    return this.atHand.get(nameOf(path, coords));
  }

  isComing({ path }: { readonly path: string }, coords: readonly number[]): boolean {
    const name = nameOf(path, coords);
    return this.#open.some((one) => one.name === name && !one.signal?.aborted);
  }

  subscribe(listener: ChunkListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Answers the open read of a chunk, and keeps it at hand; @throws where nobody waits for it. */
  async answer(name: string, chunk: Chunk | "missing"): Promise<void> {
    this.atHand.set(name, chunk);
    this.#take(name).resolve(chunk === "missing" ? undefined : chunk);
    await settled();
  }

  async fail(name: string, error: Error): Promise<void> {
    this.#take(name).reject(error);
    await settled();
  }

  /** Says that a chunk was written, or all of an array were. */
  tell(path: string, coords: readonly number[] | undefined): void {
    for (const name of [...this.atHand.keys()])
      if (coords === undefined ? name.startsWith(`${path} `) : name === nameOf(path, coords))
        this.atHand.delete(name);
    for (const listener of this.#listeners) listener(path, coords);
  }

  /** How many listen. */
  get listeners(): number {
    return this.#listeners.size;
  }

  #take(name: string): Asked {
    const index = this.#open.findIndex((one) => one.name === name && !one.signal?.aborted);
    const [found] = index < 0 ? [] : this.#open.splice(index, 1);
    if (found === undefined) throw new Error(`nobody waits for ${name}`);
    return found;
  }
}

const nameOf = (path: string, coords: readonly number[]): string => `${path} ${coords.join()}`;

/** Lets everything that was waiting for a promise run. */
async function settled(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}
