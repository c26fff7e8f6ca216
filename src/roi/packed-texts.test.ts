/** Texts that were packed come out as they were, missing and empty ones told apart. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { packedTexts, packTexts, unpackedTexts } from "./packed-texts.ts";

it("gives back what it was given, whatever it holds", () => {
  const text = fc.option(fc.string({ unit: "binary" }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(unpackedTexts(structuredClone(packedTexts(texts)))).toEqual(texts);
    }),
  );
});

it("is packed a step at a time", () => {
  const texts = Array.from({ length: 2500 }, (_, i) => (i % 7 === 0 ? undefined : `roi_${i}`));
  expect([...packTexts(texts)]).toHaveLength(3);
  expect(unpackedTexts(packedTexts(texts))).toEqual(texts);
});
