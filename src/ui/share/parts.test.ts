/** Names of files: what no system takes is left out, they fit into any, and no two are alike. */
import { expect, test } from "vitest";
import { fileName, fileNames } from "./parts.ts";

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

test("a name is what it is of, without what no system takes", () => {
  expect(fileName("plate.zarr", "B/03/0", 'odd: & #1% <"é漢字">')).toBe(
    "plate.zarr B_03_0 odd_ & #1% _é漢字_",
  );
  expect(fileName(undefined, "")).toBe("image");
});

test.each(["x", "é", "漢", "🔬"])(
  "a very long name of %s fits into any system, with whole characters",
  (letter) => {
    const name = fileName("stack", letter.repeat(300));
    expect(bytesOf(name)).toBeLessThanOrEqual(200);
    expect(bytesOf(name)).toBeGreaterThan(200 - bytesOf(letter));
    expect(name).toMatch(new RegExp(`^stack ${letter}+$`, "u"));
  },
);

test("names that are alike, or differ in their case or past their end alone, are told apart", () => {
  const long = "x".repeat(300);
  const names = fileNames([
    "a",
    "A",
    "b/c",
    "b:c",
    `${long}1`,
    `${long}2`,
    long,
    "漢".repeat(99),
    "漢".repeat(98),
  ]);
  expect(names.slice(0, 4)).toEqual(["a", "A_2", "b_c", "b_c_2"]);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  for (const name of names) expect(fileName(name)).toBe(name);
});
