/** Typed arrays, whatever numbers they hold. */

/** So many zeros of the type that an array is of. */
export function zerosLike<A extends ArrayLike<number | bigint>>(array: A, length: number): A {
  // That a typed array's constructor makes arrays of its own type, the types do not say.
  return new (array.constructor as new (length: number) => A)(length);
}
