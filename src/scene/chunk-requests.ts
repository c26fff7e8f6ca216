/** The chunks wanted and not at hand: each asked for once, and given up as soon as nobody wants it. */
import { Fault, sentence } from "../base/fault.ts";
import type { Chunk, ZarrArray } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";

/** A chunk of an array. */
export interface ChunkPlace {
  readonly array: ZarrArray;
  /** One number per axis of the array. */
  readonly coords: readonly number[];
  /** How soon it is wanted (`urgencyOf`); as what is in the middle of the view unless said otherwise. */
  readonly urgency?: number;
}

/** A chunk, or that none was ever stored. */
export type Found = Chunk | "missing";

export class ChunkRequests {
  readonly #source: ChunkSource;
  readonly #onAnswer: (key: string, found: Found | Fault, isPart: boolean) => void;
  #wanted: ReadonlyMap<string, ChunkPlace> = new Map();
  readonly #underway = new Map<string, AbortController>();
  readonly #failed = new Map<string, Fault>();

  /** @param onAnswer called with the key of the request; never for one that was given up. More follows a part. */
  constructor(
    source: ChunkSource,
    onAnswer: (key: string, found: Found | Fault, isPart: boolean) => void,
  ) {
    this.#source = source;
    this.#onAnswer = onAnswer;
  }

  /** How many chunks are on their way. */
  get count(): number {
    return this.#underway.size;
  }

  isUnderway(key: string): boolean {
    return this.#underway.has(key);
  }

  /** Why chunks still wanted could not be read; they are not asked for again until they are forgotten. */
  get failed(): ReadonlyMap<string, Fault> {
    return this.#failed;
  }

  /**
   * Forgets what is not among these, and asks for those neither underway nor failed, in order; of what is underway, the
   * urgency said now counts.
   */
  want(chunks: ReadonlyMap<string, ChunkPlace>): void {
    this.#wanted = chunks;
    for (const key of [...this.#underway.keys(), ...this.#failed.keys()])
      if (!chunks.has(key)) this.forget(key);
    for (const [key, chunk] of chunks)
      if (!this.#underway.has(key) && !this.#failed.has(key)) void this.#ask(key, chunk);
  }

  /** Gives up a request, or its failure, so that it can be made anew. */
  forget(key: string): void {
    const controller = this.#underway.get(key);
    this.#underway.delete(key);
    this.#failed.delete(key);
    controller?.abort();
  }

  async #ask(key: string, { array, coords }: ChunkPlace): Promise<void> {
    const controller = new AbortController();
    this.#underway.set(key, controller);
    const { signal } = controller;
    const urgency = () => this.#wanted.get(key)?.urgency ?? 0;
    const onPart = (part: Chunk): void => {
      if (this.#underway.get(key) === controller) this.#onAnswer(key, part, true);
    };
    const answer = await this.#source
      .read(array, coords, { signal, urgency, onPart })
      .then((chunk) => chunk ?? "missing", faultOf);
    if (this.#underway.get(key) !== controller) return;
    this.#underway.delete(key);
    if (answer instanceof Fault) this.#failed.set(key, answer);
    this.#onAnswer(key, answer, false);
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault("invalid", `A chunk could not be read: ${sentence(error)}`, { cause: error });
}
