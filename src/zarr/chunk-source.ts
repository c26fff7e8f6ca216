/** Where decoded chunks come from: a store, or memory. */
import type { Waiting } from "../base/limiter.ts";
import type { ArrayMeta, Chunk, ZarrArray } from "./array.ts";

/** Told that a chunk, or where `coords` is undefined every chunk, of the array at a path is not what it was. */
export type ChunkListener = (path: string, coords: readonly number[] | undefined) => void;

export interface ReadOptions extends Waiting {
  /** Told what there is so far, where a chunk is made bit by bit: its own to keep, and followed by more or the whole. */
  readonly onPart?: ((part: Chunk) => void) | undefined;
}

export interface ChunkSource {
  /**
   * The chunk, undefined where it is missing and so holds the fill value. Shared: never change or transfer its data.
   * Chunks come in the order of their urgency (`urgencyOf`); without one they are as urgent as what is on screen.
   * @throws Fault as the store does; "invalid" for what is cut short or cannot be decoded, "unsupported" for an array of text
   */
  read(
    array: ZarrArray,
    coords: readonly number[],
    options?: ReadOptions,
  ): Promise<Chunk | undefined>;
  /** The chunk if it can be had at once; undefined where it has to be read. */
  peek(array: ArrayMeta, coords: readonly number[]): Chunk | "missing" | undefined;
  /** Whether somebody waits for the chunk: who reads it too shares what is on its way. */
  isComing(array: ArrayMeta, coords: readonly number[]): boolean;
  /** @returns how to stop being told */
  subscribe(listener: ChunkListener): () => void;
}
