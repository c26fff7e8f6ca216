/** Finding by a few letters. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzyFit } from "./fuzzy.ts";

const marked = (query: string, text: string): string | undefined => {
  const found = fuzzyFit(query, text);
  if (!found) return undefined;
  return [...text]
    .map((letter, i) => (found.at.includes(i) ? letter.toUpperCase() : letter))
    .join("");
};

test.each([
  ["roi", "next roi", "next ROI"],
  ["nr", "next roi", "Next Roi"],
  ["nero", "next roi", "NExt ROi"],
  ["dup", "while drawing, put up", "while Drawing, put UP"],
  ["nt", "next roi", undefined],
  ["roi next", "next roi", "NEXT ROI"],
  ["ool", "put the tool down", "put the tOOL down"],
  ["t", "put the tool", "put The tool"],
  ["xyz", "next roi", undefined],
  ["roi undo", "next roi", undefined],
])("%s in %s", (query, text, meant) => {
  expect(marked(query, text)).toBe(meant);
});

test("a beginning beats a middle, one piece beats scattered letters, short beats long", () => {
  const score = (query: string, text: string) => fuzzyFit(query, text)?.score ?? 0;
  expect(score("save", "save the table")).toBeGreaterThan(score("save", "unsaved"));
  expect(score("draw", "draw an roi")).toBeGreaterThan(score("draw", "do raw"));
  expect(score("redo", "redo")).toBeGreaterThan(score("redo", "redo all of it"));
});

test("any piece of a text, and the first letters of its words, are found in it", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      fc.nat(),
      (words, a, b) => {
        const text = words.join(" ");
        const piece = text.slice(a % text.length, (a % text.length) + 1 + (b % 10)).trim();
        const letters = (query: string) =>
          [...new Set(query.toLowerCase().replaceAll(" ", ""))].sort().join("");
        for (const query of [piece, words.map((one) => one[0]).join("")]) {
          const at = fuzzyFit(query, text)?.at;
          expect(letters((at ?? []).map((i) => text[i]).join(""))).toBe(letters(query));
        }
      },
    ),
  );
});
