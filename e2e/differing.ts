/** Two screenshots beside one another. */
import { expect } from "@playwright/test";
import { decode } from "fast-png";

/** How many pixels of two screenshots are not alike. */
export function differing(a: Buffer, b: Buffer): number {
  const [one, two] = [decode(a), decode(b)];
  expect([one.width, one.height, one.channels]).toEqual([two.width, two.height, two.channels]);
  const { channels } = one;
  const unlike = new Set<number>();
  for (const [i, value] of one.data.entries())
    if (value !== two.data[i]) unlike.add(Math.floor(i / channels));
  return unlike.size;
}
