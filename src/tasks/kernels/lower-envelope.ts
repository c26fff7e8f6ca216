/** Distances in one more dimension: the lower envelope of parabolas along a line of voxels. */

/** Replaces the values f of a line, in place, by the least (x − i)² + f(i); the line begins at `first`, `step` apart. */
export type AlongLine = (squares: Int32Array, first: number, step: number) => void;

/**
 * For lines of a length (Felzenszwalb, Huttenlocher 2012). A zero is its own result and no parabola reaches past it, so
 * that each stretch between zeros, with those at its ends, is a line of its own.
 */
export function lowerEnvelope(length: number): AlongLine {
  const line = new Int32Array(length);
  /** The parabolas of the envelope by their place, and where each begins to be lowest. */
  const places = new Int32Array(length + 1);
  const begins = new Int32Array(length + 1);

  /** The envelope over places from … to − 1; returns the last parabola of it. */
  const envelope = (from: number, to: number): number => {
    let top = 0;
    places[0] = from;
    begins[0] = from;
    for (let i = from + 1; i < to; i++) {
      let meet = from;
      while (top >= 0) {
        meet = lowerFrom(line, at(places, top), i);
        if (meet > at(begins, top)) break;
        top--;
      }
      if (top < 0) meet = from;
      if (meet >= to) continue;
      top++;
      places[top] = i;
      begins[top] = meet;
    }
    return top;
  };

  /** Replaces places from … to − 1 of the line that begins at `first`. */
  const stretch = (from: number, to: number, squares: Int32Array, first: number, step: number) => {
    let x = to - 1;
    for (let top = envelope(from, to); top >= 0; top--) {
      const place = at(places, top);
      const height = at(line, place);
      for (const start = at(begins, top); x >= start; x--)
        squares[first + x * step] = height + (x - place) * (x - place);
    }
  };

  return (squares, first, step) => {
    for (let i = 0; i < length; i++) line[i] = at(squares, first + i * step);
    for (let i = 0; i < length; i++) {
      if (line[i] === 0) continue;
      const from = Math.max(0, i - 1);
      while (i < length && line[i] !== 0) i++;
      stretch(from, Math.min(length, i + 1), squares, first, step);
    }
  };
}

/** The first place at which the parabola of a later place is lower than that of an earlier one. */
function lowerFrom(line: Int32Array, earlier: number, later: number): number {
  const rise = at(line, later) + later * later - at(line, earlier) - earlier * earlier;
  return Math.floor(rise / (2 * (later - earlier))) + 1;
}

/** An element that is known to be there. */
function at(array: Int32Array, i: number): number {
  return array[i] ?? 0;
}
