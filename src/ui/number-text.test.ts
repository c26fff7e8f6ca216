/** Numbers as people read them: few digits, and bytes in the unit they fill. */
import { expect, test } from "vitest";
import { bytesText, fourDigits } from "./number-text.ts";

test("a value has four digits, and no zeros behind them", () => {
  expect([0.123456, 2.5, 30, -1.00004].map(fourDigits)).toEqual(["0.1235", "2.5", "30", "-1"]);
});

test("bytes are in the largest unit that they fill", () => {
  const texts = [0, 999, 1000, 9_960_000, 45_300_000, 2 ** 31, 5e15].map(bytesText);
  expect(texts).toEqual(["0 kB", "1 kB", "1 kB", "10 MB", "45 MB", "2.1 GB", "5000 TB"]);
});
