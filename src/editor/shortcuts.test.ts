/** Every key means one thing. */
import { describe, expect, test } from "vitest";
import { type KeyStroke, SHORTCUTS, shortcutFor } from "./shortcuts.ts";

const free = { typing: false, selected: 1 };
const triage = { ...free, triage: true };

/** A stroke as a browser tells it: "Ctrl+Shift+Z" comes with a capital Z. */
function stroke(keys: string): KeyStroke {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  return {
    key: key === "Space" ? " " : key,
    ctrlKey: parts.includes("Ctrl"),
    metaKey: parts.includes("Meta"),
    shiftKey: parts.includes("Shift") || /^[{}?]$/.test(key),
    altKey: parts.includes("Alt"),
  };
}

const id = (keys: string, situation = free) => shortcutFor(stroke(keys), situation)?.id;

test("each key of each shortcut means that shortcut", () => {
  for (const shortcut of SHORTCUTS)
    for (const keys of shortcut.keys)
      expect([keys, id(keys, shortcut.when === "triage" ? triage : free)]).toEqual([
        keys,
        shortcut.id,
      ]);
});

describe("a stroke", () => {
  test.each([
    ["z", undefined],
    ["Ctrl+z", "undo"],
    ["Meta+z", "undo"],
    ["Meta+Shift+Z", "redo"],
    ["Ctrl+Alt+z", undefined],
    ["Alt+v", undefined],
    ["Ctrl+r", undefined],
    ["Shift+ArrowLeft", "nudge-left-far"],
    ["Ctrl+ArrowUp", "grow-up"],
    ["Ctrl+Alt+[", "z-start-down"],
    ["Shift+0", "fit-image"],
  ])("%s means %s", (keys, meaning) => {
    expect(id(keys)).toBe(meaning);
  });

  test("in a text field is the field's, but for saving", () => {
    const typing = { typing: true, selected: 1 };
    expect(["Ctrl+z", "Delete", "v", "Ctrl+s"].map((keys) => id(keys, typing))).toEqual([
      undefined,
      undefined,
      undefined,
      "save",
    ]);
  });

  test("that needs a selection does nothing without one", () => {
    const none = { typing: false, selected: 0 };
    expect(["Delete", "ArrowLeft", "f"].map((keys) => id(keys, none))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("of triage is told only while it is on, and not in a text field", () => {
    expect(["k", "1", "Space"].map((keys) => id(keys))).toEqual([undefined, undefined, undefined]);
    expect(["K", "Shift+Space"].map((keys) => id(keys, triage))).toEqual([
      "triage-keep",
      "triage-back",
    ]);
    expect(id("k", { ...triage, typing: true })).toBeUndefined();
  });

  test("of a bare letter or digit never deletes", () => {
    const bare = "abcdefghijklmnopqrstuvwxyz0123456789".split("").map((key) => id(key));
    expect(bare).not.toContain("delete");
  });
});
