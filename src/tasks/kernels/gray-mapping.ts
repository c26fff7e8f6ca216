/** The gray levels that a tile's histogram is equalised to, its bins cut at a limit. */

/** The gray of each bin: its share of what comes up to it. Equals scikit-image's; `counts` is cut in place. */
export function grayMapping(
  counts: Int32Array,
  limit: number,
  most: number,
  elements: number,
): Int32Array {
  spreadExcess(counts, limit);
  const grays = new Int32Array(counts.length);
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    sum += counts[bin] ?? 0;
    grays[bin] = Math.min(most, sum * (most / elements));
  }
  return grays;
}

/** Cuts bins at the limit and shares out what was above: evenly first, then one by one over bins below the limit. */
function spreadExcess(counts: Int32Array, limit: number): void {
  let excess = 0;
  for (const count of counts) excess += Math.max(0, count - limit);
  const each = Math.floor(excess / counts.length);
  const upper = limit - each;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = Math.min(limit, counts[bin] ?? 0);
    const more = count < upper ? count + each : count;
    // What an even share brings up here is filled up too, so that more is shared out than there was (scikit-image 0.26).
    const filled = more >= upper ? limit : more;
    counts[bin] = filled;
    excess -= filled - count;
  }
  for (let before = excess + 1; excess > 0 && excess < before; ) {
    before = excess;
    for (let bin = 0; bin < counts.length && excess > 0; bin++)
      excess -= addOnes(counts, limit, bin, excess);
  }
}

/** Adds one to bins below the limit, from `first` on in steps as wide as the excess is thin; returns how many. */
function addOnes(counts: Int32Array, limit: number, first: number, excess: number): number {
  let under = 0;
  for (const count of counts) if (count < limit) under++;
  const step = Math.max(1, Math.floor(under / excess));
  let added = 0;
  for (let bin = first; bin < counts.length; bin += step) {
    const count = counts[bin] ?? 0;
    if (count >= limit) continue;
    counts[bin] = count + 1;
    added++;
  }
  return added;
}
