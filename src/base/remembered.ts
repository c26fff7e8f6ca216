/** A function that gives what it gave the last time, for as long as it is given the same. */

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
