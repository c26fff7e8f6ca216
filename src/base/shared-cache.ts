/** Values loaded once however many ask for them: shared while on their way, kept afterwards up to so many bytes. */
import { throwIfStopped } from "./abort.ts";
import { ByteLru } from "./byte-lru.ts";
import type { Waiting } from "./limiter.ts";
import { Shared } from "./shared.ts";

export interface Sized<V> {
  readonly value: V;
  readonly bytes: number;
}

/** A value is never `undefined`: that means "not here" to `peek`. */
export class SharedCache<V extends object | string> {
  readonly #kept: ByteLru<string, V>;
  readonly #coming = new Map<string, Shared<V>>();

  /** @param limit the most bytes kept */
  constructor(limit: number) {
    this.#kept = new ByteLru(limit);
  }

  /** The value if it is here already. */
  peek(key: string): V | undefined {
    return this.#kept.get(key);
  }

  /** Whether the value is on its way. */
  isComing(key: string): boolean {
    return this.#coming.has(key);
  }

  /** The value, loaded if nobody has yet; a failed load is not kept, and stops when the last who waits has left. */
  async get(
    key: string,
    load: (waiting: Required<Waiting>) => Promise<Sized<V>>,
    options: Waiting = {},
  ): Promise<V> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    throwIfStopped(options.signal);
    return (this.#coming.get(key) ?? this.#start(key, load)).wait(options);
  }

  /** Forgets every value whose key starts so, "" all; who waits for one gets it still, and it is not kept. */
  forget(prefix: string): void {
    for (const keys of [[...this.#kept.keys()], [...this.#coming.keys()]])
      for (const key of keys.filter((k) => k.startsWith(prefix))) {
        this.#kept.delete(key);
        this.#coming.delete(key);
      }
  }

  #start(key: string, load: (waiting: Required<Waiting>) => Promise<Sized<V>>): Shared<V> {
    const isCurrent = () => this.#coming.get(key) === coming;
    const coming: Shared<V> = new Shared(
      async (waiting) => {
        const { value, bytes } = await load(waiting);
        if (isCurrent()) this.#kept.set(key, value, bytes);
        return value;
      },
      () => {
        if (isCurrent()) this.#coming.delete(key);
      },
    );
    this.#coming.set(key, coming);
    return coming;
  }
}
