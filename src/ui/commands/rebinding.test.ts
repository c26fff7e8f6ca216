/** Binding keys anew: no two commands ever share one, whatever is wished for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clash } from "../../editor/shortcuts.ts";
import { rebound, wishFor } from "./rebinding.ts";
import { boundTo, COMMANDS, type CommandId, commandOf, type OwnKeys } from "./registry.ts";

const names = (own: OwnKeys, id: CommandId, ...keys: string[]) => {
  const wish = wishFor(own, id, keys);
  return wish.kind === "taken" ? wish.by.map((command) => command.id) : wish.kind;
};

describe("a wish for keys", () => {
  test("is free where none has them in the same situation", () => {
    expect(names({}, "next-roi", "Alt+J")).toBe("free");
    expect(names({}, "next-roi", "N")).toBe("free");
    // Triage has its own.
    expect(names({}, "next-roi", "D")).toBe("free");
  });
  test("names who has them", () => {
    expect(names({}, "next-roi", "p")).toEqual(["previous-roi"]);
    expect(names({}, "help", "Delete")).toEqual(["delete"]);
    expect(names({}, "triage-keep", "Ctrl+S")).toEqual(["save"]);
    expect(names({ save: ["Alt+Q"] }, "help", "Alt+Q")).toEqual(["save"]);
    expect(names({ save: ["Alt+Q"] }, "help", "Ctrl+S")).toBe("free");
  });
  test("is refused for the browser's keys and the page's", () => {
    expect(wishFor({}, "help", ["Ctrl+C"])).toEqual({
      kind: "refused",
      sentence: expect.stringContaining("Copy the selected ROIs"),
    });
    expect(names({}, "help", "Tab")).toBe("refused");
    expect(names({}, "save", "J")).toBe("refused");
  });
});

test("who is replaced keeps its other keys", () => {
  const own = rebound({}, "next-roi", ["R"]);
  expect(own).toEqual({ "next-roi": ["R"], "draw-tool": ["B"] });
  expect(rebound(own, "draw-tool", ["R", "B"])).toEqual({ "next-roi": [] });
  expect(rebound(rebound({}, "next-roi", ["J"]), "next-roi", ["N"])).toEqual({});
});

test("whatever is bound one after the other, no two commands share a key in one situation", () => {
  const free = COMMANDS.filter(({ fixed }) => !fixed).map(({ id }) => id);
  const key = fc.constantFrom(...COMMANDS.flatMap(({ keys = [] }) => keys), "J", "Alt+J");
  const wish = fc.tuple(fc.constantFrom(...free), fc.uniqueArray(key, { maxLength: 2 }));
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
      let own: OwnKeys = {};
      for (const [id, keys] of wishes) {
        if (wishFor(own, id, keys).kind === "refused") continue;
        own = rebound(own, id, keys);
        expect(boundTo(own, commandOf(id)).keys).toEqual(keys);
      }
      const bound = COMMANDS.map((command) => boundTo(own, command));
      // One `expect`: one for each of the thousands of pairs would be most of the test's time.
      expect(
        bound.flatMap((a, i) =>
          bound.slice(i + 1).flatMap((b) => (clash(a, b) === undefined ? [] : [[a.id, b.id]])),
        ),
      ).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
