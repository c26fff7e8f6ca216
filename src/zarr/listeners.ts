/** Those who want to be told when chunks change. */
import type { ChunkListener } from "./chunk-source.ts";

export class Listeners {
  readonly #listeners = new Set<{ readonly call: ChunkListener }>();

  /** @returns how to stop being told; a listener added twice is told twice */
  add(call: ChunkListener): () => void {
    const entry = { call };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  tell(path: string, coords: readonly number[] | undefined): void {
    for (const { call } of [...this.#listeners]) call(path, coords);
  }
}
