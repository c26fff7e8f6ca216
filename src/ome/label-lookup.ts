/** A table from ids to values as the pixels of a texture: any id, few looks for each. */
import { grouped } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import { idHalves, type LabelId, spreadId } from "./label-id.ts";

export interface LookupRequest {
  /** One per row of a feature table; of rows with the same id the first counts. */
  readonly ids: ArrayLike<LabelId>;
  /** One per row: a number, or the place of a category; not finite where there is none. */
  readonly values: ArrayLike<number>;
  /** What values reach, which are then kept as places between the two; undefined keeps whole numbers as they are. */
  readonly reach: readonly [min: number, max: number] | undefined;
}

/** Open addressing with linear probing; a slot whose id is 0 is free. */
export interface LabelLookup {
  /** Four numbers a slot: the low and the high half of an id, its value, and 1 where it has one. */
  readonly data: Uint32Array<ArrayBuffer>;
  /** Slots per row, and rows; their product is a power of two. */
  readonly width: number;
  readonly height: number;
  /** In how many slots from its own on an id can be. */
  readonly probes: number;
}

/** The place of the most of a reach; the least is at 0. */
export const MOST_PLACE: number = 2 ** 32 - 1;

/** 64 MiB of slots, of which this part can be filled before looking takes long. */
const MOST_SLOTS = 2 ** 22;
const MOST_FILLED = 0.75;

const MOST_WIDTH = 2048;

/** @throws Fault "input" where there are more than three million ids */
export function buildLookup({ ids, values, reach }: LookupRequest): LabelLookup {
  const slots = Math.min(MOST_SLOTS, 2 ** Math.ceil(Math.log2(Math.max(1, 2 * ids.length))));
  if (ids.length > MOST_FILLED * slots)
    throw new Fault(
      "input",
      `${grouped(ids.length)} objects are too many to be coloured by a feature; ${grouped(MOST_FILLED * MOST_SLOTS)} can be`,
    );
  const width = Math.min(slots, MOST_WIDTH);
  const data = new Uint32Array(4 * slots);
  let probes = 1;
  for (let row = 0; row < ids.length; row++) {
    const [low, high] = idHalves(ids[row] ?? 0);
    if (low === 0 && high === 0) continue;
    let slot = spreadId(low, high) % slots;
    let probe = 1;
    for (; isTaken(data, slot) && !isOf(data, slot, low, high); probe++) slot = (slot + 1) % slots;
    if (isTaken(data, slot)) continue;
    const place = placeOf(values[row] ?? Number.NaN, reach);
    data[4 * slot] = low;
    data[4 * slot + 1] = high;
    data[4 * slot + 2] = place ?? 0;
    data[4 * slot + 3] = place === undefined ? 0 : 1;
    probes = Math.max(probes, probe);
  }
  return { data, width, height: slots / width, probes };
}

function isTaken(data: Uint32Array, slot: number): boolean {
  return data[4 * slot] !== 0 || data[4 * slot + 1] !== 0;
}

function isOf(data: Uint32Array, slot: number, low: number, high: number): boolean {
  return data[4 * slot] === low && data[4 * slot + 1] === high;
}

function placeOf(value: number, reach: LookupRequest["reach"]): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (reach === undefined) return value;
  const [min, max] = reach;
  return max > min ? Math.round((MOST_PLACE * (value - min)) / (max - min)) : 0;
}
