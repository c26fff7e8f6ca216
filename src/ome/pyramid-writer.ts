/** Writing a whole pyramid in one go: each level is fed from the chunks of its neighbour as they are stored. */
import type { Pixels, ZarrArray } from "../zarr/array.ts";
import { ChunkAccumulator, type Existing } from "../zarr/chunk-accumulator.ts";
import { ChunkBuffers, type Scratch } from "../zarr/chunk-buffers.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { decodeChunk } from "../zarr/decode.ts";
import type { Encode } from "../zarr/encode.ts";
import type { Merge, Patch } from "../zarr/patch.ts";
import { filled, sizeOf } from "../zarr/pixels.ts";
import { keyOf, type Options } from "../zarr/store.ts";
import type { Multiscale } from "./multiscale.ts";
import { patchesOf, type Step, sourcesOf, stepsFrom, targetsOf } from "./pyramid-step.ts";
import type { Sample } from "./resample.ts";

/** How many patches will touch a chunk, by its coordinates. */
type Touches = (coords: readonly number[]) => number;

/** When they come, as growing numbers. */
type Turns = (coords: readonly number[]) => readonly number[];

export interface PyramidSpec {
  /** The finest first; all of one type and with the same axes. */
  readonly arrays: readonly [ZarrArray, ...ZarrArray[]];
  /** The place of the level that patches are put into; the finest unless said otherwise. */
  readonly at?: number;
  /** Of that level's chunks, by the patches that will be put; the other levels' follow from it. */
  readonly touches: Touches;
  /** Of the same patches; over memory, the chunk that has longest to wait goes to the scratch store first. */
  readonly turns?: Turns;
  /** How a patch meets what its chunk holds; the other levels take what their neighbour stored. */
  readonly merge: Merge;
  /** "fill" for new arrays; "read" keeps what is there around the patches; "refill" goes on where a writer was cut off. */
  readonly existing: Existing;
  /** Where chunks are not fill before their first patch: what they hold then, of each level. Not with "read". */
  readonly before?: readonly ZarrArray[];
  /** How coarser levels are made; finer ones are made by nearest. */
  readonly sample: Sample;
  /** Chunks that are already as they will be; name them to `resume`. */
  readonly isDone?: (level: number, coords: readonly number[]) => boolean;
  /** Where chunks wait for their last patch when there are too many; memory has to do without it. */
  readonly scratch?: Scratch;
  /** Where finished chunks are encoded; on this thread unless said otherwise. */
  readonly encode?: Encode;
  /** Shown each chunk as it is going to be stored, full chunk shape; not to be kept. */
  readonly onMerged?: (level: number, coords: readonly number[], data: Pixels) => void;
  /** Told of each chunk once it is on disk; one that holds only fill is no file there. */
  readonly onStored?: (level: number, coords: readonly number[], isFile: boolean) => void;
}

/** One chunk makes many of a finer level: fewer are stored at once, as each holds on to its buffer. */
const FINER_STORES_AT_ONCE = 4;

/**
 * Patches go into one level; nothing is read back to make the others, and each chunk of each level is stored once. One
 * writer per pyramid at a time.
 */
export class PyramidWriter {
  readonly #levels: readonly ChunkAccumulator[];
  /** The one that patches go into. */
  readonly #written: ChunkAccumulator;
  readonly #steps: readonly Step[];
  readonly #isDone: (level: number, coords: readonly number[]) => boolean;
  readonly #buffers: ChunkBuffers;

  /** @throws Fault "unsupported" where a mean would need voxels of two chunks. */
  constructor(spec: PyramidSpec) {
    const { arrays, at = 0, touches, turns, isDone = () => false } = spec;
    this.#isDone = isDone;
    this.#buffers = new ChunkBuffers(spec.scratch);
    this.#steps = stepsFrom(at, arrays, spec.sample);
    const expected = new Map([[at, { touches, turns }]]);
    for (const step of this.#steps) {
      const before = expected.get(step.from);
      if (before) expected.set(step.to, expectedAt(step, before));
    }
    this.#levels = arrays.map((array, level) => {
      const { touches: ofLevel = () => 0, turns: turnsOfLevel } = expected.get(level) ?? {};
      return new ChunkAccumulator({
        array,
        touches: ofLevel,
        ...(turnsOfLevel ? { turns: turnsOfLevel } : {}),
        merge: level === at ? spec.merge : "overwrite",
        existing: spec.existing,
        ...beforeAt(spec, level),
        isDone: (coords) => isDone(level, coords),
        buffers: this.#buffers,
        ...(spec.encode ? { encode: spec.encode } : {}),
        ...(level < at ? { storesAtOnce: FINER_STORES_AT_ONCE } : {}),
        onMerged: async (coords, data) => {
          spec.onMerged?.(level, coords, data);
          for (const step of this.#stepsAfter(level)) await this.#feed(step, coords, data);
        },
        onStored: (coords, isFile) => spec.onStored?.(level, coords, isFile),
        onReleased: async (coords) => {
          for (const step of this.#stepsAfter(level))
            for (const target of targetsOf(step, coords))
              await this.#levels[step.to]?.release(target);
        },
      });
    });
    const written = this.#levels[at];
    if (written === undefined) throw new Error(`There is no level ${at} to write to`);
    this.#written = written;
  }

  /** Merges a patch into the level that is written; waits while too much is being stored. */
  put(patch: Patch, options: Options = {}): Promise<void> {
    return this.#written.put(patch, options);
  }

  /** Says that one of the patches announced for a chunk of the level that is written will not come; costs no pixel. */
  release(coords: readonly number[], options: Options = {}): Promise<void> {
    return this.#written.release(coords, options);
  }

  /**
   * Reads back the chunks that are done, by level, where a chunk of a neighbour that is not still waits for them.
   * @throws as the store does
   */
  async resume(
    done: readonly (readonly (readonly number[])[])[],
    options: Options = {},
  ): Promise<void> {
    for (const step of this.#steps)
      for (const coords of done[step.from] ?? []) {
        if (targetsOf(step, coords).every((target) => this.#isDone(step.to, target))) continue;
        const { source } = step;
        const bytes = await source.store.get(keyOf(source.path, chunkKey(source, coords)), options);
        const data = bytes
          ? (await decodeChunk(source, bytes)).data
          : filled(source, sizeOf(source.chunks));
        await this.#feed(step, coords, data);
      }
  }

  /** Waits until what is finished is stored, at all levels. */
  async drain(): Promise<void> {
    for (const level of this.#outwards()) await level.drain();
  }

  /** Waits until all levels are stored; @throws Fault where a chunk still waits for a patch. */
  async finish(): Promise<void> {
    for (const level of this.#outwards()) await level.finish();
  }

  /** Per level, how often each chunk was stored, by its key. */
  get writes(): readonly ReadonlyMap<string, number>[] {
    return this.#levels.map(({ writes }) => writes);
  }

  /** How many chunks were stored that the writer before had stored already; known only of "refill". */
  get repeats(): number {
    return this.#levels.reduce((sum, { repeats }) => sum + repeats, 0);
  }

  /** How often a chunk that waited was written to the scratch store. */
  get spills(): number {
    return this.#buffers.spills;
  }

  /** Each level before those that it feeds. */
  #outwards(): ChunkAccumulator[] {
    return [this.#written, ...this.#steps.flatMap(({ to }) => this.#levels[to] ?? [])];
  }

  #stepsAfter(level: number): readonly Step[] {
    return this.#steps.filter(({ from }) => from === level);
  }

  /** Puts what a chunk decides of a neighbouring level there. */
  async #feed(step: Step, coords: readonly number[], data: Pixels): Promise<void> {
    for (const patch of patchesOf(step, coords, data)) await this.#levels[step.to]?.put(patch, {});
  }
}

interface Expected {
  readonly touches: Touches;
  readonly turns: Turns | undefined;
}

/**
 * A chunk is touched once by each touched chunk of its source that holds the first voxel of one of its own, when that
 * one has got its last patch.
 */
function expectedAt(step: Step, { touches, turns }: Expected): Expected {
  const known = new Map<string, readonly (readonly number[])[]>();
  const sources = (coords: readonly number[]): readonly (readonly number[])[] => {
    const key = coords.join();
    const found = known.get(key) ?? sourcesOf(step, coords).filter((at) => touches(at) > 0);
    known.set(key, found);
    return found;
  };
  const lastOf = (coords: readonly number[]): number => turns?.(coords).at(-1) ?? 0;
  return {
    touches: (coords) => sources(coords).length,
    turns:
      turns &&
      ((coords) =>
        sources(coords)
          .map(lastOf)
          .sort((a, b) => a - b)),
  };
}

function beforeAt({ before }: PyramidSpec, level: number): { readonly before?: ZarrArray } {
  const array = before?.[level];
  return array ? { before: array } : {};
}

/** For a multiscale just created, each chunk of whose finest level one patch fills. @param sample as in `PyramidSpec` */
export function newPyramidWriter({ levels }: Multiscale, sample: Sample = "mean"): PyramidWriter {
  const [finest, ...coarser] = levels;
  return new PyramidWriter({
    arrays: [finest.array, ...coarser.map(({ array }) => array)],
    touches: () => 1,
    merge: "overwrite",
    existing: "fill",
    sample,
  });
}
