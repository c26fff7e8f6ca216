/** What every store gives of a file of five bytes, 1 to 5, for a range: cut off at the file's end. */
import type { Range } from "../zarr/store.ts";

export const FIVE: Uint8Array<ArrayBuffer> = Uint8Array.of(1, 2, 3, 4, 5);

export const rangeCases: readonly (readonly [string, Range, readonly number[]])[] = [
  ["inside", { offset: 1, length: 2 }, [2, 3]],
  ["over the end", { offset: 4, length: 9 }, [5]],
  ["from the end on", { offset: 5, length: 1 }, []],
  ["beyond the end", { offset: 9, length: 9 }, []],
  ["of the end", { suffixLength: 2 }, [4, 5]],
  ["of more than there is", { suffixLength: 9 }, [1, 2, 3, 4, 5]],
];
