/** Chance that is the same every time: a seeded generator, so that the demo plate can be known in advance. */

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Normally distributed, mean 0, standard deviation 1. */
  normal(): number;
}

/** Mulberry32 (T. Ettinger, public domain): 32 bits of state, ample for a picture. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    // Box and Muller (1958); 1 - next() is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** A seed made of several numbers, so that parts of the plate can be made in any order. */
export function seedOf(...parts: readonly number[]): number {
  return parts.reduce(
    (seed, part) => Math.imul(seed ^ part, 0x9e3779b1) ^ (seed >>> 13),
    0x2545f491,
  );
}
