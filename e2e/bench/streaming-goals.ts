/** The goals of streaming that need no other viewer beside it: what was found, and the most that it may be. */
import type { Numbers } from "./report.ts";

export interface Goal extends Numbers {
  readonly found: number;
  readonly most: number;
}

type Found = Readonly<Record<string, Numbers>>;

/** A block of the main thread that a hand feels. */
const BLOCK_MS = 50;

/** What browsing may take: decoded chunks that are kept, what is on its way, and what is on screen. */
const BUDGET_MB = (512 * 2 ** 20) / 1e6;

/** What the page itself holds, with room to spare. */
const CLOSED_MB = 32;

/** Six connections with 50 ms for each answer, over the data's chunks, and a quarter on top. */
const NETWORK_MS = { plate96: 1.25 * 2400, plate384: 1.25 * 9600 };

/**
 * What Vizarr 0.3 took for as much, on two cores with drawing in software; the quickest of several runs. Of its memory
 * the answers that an inspected browser keeps are taken off, as nobody inspects ours: 455 MB less 129 MB.
 */
const VIZARR = { firstMs: 1440, movedMB: 105, settleMs: 8900, plate384MB: 455 - 129 };

/** By sentence; what was not found has no number, and is not reached. */
export function goalsOf(found: Found): ReadonlyMap<string, Goal> {
  const of = (name: string, key: string): number => found[name]?.[key] ?? Number.NaN;
  // Few requests are no merit where nothing came of them.
  const drawn = (name: string, key: string): number =>
    Number.isNaN(of(name, "firstMs")) ? Number.NaN : of(name, key);
  const over = (key: string, name: string, base: string): number => of(name, key) / of(base, key);
  const cases = ["image", "sharded", "plate96", "plate384", "well", "moved", "cached"];
  const goals: (readonly [goal: string, found: number, most: number])[] = [
    ["image: first pixels, ms", of("image", "firstMs"), 0.65 * VIZARR.firstMs],
    ["image: chunks asked for twice", of("image", "repeated"), 0],
    ["96 wells: requests", drawn("plate96", "requests"), 300],
    ["96 wells: first well, ms", of("plate96", "firstWellMs"), 1000],
    ["96 wells: one channel of each, ms", of("plate96", "everyWellMs"), 1500],
    ["96 wells: everything, ms", of("plate96", "allMs"), NETWORK_MS.plate96],
    ["96 wells again: requests", drawn("plate96Again", "requests"), 9],
    ["96 wells again: everything, ms", of("plate96Again", "allMs"), 1000],
    ["384 wells: requests", drawn("plate384", "requests"), 1170],
    ["384 wells: first well, ms", of("plate384", "firstWellMs"), 1000],
    ["384 wells: one channel of each, ms", of("plate384", "everyWellMs"), 5000],
    ["384 wells: everything, ms", of("plate384", "allMs"), NETWORK_MS.plate384],
    ["384 wells: memory, MB", of("plate384Alone", "memoryMB"), VIZARR.plate384MB / 3],
    ["well, zoom and pan: chunks twice", of("moved", "repeated"), 0],
    ["well, zoom and pan: MB", of("moved", "MB"), VIZARR.movedMB],
    ["well, zoom and pan: settled, ms", of("moved", "settleMs"), VIZARR.settleMs / 2],
    ["well, zoom and pan: over all at hand", over("scriptMs", "moved", "cached"), 1.15],
    ["well: frame over a bare layer's", over("frameMs", "cached", "bare"), 1.1],
    ["answers held: kept after leaving", of("held", "kept"), 0],
    ["answers held: until given up, ms", of("held", "abortMs"), 100],
    ["sharded: requests", drawn("sharded", "requests"), 40],
    ["sharded: indexes asked for twice", of("sharded", "indexesTwice"), 0],
    ["gigabyte: chunks that did not pass by", of("gigabyte", "missedChunks"), 0],
    ["gigabyte: memory, MB", of("gigabyte", "memoryMB"), BUDGET_MB],
    ["gigabyte: still held after closing, MB", of("gigabyte", "keptMB"), CLOSED_MB],
    ...cases.map((name) => [`${name}: longest block, ms`, of(name, "blockMs"), BLOCK_MS] as const),
  ];
  return new Map(goals.map(([goal, value, most]) => [goal, { found: value, most }]));
}
