/** Functions that give what they gave the last time, for as long as they are given the same. */

/** @param make pure; what it is given is compared by identity */
export function remembered<Given extends readonly unknown[], Made>(
  make: (...given: Given) => Made,
): (...given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | undefined;
  return (...given) => {
    const before = last?.given;
    if (last === undefined || given.some((value, i) => value !== before?.[i]))
      last = { given, made: make(...given) };
    return last.made;
  };
}

/** @returns what gives the object that it was given first, for as long as the fields of others are the same */
export function steady<Fields extends object>(): (now: Fields) => Fields {
  let last: Fields | undefined;
  return (now) => {
    const before = last;
    const keys = Object.keys(now) as (keyof Fields)[];
    if (before && keys.every((key) => now[key] === before[key])) return before;
    last = now;
    return now;
  };
}
