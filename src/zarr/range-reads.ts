/** Reads parts of files, and asks at once for those that wait and lie side by side: one request for many chunks of a shard. */
import type { Limiter, Waiting } from "../base/limiter.ts";
import { Shared } from "../base/shared.ts";
import type { Key, Options } from "./store.ts";
import { isAsUrgent } from "./urgency.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A part of a file. */
export interface Part {
  readonly offset: number;
  readonly length: number;
}

/** Asks for a part of one file; undefined where the file is not there. */
type Fetch = (part: Part, options: Options) => Promise<Bytes | undefined>;

/** A part that waits for its turn. */
interface Wanted {
  readonly part: Part;
  readonly urgency: () => number;
  /** Called in its turn, or before it together with a neighbour. */
  readonly start: (whole: Part, bytes: Shared<Bytes | undefined>) => void;
}

/** A part that is started, with what waits in its file, and the most bytes of one request. */
interface Start {
  readonly first: Wanted;
  readonly wanted: ReadonlySet<Wanted>;
  readonly most: number;
  readonly fetch: Fetch;
}

/** A turn that has come. */
interface Turn {
  readonly urgency: () => number;
  readonly take: () => void;
}

/** What is fetched between two parts and not wanted costs less than a request of its own. */
const GAP_BYTES = 32 * 2 ** 10;

/** So large a request is as fast as several; a larger one only keeps the first of its chunks waiting. */
const REQUEST_BYTES = 4 * 2 ** 20;

/** While there is room for more requests, each comes sooner by itself, unless it is hardly more than its way there and back. */
const AT_ONCE_BYTES = 128 * 2 ** 10;

/** A request is stopped when nobody waits for any part of it. One instance for one store. */
export class RangeReads {
  readonly #slots: Limiter;
  readonly #wanted = new Map<Key, Set<Wanted>>();
  /** Those that came at once. */
  #turns: Turn[] = [];

  /** @param slots what limits the requests of the store */
  constructor(slots: Limiter) {
    this.#slots = slots;
  }

  /** The part, shorter where the file ends; undefined where there is no file. */
  read(key: Key, part: Part, fetch: Fetch, options: Waiting = {}): Promise<Bytes | undefined> {
    const { signal, urgency = () => 0 } = options;
    const queued = new AbortController();
    const wanted = this.#of(key);
    return new Promise((resolve, reject) => {
      const mine: Wanted = {
        part,
        urgency,
        start: (whole, shared) => {
          this.#drop(key, mine);
          const begin = part.offset - whole.offset;
          const bytes = shared.wait(options);
          resolve(bytes.then((all) => all?.slice(begin, begin + part.length)));
          queued.abort();
        },
      };
      wanted.add(mine);
      const leaving = signal ? AbortSignal.any([signal, queued.signal]) : queued.signal;
      let isFree = true;
      const turn = async (): Promise<void> => {
        const most = isFree ? AT_ONCE_BYTES : REQUEST_BYTES;
        if (isFree) await this.#itsTurn(urgency);
        // A neighbour may have started it just as its turn came.
        if (!queued.signal.aborted) await fetchTogether({ first: mine, wanted, most, fetch });
      };
      this.#slots.run(turn, { signal: leaving, urgency }).catch((error: unknown) => {
        this.#drop(key, mine);
        // Who was started with a neighbour has its answer from there, and this changes nothing.
        reject(error);
      });
      // Begins only when another has ended.
      isFree = false;
    });
  }

  /** Where there is room for many at once, none is asked for before all that are wanted now are known: the most urgent first. */
  #itsTurn(urgency: () => number): Promise<void> {
    return new Promise((take) => {
      this.#turns.push({ urgency, take });
      if (this.#turns.length === 1) queueMicrotask(() => this.#takeTurns());
    });
  }

  #takeTurns(): void {
    const turns = this.#turns.map(({ urgency, take }) => ({ at: urgency(), take }));
    this.#turns = [];
    for (const { take } of turns.sort((a, b) => a.at - b.at)) take();
  }

  #of(key: Key): Set<Wanted> {
    const wanted = this.#wanted.get(key) ?? new Set();
    this.#wanted.set(key, wanted);
    return wanted;
  }

  #drop(key: Key, one: Wanted): void {
    const wanted = this.#wanted.get(key);
    wanted?.delete(one);
    if (wanted?.size === 0) this.#wanted.delete(key);
  }
}

/** Starts a part with its neighbours; settles when their request has ended, so that it keeps its place until then. */
async function fetchTogether({ fetch, ...from }: Start): Promise<void> {
  const group = neighbors(from);
  const offset = Math.min(...group.map(({ part }) => part.offset));
  const end = Math.max(...group.map(({ part }) => endOf(part)));
  const whole = { offset, length: end - offset };
  await new Promise<void>((ended) => {
    const shared = new Shared((options) => fetch(whole, options), ended);
    for (const one of group) one.start(whole, shared);
  });
}

/** Parts no less urgent than the first that can be had with it, growing from it to both sides. */
function neighbors({ first, wanted, most }: Omit<Start, "fetch">): readonly Wanted[] {
  const urgency = first.urgency();
  const others = [...wanted]
    .filter((one) => one !== first && isAsUrgent(one.urgency(), urgency))
    .sort((a, b) => distance(a.part, first.part) - distance(b.part, first.part));
  const group = [first];
  let { offset } = first.part;
  let end = endOf(first.part);
  for (const one of others) {
    const from = Math.min(offset, one.part.offset);
    const to = Math.max(end, endOf(one.part));
    const gap = Math.max(one.part.offset - end, offset - endOf(one.part));
    if (gap > GAP_BYTES || to - from > most) continue;
    group.push(one);
    offset = from;
    end = to;
  }
  return group;
}

const endOf = ({ offset, length }: Part): number => offset + length;

const distance = (a: Part, b: Part): number => Math.abs(a.offset - b.offset);
